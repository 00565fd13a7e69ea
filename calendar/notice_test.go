package calendar_test

import (
	"strings"
	"testing"

	"luoshi/calendar"
)

// What the notice for 2026 arranges.
const notice2026 = `关于2026年部分节假日安排的通知
现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期安排如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
　　二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，要妥善安排好值班。
`

func TestNoticeOf2026IsTheCalendarOf2026(t *testing.T) {
	lines, err := calendar.ParseNotice(notice2026)
	if err != nil {
		t.Fatal(err)
	}
	read, err := calendar.ParseWorkdays("notice", lines)
	if err != nil {
		t.Fatal(err)
	}
	for d := date(t, "2026-01-01"); d.Year == 2026; d = d.AddDays(1) {
		if got, want := read.Day(d), calendar.ChineseWorkdays().Day(d); got != want {
			t.Errorf("%s: the notice says %+v, the calendar %+v", d, got, want)
		}
	}
}

func TestNoticesInOtherForms(t *testing.T) {
	cases := map[string]string{
		// one day off that joins a weekend
		"关于2024年部分节假日安排的通知\n一、元旦：1月1日放假，与周末连休。": "year 2024 official\noff 元旦 2024-01-01 2024-01-01\n",
		// over the turn of the year, with years written out
		"关于2023年部分节假日安排的通知\n一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。": "year 2023 official\noff 元旦 2022-12-31 2023-01-02\n",
		// two festivals in one
		"关于2025年部分节假日安排的通知\n六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。": "year 2025 official\noff 国庆节、中秋节 2025-10-01 2025-10-08\nwork 国庆节、中秋节 2025-09-28 2025-10-11\n",
	}
	for notice, want := range cases {
		if got, err := calendar.ParseNotice(notice); err != nil || got != want {
			t.Errorf("got %q, %v; want %q", got, err, want)
		}
	}
}

func TestNoticeIsNotGuessedAt(t *testing.T) {
	const head = "关于2026年部分节假日安排的通知\n一、元旦："
	cases := map[string]string{
		"放假通知": "no title",
		"关于2026年部分节假日安排的通知\n一、元旦1月1日放假": "no festival",
		head + "1月1日至3日休息，共3天。":         "“放假” is missing",
		head + "1月1日、3日放假。":             "want one day off",
		head + "放假，共1天。":                "want one day off",
		head + "1日放假。":                  "of which month?",
		head + "1月1日至3日放假调休，共4天。":       "are not 4 days",
		head + "2月30日放假。":               "2026-02-30",
		head + "1月1日至3日放假，共3天。1月5日上班。":  "no weekend",
		head + "1月1日至3日放假，共3天。1月4日补休。":  "not said that they are worked",
	}
	for notice, want := range cases {
		if got, err := calendar.ParseNotice(notice); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %q, %v; want %s", notice, got, err, want)
		}
	}
}

func FuzzParseNotice(f *testing.F) {
	f.Add(notice2026)
	f.Fuzz(func(t *testing.T, text string) {
		lines, err := calendar.ParseNotice(text)
		if err != nil {
			return
		}
		if _, err := calendar.ParseWorkdays("notice", lines); err != nil {
			t.Errorf("%q cannot be read again: %v", lines, err)
		}
	})
}
