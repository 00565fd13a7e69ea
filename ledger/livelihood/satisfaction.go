package livelihood

import (
	_ "embed" // the grades
	"math/big"
	"slices"
	"strings"
	"sync"

	"luoshi/calendar"
	"luoshi/ledger"
)

// Scale is how people are asked whether they are satisfied.
type Scale string

// The scales. Their grades stand in grades.txt.
const (
	Citizens Scale = "citizens"
	Deputies Scale = "deputies"
)

// Scales are all scales.
func Scales() []Scale { return []Scale{Citizens, Deputies} }

// Grade is an answer that can be given.
type Grade struct {
	Key       string
	Satisfied bool // it counts as satisfied
	Words     ledger.Wording
}

//go:embed grades.txt
var gradeLines string

type scale struct {
	words  ledger.Wording
	grades []Grade
}

var scales = sync.OnceValue(func() map[Scale]scale {
	all := map[Scale]scale{}
	for line := range strings.Lines(gradeLines) {
		f := strings.Split(line, "|")
		if len(f) != 5 || strings.HasPrefix(line, "#") {
			continue
		}
		for i := range f {
			f[i] = strings.TrimSpace(f[i])
		}
		s := all[Scale(f[0])]
		words := ledger.Wording{ZH: f[3], EN: f[4]}
		if f[1] == "" {
			s.words = words
		} else {
			s.grades = append(s.grades, Grade{Key: f[1], Satisfied: f[2] != "", Words: words})
		}
		all[Scale(f[0])] = s
	}
	return all
})

// Label is what pages call the scale.
func (s Scale) Label() ledger.Wording { return scales()[s].words }

// Grades are the answers of the scale, the best first.
func (s Scale) Grades() []Grade { return slices.Clone(scales()[s].grades) }

// Survey is what some people answered about an item on a day.
type Survey struct {
	Scale  Scale          `json:"scale"`
	On     calendar.Date  `json:"on"`
	Asked  int            `json:"asked"` // how many were asked
	Counts map[string]int `json:"counts"`
	Note   string         `json:"note,omitempty"` // who was asked, and how
}

// Answers are how many answered.
func (s Survey) Answers() int {
	n := 0
	for _, count := range s.Counts {
		n += count
	}
	return n
}

// Check is what is wrong with a survey; nil where nothing is.
func (s Survey) Check(today calendar.Date) *Problem {
	grades := s.Scale.Grades()
	foreign, negative := false, false
	for key, n := range s.Counts {
		foreign = foreign || !slices.ContainsFunc(grades, func(g Grade) bool { return g.Key == key })
		negative = negative || n < 0
	}
	return first(
		problem(len(grades) == 0, "survey.scale"),
		problem(foreign, "survey.grade"),
		problem(negative, "survey.negative"),
		problem(s.On.IsZero() || today.Before(s.On), "survey.day"),
		problem(s.Answers() < 1, "survey.empty"),
		problem(s.Asked < s.Answers(), "survey.asked", s.Answers(), s.Asked),
	)
}

// Score is how satisfied people are by the surveys of one scale together.
type Score struct {
	Scale     Scale          `json:"scale"`
	Asked     int            `json:"asked"`
	Answers   int            `json:"answers"`
	Satisfied int            `json:"satisfied"`
	Rate      ledger.Decimal `json:"rate"`   // per cent, to a tenth
	Enough    bool           `json:"enough"` // enough people answered
	Passes    bool           `json:"passes"` // enough of them are satisfied
}

// Scores are how satisfied people are, by every scale of which there is a survey.
func (r Rule) Scores(surveys []Survey) []Score {
	var scores []Score
	for _, by := range Scales() {
		score := Score{Scale: by}
		for _, s := range surveys {
			if s.Scale != by {
				continue
			}
			score.Asked += s.Asked
			score.Answers += s.Answers()
			for _, g := range by.Grades() {
				if g.Satisfied {
					score.Satisfied += s.Counts[g.Key]
				}
			}
		}
		if score.Answers == 0 {
			continue
		}
		rate := big.NewRat(int64(score.Satisfied)*100, int64(score.Answers))
		score.Rate = tenths(rate)
		score.Enough = score.Answers >= r.Answers
		// The rate itself decides, and not what is printed of it: 79.96 is printed as 80.0 and is less than 80.
		score.Passes = score.Enough && rate.Cmp(big.NewRat(int64(r.Satisfied), 1)) >= 0
		scores = append(scores, score)
	}
	return scores
}

// tenths is a rate as it is printed.
func tenths(rate *big.Rat) ledger.Decimal {
	d, err := ledger.ParseDecimal(rate.FloatString(1))
	if err != nil {
		return ledger.Decimal{}
	}
	return d
}

// Satisfied tells whether an item may be closed: somebody was asked, and no scale says otherwise.
func Satisfied(scores []Score) bool {
	return len(scores) > 0 && !slices.ContainsFunc(scores, func(s Score) bool { return !s.Passes })
}

// Figure is the satisfaction that is told of an item: that of citizens where they were asked, or else that of deputies.
func Figure(scores []Score) (Score, bool) {
	if len(scores) == 0 {
		return Score{}, false
	}
	return scores[0], true
}
