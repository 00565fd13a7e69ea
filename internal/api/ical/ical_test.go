package ical

import (
	"slices"
	"strings"
	"testing"
	"time"

	"luoshi/calendar"
)

var due = Event{
	UID: "c-1@luoshi", Sequence: 3, Changed: time.Date(2026, 3, 2, 9, 0, 0, 0, time.FixedZone("", 8*3600)),
	Day: calendar.Date{Year: 2026, Month: 7, Day: 1}, Summary: "建成通车; 一号桥, 二号桥", Details: "第一行\r\n第二行 \\ 完",
	URL: "https://luoshi.example/c/1", Labels: []string{"民生", "a,b"},
}

func written(t *testing.T, c Calendar) string {
	t.Helper()
	var b strings.Builder
	if err := c.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestACalendarIsWrittenAsTheStandardSays(t *testing.T) {
	got := written(t, Calendar{Product: "-//Luoshi//Ledger//ZH", Name: "到期事项", Events: []Event{due}})
	want := []string{
		"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Luoshi//Ledger//ZH", "CALSCALE:GREGORIAN", "METHOD:PUBLISH", "NAME:到期事项",
		"X-WR-CALNAME:到期事项", "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
		"BEGIN:VEVENT", "UID:c-1@luoshi", "DTSTAMP:20260302T010000Z", "LAST-MODIFIED:20260302T010000Z", "SEQUENCE:3",
		"DTSTART;VALUE=DATE:20260701", "TRANSP:TRANSPARENT", `SUMMARY:建成通车\; 一号桥\, 二号桥`, `DESCRIPTION:第一行\n第二行 \\ 完`,
		"URL:https://luoshi.example/c/1", `CATEGORIES:民生,a\,b`, "END:VEVENT", "END:VCALENDAR", "",
	}
	if lines := strings.Split(got, "\r\n"); !slices.Equal(lines, want) {
		t.Errorf("%q", lines)
	}
}

func TestLongLinesAreFoldedBetweenCharacters(t *testing.T) {
	for _, unit := range []string{"望", "a", "é", "😀", "ab望"} {
		text := strings.Repeat(unit, 100)
		got := written(t, Calendar{Events: []Event{{UID: "x", Summary: text}}})
		for _, l := range strings.Split(got, "\r\n") {
			if len(l) > 75 || strings.ContainsRune(l, '\uFFFD') || strings.ContainsAny(l, "\r\n") {
				t.Errorf("%d octets: %q", len(l), l)
			}
		}
		if unfolded := strings.ReplaceAll(got, "\r\n ", ""); !strings.Contains(unfolded, "SUMMARY:"+text+"\r\n") {
			t.Errorf("%q does not come back whole", unit)
		}
	}
}

func TestNothingInATextBeginsALine(t *testing.T) {
	evil := "x\r\nEND:VCALENDAR\nATTACH:http://evil\x00\x0b"
	got := written(t, Calendar{Name: evil, Events: []Event{{UID: evil, Summary: evil, Details: evil, URL: evil, Labels: []string{evil}}}})
	if strings.Count(got, "\r\nEND:VCALENDAR") != 1 || strings.Contains(got, "\r\nATTACH") || strings.ContainsAny(got, "\x00\x0b") {
		t.Errorf("%q", got)
	}
}
