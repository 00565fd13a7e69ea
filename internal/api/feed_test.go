package api

import (
	"net/http"
	"strings"
	"testing"
)

// component is a part of a calendar, read back.
type component map[string]string

// events reads a calendar as RFC 5545 says: lines are unfolded and parted at the first colon.
func events(t *testing.T, text string) []component {
	t.Helper()
	var all []component
	depth := 0
	for line := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n ", ""), "\r\n") {
		name, value, _ := strings.Cut(line, ":")
		switch {
		case line == "BEGIN:VEVENT":
			all, depth = append(all, component{}), depth+1
		case line == "END:VEVENT":
			depth--
		case depth == 1:
			all[len(all)-1][name] = value
		}
	}
	if !strings.HasPrefix(text, "BEGIN:VCALENDAR\r\n") || !strings.HasSuffix(text, "END:VCALENDAR\r\n") || depth != 0 {
		t.Fatalf("%q is no calendar", text)
	}
	return all
}

func TestTheCalendarHoldsDeadlinesAndMilestonesOfWhatIsInForce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		if got := events(t, string(w.want(t, http.StatusOK, office, "GET /deadlines.ics", nil).body)); len(got) != 0 {
			t.Errorf("a draft is in the calendar: %v", got)
		}
		plan := "/plans/" + string(w.Plan.ID)
		w.step(t, office, plan, "submit")
		w.step(t, leader, plan, "approve")
		w.step(t, office, plan, "publish")
		a := w.want(t, http.StatusOK, "reporter@"+string(w.Street.ID), "GET /deadlines.ics", nil)
		if a.Header.Get("Content-Type") != "text/calendar; charset=utf-8" {
			t.Errorf("%v", a.Header)
		}
		got := events(t, string(a.body))
		if len(got) != 2 || got[0]["DTSTART;VALUE=DATE"] != "20260630" || got[1]["DTSTART;VALUE=DATE"] != "20261231" ||
			got[0]["SUMMARY"] != "2026-001 新增养老床位：完成选址" || got[1]["SUMMARY"] != "2026-001 新增养老床位" || got[1]["UID"] != string(w.Commitment.ID)+"@luoshi" {
			t.Errorf("%v", got)
		}
	})
}

func TestACalendarsAddressOpensNothingElse(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		first := w.want(t, http.StatusOK, office, "POST /calendar-address", nil).text("path")
		second := w.want(t, http.StatusOK, office, "POST /calendar-address", nil).text("path")
		w.want(t, http.StatusNotFound, "", "GET "+strings.TrimPrefix(first, Base), nil)
		w.want(t, http.StatusOK, "", "GET "+strings.TrimPrefix(second, Base), nil)
		secret := strings.Split(second, "/")[4]
		w.want(t, http.StatusUnauthorized, secret, "GET /commitments", nil)
		w.want(t, http.StatusUnauthorized, "", "POST /calendar-address", nil)
		if got := w.Entries(t, calendarKind, office); len(got) != 2 || got[0] != string(subscribe) {
			t.Errorf("the log has %v", got)
		}
		entries := w.want(t, http.StatusOK, auditor, "GET /audit/entries?kind="+calendarKind, nil)
		if strings.Contains(string(entries.body), secret) {
			t.Error("the log holds the address")
		}
		if shownPath(second) == second || strings.Contains(shownPath(second), secret) {
			t.Errorf("%s would be in the server's log", shownPath(second))
		}
	})
}
