package calendar

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// A notice says, festival by festival: “二、春节：2月15日（…周日）至23日（…周一）放假调休，共9天。2月14日（周六）、2月28日（周六）
// 上班。” What stands in brackets repeats the dates.
var (
	noticeTitle    = regexp.MustCompile(`(\d{4})年部分节假日安排`)
	noticeItem     = regexp.MustCompile(`[一二三四五六七八九十]+、([^：:，。\d]{2,16})[：:](.*)`)
	noticeBrackets = regexp.MustCompile(`[（(][^）)]*[）)]`)
	noticeDate     = regexp.MustCompile(`(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日`)
	noticeLength   = regexp.MustCompile(`共(\d+)天`)
)

// ParseNotice reads the text of the State Council's notice (国务院办公厅关于某年部分节假日安排的通知), as it is copied
// from the page or the paper, into the form of ParseWorkdays: for an administrator to look at and import.
// Whatever it does not understand is an error; nothing is guessed.
func ParseNotice(text string) (string, error) {
	title := noticeTitle.FindStringSubmatch(text)
	if title == nil {
		return "", fmt.Errorf("notice of holidays: no title “某年部分节假日安排”")
	}
	year, _ := strconv.Atoi(title[1]) // four digits
	out := strings.Builder{}
	fmt.Fprintf(&out, "year %d official\n", year)
	items := 0
	for line := range strings.Lines(text) {
		item := noticeItem.FindStringSubmatch(strings.TrimSpace(line))
		if item == nil {
			continue
		}
		items++
		if err := addItem(&out, year, strings.TrimSpace(item[1]), noticeBrackets.ReplaceAllString(item[2], "")); err != nil {
			return "", fmt.Errorf("notice of holidays, %s: %w", item[1], err)
		}
	}
	if items == 0 {
		return "", fmt.Errorf("notice of holidays: no festival is arranged in it")
	}
	if _, err := ParseWorkdays("notice", out.String()); err != nil {
		return "", fmt.Errorf("notice of holidays: %w", err)
	}
	return out.String(), nil
}

// addItem takes what is said of one festival, without brackets: “2月15日至23日放假调休，共9天。2月14日、2月28日上班。”
func addItem(out *strings.Builder, year int, festival, said string) error {
	off, work, found := strings.Cut(said, "放假")
	if !found {
		return fmt.Errorf("“放假” is missing")
	}
	days, err := noticeDates(year, off)
	if err != nil {
		return err
	}
	if len(days) < 1 || len(days) > 2 || len(days) == 2 && !strings.Contains(off, "至") {
		return fmt.Errorf("want one day off, or a first and a last: %q", off)
	}
	from, to := days[0], days[len(days)-1]
	if said := noticeLength.FindStringSubmatch(work); said != nil && said[1] != strconv.Itoa(from.DaysTo(to)+1) {
		return fmt.Errorf("from %s to %s are not %s days", from, to, said[1])
	}
	fmt.Fprintf(out, "off %s %s %s\n", festival, from, to)
	_, work, _ = strings.Cut(work, "。")
	made, err := noticeDates(year, work)
	if err != nil || len(made) == 0 {
		return err
	}
	if !strings.Contains(work, "上班") {
		return fmt.Errorf("dates of which it is not said that they are worked: %q", work)
	}
	fmt.Fprintf(out, "work %s", festival)
	for _, date := range made {
		fmt.Fprintf(out, " %s", date)
	}
	out.WriteString("\n")
	return nil
}

// noticeDates are the dates of a text. One without a month is of the month before it, one without a year
// of the notice's.
func noticeDates(year int, text string) ([]Date, error) {
	var dates []Date
	month := ""
	for _, f := range noticeDate.FindAllStringSubmatch(text, -1) {
		if f[2] != "" {
			month = f[2]
		}
		of := year
		if f[1] != "" {
			of, _ = strconv.Atoi(f[1]) // four digits
		}
		if month == "" {
			return nil, fmt.Errorf("%s: of which month?", f[0])
		}
		date, err := ParseDate(fmt.Sprintf("%04d-%02s-%02s", of, month, f[3]))
		if err != nil {
			return nil, err
		}
		dates = append(dates, date)
	}
	return dates, nil
}
