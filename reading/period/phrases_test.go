package period

import (
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/reading/lexicon"
)

// phraseLines is what every phrase of phrases.txt stands for.
func phraseLines(t *testing.T) map[string]string {
	t.Helper()
	heads := map[string]string{}
	for line := range lexicon.Lines(phrasesFile) {
		head := line.Head
		if _, err := parsePhrase(head); err != nil {
			t.Error(err)
		}
		for _, phrase := range line.Words {
			if before, known := heads[phrase]; known {
				t.Errorf("%s stands under %q and %q", phrase, before, head)
			}
			heads[phrase] = head
		}
	}
	return heads
}

// TestEveryPhraseResolves places each phrase in years with and without a leap day.
func TestEveryPhraseResolves(t *testing.T) {
	heads := phraseLines(t)
	if len(heads) == 0 {
		t.Fatal("no phrases")
	}
	for phrase, head := range heads {
		m, ok := Match(phrase+"完成", 0)
		if !ok || m.End != len(phrase) {
			t.Errorf("%s: found %v up to %q", phrase, ok, phrase[:min(m.End, len(phrase))])
			continue
		}
		if m.Deadline != strings.Contains(head, "before") && !endsLikeDeadline(phrase) {
			t.Errorf("%s: deadline %v under %q", phrase, m.Deadline, head)
		}
		for _, year := range []int{2021, 2024, 2026} {
			checkPeriod(t, phrase, m.Resolve(year))
		}
	}
}

// endsLikeDeadline tells whether the end of a phrase is read as one that follows any date: 明年底.
func endsLikeDeadline(phrase string) bool {
	return strings.HasSuffix(phrase, "底") || strings.HasSuffix(phrase, "末") || strings.HasSuffix(phrase, "前")
}

func checkPeriod(t *testing.T, phrase string, p calendar.Period) {
	t.Helper()
	for _, d := range []calendar.Date{p.From, p.To} {
		if d.Month < 1 || d.Month > 12 || d.Day < 1 || int(d.Day) > calendar.DaysIn(int(d.Year), int(d.Month)) {
			t.Errorf("%s: no such day as %d-%d-%d", phrase, d.Year, d.Month, d.Day)
		}
	}
	if p.To.Before(p.From) {
		t.Errorf("%s: from %s to %s", phrase, p.From, p.To)
	}
}

func TestPhrasesFindsWhatMatchPhraseFinds(t *testing.T) {
	for phrase := range phraseLines(t) {
		if id, end := Phrases().Match(phrase, 0); id < 0 || end != len(phrase) {
			t.Errorf("%s is not among Phrases", phrase)
		}
	}
}

// TestSpringEves holds the table of festival eves to the days on which they can fall.
func TestSpringEves(t *testing.T) {
	for year := range springEves {
		eve := springEve(year)
		first, last := calendar.Date{Year: int16(year), Month: 1, Day: 20}, calendar.Date{Year: int16(year), Month: 2, Day: 20}
		if eve.Before(first) || last.Before(eve) {
			t.Errorf("the eve of the Spring Festival of %d on %s", year, eve)
		}
	}
}

func TestMatchPlan(t *testing.T) {
	for _, tc := range []struct{ text, from, to, rest string }{
		{"“十四五”期间", "2021-01-01", "2025-12-31", ""},
		{"“十五五”末,", "2026-01-01", "2030-12-31", ","},
		{"十五五时期建成", "2026-01-01", "2030-12-31", "建成"},
		{"“十三五”以来", "2016-01-01", "2020-12-31", ""},
	} {
		m, ok := MatchPlan(tc.text, 0)
		if !ok {
			t.Errorf("%s: not found", tc.text)
			continue
		}
		if p := m.Resolve(2026); p.From.String() != tc.from || p.To.String() != tc.to || tc.text[m.End:] != tc.rest {
			t.Errorf("%s: %s to %s, rest %q", tc.text, p.From, p.To, tc.text[m.End:])
		}
	}
	for _, text := range []string{"“十五五”规划", "十五五规划", "“十四五", "十五个", ""} {
		if m, ok := MatchPlan(text, 0); ok {
			t.Errorf("%s read up to %q", text, text[m.End:])
		}
	}
}

// FuzzMatch looks for a period in any text: what is found lies within the text and is a span of days.
func FuzzMatch(f *testing.F) {
	for phrase := range phraseLines(&testing.T{}) {
		f.Add(phrase + "前完成")
	}
	for _, text := range []string{"2025年6月30日前", "1-6月", "2021-2025年", "2022年至2024年", "二○二五年底", "13月", "过去五年", "今后", "“十四五”期间", "６月底", "0年", "9999年", "2026年上半年末前", "近"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<10 {
			t.Skip("long texts only slow the search")
		}
		text = strings.ToValidUTF8(text, "")
		for at := range text {
			for _, match := range []func(string, int) (Mention, bool){Match, MatchPhrase, MatchNumeric, MatchPlan} {
				m, ok := match(text, at)
				if !ok {
					continue
				}
				if m.End <= at || m.End > len(text) || !strings.HasPrefix(text, text[:m.End]) {
					t.Errorf("%q at %d: ends at %d", text, at, m.End)
				}
				checkPeriod(t, text[at:m.End], m.Resolve(2026))
			}
		}
	})
}
