package page

import (
	"testing"
	"time"

	"luoshi/calendar"
	"luoshi/ledger"
)

func TestValuesInTheUsersWay(t *testing.T) {
	zh, en := View{Lang: Chinese}, View{Lang: English}
	evening := time.Date(2026, 12, 31, 18, 5, 0, 0, time.UTC) // next year in the district
	for _, c := range []struct{ got, want string }{
		{zh.Date(calendar.Date{Year: 2026, Month: 7, Day: 1}), "2026年7月1日"},
		{en.Date(calendar.Date{Year: 2026, Month: 7, Day: 1}), "1 Jul 2026"},
		{zh.Date(calendar.Date{}), ""},
		{zh.Time(evening), "2027年1月1日 02:05"},
		{en.Time(evening), "1 Jan 2027 02:05"},
		{zh.Number(-1234567), "-1,234,567"},
		{zh.Number(999), "999"},
		{zh.Show(2026), "2026"},
		{zh.Show(12026), "12,026"},
		{zh.Decimal(decimal(t, "15300.50")), "15,300.50"},
		{zh.Decimal(ledger.Decimal{}), ""},
		{zh.Size(1023), "1023 B"},
		{zh.Size(5 << 20), "5.0 MB"},
		{zh.Duration(26*time.Hour + 10*time.Minute), "1天2小时"},
		{en.Duration(90 * time.Second), "1 min 30 s"},
		{en.Duration(time.Millisecond), "under 1 s"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func decimal(t *testing.T, text string) ledger.Decimal {
	t.Helper()
	d, err := ledger.ParseDecimal(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
