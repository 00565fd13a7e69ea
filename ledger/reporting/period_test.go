package reporting

import (
	"testing"

	"luoshi/calendar"
)

func TestPeriodsAreNamedByKeysAndTitles(t *testing.T) {
	for _, c := range []struct{ key, zh, en, from, to string }{
		{"2026-M03", "2026年3月", "2026-03", "2026-03-01", "2026-03-31"},
		{"2026-T06", "2026年2月下旬", "last ten days of 2026-02", "2026-02-21", "2026-02-28"},
		{"2024-T06", "2024年2月下旬", "last ten days of 2024-02", "2024-02-21", "2024-02-29"},
		{"2026-Q4", "2026年第四季度", "2026 Q4", "2026-10-01", "2026-12-31"},
		{"2026-H1", "2026年上半年", "2026 H1", "2026-01-01", "2026-06-30"},
		{"2026-Y1", "2026年", "2026", "2026-01-01", "2026-12-31"},
	} {
		p := period(c.key)
		equal(t, c.key, p.Title().ZH, c.zh)
		equal(t, c.key, p.Title().EN, c.en)
		equal(t, c.key, p.Span(), calendar.Period{From: day(c.from), To: day(c.to)})
	}
	for _, key := range []string{"", "2026", "2026-M3", "2026-M13", "2026-Q5", "26-M01", "2026-X1", "2026-M+1", "-026-M01", "2026-Y2"} {
		if _, err := ParsePeriod(key); err == nil {
			t.Errorf("%q is taken for a period", key)
		}
	}
}

// Every day of a year lies in just one period of each frequency, and the periods follow one another without a gap.
func TestPeriodsTileTheYear(t *testing.T) {
	year := Period{Yearly, 2024, 1}
	for _, f := range Frequencies() {
		periods := year.Through(f)
		equal(t, string(f), len(periods), perYear[f])
		next := year.Span().From
		for _, p := range periods {
			equal(t, p.Key()+" begins", p.Span().From, next)
			for d := p.Span().From; !p.Span().To.Before(d); d = d.AddDays(1) {
				equal(t, d.String(), PeriodOf(f, d), p)
			}
			equal(t, p.Key()+" comes back", p.Next().Previous(), p)
			next = p.Span().To.AddDays(1)
		}
	}
}

func FuzzParsePeriod(f *testing.F) {
	for _, key := range []string{"2026-M03", "2026-T36", "2026-Q1", "2026-H2", "2026-Y1", "0000-M01", "2026-M0３"} {
		f.Add(key)
	}
	f.Fuzz(func(t *testing.T, key string) {
		p, err := ParsePeriod(key)
		if err != nil {
			return
		}
		equal(t, "key", p.Key(), key)
		if span := p.Span(); span.To.Before(span.From) {
			t.Errorf("%s ends before it begins", key)
		}
	})
}

func FuzzParseSubject(f *testing.F) {
	for _, text := range []string{"indicator:a", "target:a:2", "task:a", "project:a", "target:a", "task:a:b", ":", "target:a:02"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := ParseSubject(text)
		if err == nil {
			equal(t, "text", s.String(), text)
		}
	})
}
