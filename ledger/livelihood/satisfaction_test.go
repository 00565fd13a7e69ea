package livelihood

import (
	"testing"

	"luoshi/calendar"
)

var today = calendar.Date{Year: 2026, Month: 9, Day: 1}

func asked(scale Scale, asked int, counts map[string]int) Survey {
	return Survey{Scale: scale, On: today, Asked: asked, Counts: counts}
}

func TestSatisfaction(t *testing.T) {
	r := Usual() // 80 per cent of at least 30 answers
	for _, c := range []struct {
		name    string
		surveys []Survey
		rate    string
		closes  bool
	}{
		{"nobody was asked", nil, "", false},
		{"enough are satisfied", []Survey{asked(Citizens, 50, map[string]int{"very": 20, "satisfied": 20, "fair": 10})}, "80.0", true},
		{"one too few", []Survey{asked(Citizens, 50, map[string]int{"very": 20, "satisfied": 19, "fair": 11})}, "78.0", false},
		{"printed as 80.0, and less", []Survey{asked(Citizens, 9000, map[string]int{"very": 7197, "bad": 1800})}, "80.0", false},
		{"too few answers", []Survey{asked(Citizens, 50, map[string]int{"very": 29})}, "100.0", false},
		{"two surveys together", []Survey{
			asked(Citizens, 20, map[string]int{"very": 18, "bad": 2}), asked(Citizens, 20, map[string]int{"satisfied": 15, "poor": 5}),
		}, "82.5", true},
		{"deputies are not satisfied", []Survey{
			asked(Citizens, 50, map[string]int{"very": 50}), asked(Deputies, 40, map[string]int{"mostly": 20, "poor": 20}),
		}, "100.0", false},
		{"deputies alone", []Survey{asked(Deputies, 40, map[string]int{"satisfied": 30, "mostly": 9, "poor": 1})}, "97.5", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			scores := r.Scores(c.surveys)
			figure, _ := Figure(scores)
			if figure.Rate.Plain() != c.rate || Satisfied(scores) != c.closes {
				t.Errorf("%+v: closes %v", scores, Satisfied(scores))
			}
		})
	}
}

func TestSurveysThatCannotBe(t *testing.T) {
	for want, s := range map[string]Survey{
		"survey.scale":    asked("crowd", 10, map[string]int{}),
		"survey.grade":    asked(Deputies, 10, map[string]int{"very": 1}),
		"survey.negative": asked(Deputies, 10, map[string]int{"poor": -1}),
		"survey.day":      {Scale: Citizens, On: today.AddDays(1), Asked: 10, Counts: map[string]int{"very": 1}},
		"survey.empty":    asked(Citizens, 10, nil),
		"survey.asked":    asked(Citizens, 10, map[string]int{"very": 11}),
	} {
		if p := s.Check(today); p == nil || p.Code != want {
			t.Errorf("%s: found %v", want, p)
		}
	}
	if p := asked(Citizens, 11, map[string]int{"very": 11}).Check(today); p != nil {
		t.Errorf("a sound survey is refused: %v", p)
	}
}
