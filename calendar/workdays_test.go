package calendar_test

import (
	"strings"
	"testing"

	"luoshi/calendar"
)

func date(t *testing.T, text string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestWorkdaysOfKnownYears(t *testing.T) {
	cases := []struct {
		date    string
		working bool
		holiday string
	}{
		{"2024-02-09", true, ""}, // 除夕 2024 was left to the employers
		{"2024-02-10", false, "春节"},
		{"2024-02-18", true, "春节"}, // a Sunday made up
		{"2024-09-14", true, "中秋节"},
		{"2024-10-12", true, "国庆节"},
		{"2024-10-13", false, ""},
		{"2025-01-26", true, "春节"},
		{"2025-01-28", false, "春节"},
		{"2025-10-08", false, "国庆节、中秋节"},
		{"2025-10-09", true, ""},
		{"2026-01-04", true, "元旦"},
		{"2026-02-15", false, "春节"},
		{"2026-02-24", true, ""},
		{"2026-09-20", true, "国庆节"},
		{"2026-10-10", true, "国庆节"},
		{"2026-11-21", false, ""},
		{"2018-12-29", true, "元旦"}, // the notice for 2019 reaches into 2018
		{"2018-12-31", false, "元旦"},
		{"2020-01-31", false, "春节"}, // lengthened by the notice of 27 January 2020
		{"2020-02-01", false, "春节"},
		{"2020-02-03", true, ""},
	}
	for _, c := range cases {
		got := calendar.ChineseWorkdays().Day(date(t, c.date))
		if want := (calendar.Day{Working: c.working, Holiday: c.holiday}); got != want {
			t.Errorf("%s: got %+v, want %+v", c.date, got, want)
		}
	}
}

// The law gives 11 public holidays, and 13 since 2025; whatever a notice arranges, it takes just as many
// working days out of the year. Only the Spring Festival of 2020 was lengthened, by two days.
func TestEveryYearTakesTheStatutoryDays(t *testing.T) {
	for year := 2016; year <= 2030; year++ {
		want := 11
		switch {
		case year == 2020:
			want = 13
		case year >= 2025:
			want = 13
		}
		// From February to January, because New Year's arrangement may reach into December.
		taken := 0
		for d := calendar.Months(year, 1, 1).From.AddDays(-3); int(d.Year) <= year; d = d.AddDays(1) {
			day := calendar.ChineseWorkdays().Day(d)
			if int(d.Year) < year && day.Holiday != "元旦" || d.Month == 12 && int(d.Year) == year && day.Holiday == "元旦" {
				continue
			}
			switch {
			case !d.IsWeekend() && !day.Working:
				taken++
			case d.IsWeekend() && day.Working:
				taken--
			}
		}
		if taken != want {
			t.Errorf("%d: %d working days taken, want %d", year, taken, want)
		}
	}
}

func TestYearsWithoutNoticeAreEstimated(t *testing.T) {
	w := calendar.ChineseWorkdays()
	for year, want := range map[int]bool{2015: true, 2016: false, 2026: false, 2027: true, 2044: true} {
		if got := w.Estimated(year); got != want {
			t.Errorf("Estimated(%d) = %t", year, got)
		}
	}
	if day := w.Day(date(t, "2044-10-03")); day.Working || !day.Estimated || day.Holiday != "国庆节" {
		t.Errorf("3 October 2044: %+v", day)
	}
}

func TestAddWorkdays(t *testing.T) {
	cases := []struct {
		from      string
		n         int
		want      string
		estimated bool
	}{
		{"2026-11-20", 1, "2026-11-23", false},
		{"2026-02-13", 1, "2026-02-14", false}, // a Saturday that is worked
		{"2026-02-13", 3, "2026-02-25", false}, // over the Spring Festival
		{"2025-09-26", 2, "2025-09-29", false},
		{"2026-10-01", 0, "2026-10-08", false},
		{"2026-11-20", 0, "2026-11-20", false},
		{"2026-12-31", 1, "2027-01-04", true},
		{"2015-12-30", 3, "2016-01-05", true}, // an estimated day on the way is enough
	}
	for _, c := range cases {
		got, estimated := calendar.ChineseWorkdays().Add(date(t, c.from), c.n)
		if got != date(t, c.want) || estimated != c.estimated {
			t.Errorf("Add(%s, %d) = %s, %t; want %s, %t", c.from, c.n, got, estimated, c.want, c.estimated)
		}
	}
	if got, _ := calendar.ChineseWorkdays().AddDays(date(t, "2026-09-20"), 15); got != date(t, "2026-10-08") {
		t.Errorf("15 days from 20 September 2026 end on %s, in the holiday", got)
	}
}

func TestBetweenUndoesAdd(t *testing.T) {
	w := calendar.ChineseWorkdays()
	for from := date(t, "2025-12-20"); from.Before(date(t, "2026-03-10")); from = from.AddDays(1) {
		for n := 1; n < 25; n++ {
			due, _ := w.Add(from, n)
			if !w.Day(due).Working || w.Between(from, due) != n || w.Between(due, from) != -n {
				t.Fatalf("from %s, %d working days end on %s, but between them are %d", from, n, due, w.Between(from, due))
			}
		}
	}
}

func TestImportOfANotice(t *testing.T) {
	notice, err := calendar.ParseWorkdays("2027", "year 2027 official\noff 元旦 2027-01-01 2027-01-03\nwork 元旦 2026-12-27\n")
	if err != nil {
		t.Fatal(err)
	}
	before := calendar.ChineseWorkdays()
	after := before.With(notice)
	if after.Estimated(2027) || !before.Estimated(2027) {
		t.Error("only the calendar with the notice knows 2027")
	}
	if !after.Day(date(t, "2026-12-27")).Working || before.Day(date(t, "2026-12-27")).Working {
		t.Error("27 December 2026 is worked by the notice only")
	}
	if !after.Day(date(t, "2027-02-05")).Working {
		t.Error("the estimate must be gone where there is a notice")
	}
}

func TestParseWorkdaysNamesTheLine(t *testing.T) {
	cases := map[string]string{
		"off 元旦 2027-01-01":                                       "x:1: \"off\" stands before any year",
		"year 2027":                                               "x:1: want “year",
		"year 2027 perhaps":                                       "x:1: want “year",
		"year 27 official":                                        "x:1: year \"27\"",
		"year 2027 official\nyear 2027 official":                  "x:2: year 2027 stands twice",
		"year 2027 official\noff 元旦":                              "x:2: want “off",
		"year 2027 official\nrest 元旦 2027-01-01":                  "x:2: want “off",
		"year 2027 official\n\noff 元旦 2027-02-30":                 "x:3: date \"2027-02-30\"",
		"year 2027 official\noff 元旦 2027-01-03 2027-01-01":        "x:2: a holiday from",
		"year 2027 official\noff 春节 2027-02-01 2027-03-01":        "x:2: a holiday from",
		"year 2027 official\noff 元旦 2028-01-01":                   "x:2: 2028-01-01 is not of the year",
		"year 2027 official\nwork 元旦 2027-01-04":                  "x:2: 2027-01-04 is no weekend",
		"year 2027 official\noff 元旦 2027-01-01\noff 节 2027-01-01": "x:3: 2027-01-01 stands twice",
	}
	for text, want := range cases {
		if _, err := calendar.ParseWorkdays("x", text); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
}

func FuzzParseWorkdays(f *testing.F) {
	f.Add("year 2027 official\noff 元旦 2027-01-01 2027-01-03\nwork 元旦 2026-12-27\n")
	f.Fuzz(func(t *testing.T, text string) {
		w, err := calendar.ParseWorkdays("fuzz", text)
		if err != nil {
			return
		}
		if due, _ := calendar.ChineseWorkdays().With(w).Add(date(t, "2026-12-01"), 30); !date(t, "2026-12-01").Before(due) {
			t.Errorf("30 working days from 1 December end on %s", due)
		}
	})
}
