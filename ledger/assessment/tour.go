package assessment

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Tour is a round in which judges look at projects and mark them (观摩评比).
type Tour struct {
	Title    string             `json:"title"`
	On       calendar.Date      `json:"on"`
	Criteria []Criterion        `json:"criteria"`
	Projects []Shown            `json:"projects"`
	Judges   []ledger.AccountID `json:"judges"`
	// Drop is how many of the highest and how many of the lowest sheets of a project do not count.
	Drop int `json:"drop"`
}

// Criterion is one thing that judges mark.
type Criterion struct {
	Title string         `json:"title"`
	Most  ledger.Decimal `json:"most"` // points; those of all criteria add up to 100
}

// Shown is a project that judges look at, and the unit that it speaks for.
type Shown struct {
	Project ledger.ProjectID `json:"project"`
	Unit    ledger.UnitID    `json:"unit"`
}

// Sheet is what one judge gives to one project, criterion by criterion.
type Sheet struct {
	Judge   ledger.AccountID `json:"judge"`
	Project ledger.ProjectID `json:"project"`
	Marks   []ledger.Decimal `json:"marks"`
	Remark  string           `json:"remark,omitempty"`
	// Recused tells that the judge stepped back from the project (回避): the sheet has no marks and does not count.
	Recused bool `json:"recused,omitempty"`
}

// Total is what a sheet adds up to.
func (s Sheet) Total() ledger.Decimal {
	return reporting.Sum(append([]ledger.Decimal{zero()}, s.Marks...)...)
}

// Standing is how a project fares: its points are the average of the sheets that count.
type Standing struct {
	Shown
	Points ledger.Decimal // unknown where no sheet was handed in
	Rank   int            // 0 where no sheet was handed in
	Sheets []Counted
}

// Counted is a sheet with whether it counts.
type Counted struct {
	Sheet
	Dropped bool
}

// Validate is everything that keeps a round from being opened.
func (t Tour) Validate() Problems {
	var p Problems
	p.unless(strings.TrimSpace(t.Title) != "" && !t.On.IsZero(), "title", "title")
	p.unless(len(t.Criteria) > 0, "criteria", "round.criteria")
	sum, sound := zero(), true
	for i, c := range t.Criteria {
		where := fmt.Sprintf("criteria/%d", i)
		p.unless(strings.TrimSpace(c.Title) != "", where, "criterion.title", i+1)
		word := forbidden(c.Title)
		p.unless(word == "", where, "forbidden", c.Title, word)
		good := inPoints(c.Most) && c.Most.Sign() > 0
		p.unless(good, where, "criterion.most", c.Title)
		sum, sound = reporting.Sum(sum, c.Most), sound && good
	}
	if sound && len(t.Criteria) > 0 {
		p.unless(sum.Cmp(ledger.Int(Whole)) == 0, "criteria", "round.whole", sum.Plain())
	}
	p.unless(len(t.Projects) > 0, "projects", "round.projects")
	projects := map[ledger.ProjectID]bool{}
	for _, shown := range t.Projects {
		p.unless(!projects[shown.Project], "projects", "round.project")
		projects[shown.Project] = true
	}
	p.unless(len(t.Judges) > 0, "judges", "round.judges")
	judges := map[ledger.AccountID]bool{}
	for _, judge := range t.Judges {
		p.unless(!judges[judge], "judges", "round.judge")
		judges[judge] = true
	}
	most := max(0, (len(t.Judges)-1)/2)
	p.unless(t.Drop >= 0 && t.Drop <= most, "drop", "round.drop", most)
	return p
}

// CheckSheet is what keeps a sheet from being handed in.
func (t Tour) CheckSheet(s Sheet) Problems {
	var p Problems
	if s.Recused {
		return nil
	}
	for i, c := range t.Criteria {
		good := i < len(s.Marks) && inPoints(s.Marks[i]) && s.Marks[i].Sign() >= 0 && s.Marks[i].Cmp(c.Most) <= 0
		p.unless(good, fmt.Sprintf("marks/%d", i), "sheet.mark", c.Title, c.Most.Plain())
	}
	return p
}

// Rank gives the projects of a round their points and places. Where fewer sheets were handed in than could be dropped,
// fewer are dropped, so that one always counts.
func (t Tour) Rank(sheets []Sheet) []Standing {
	standings := make([]Standing, len(t.Projects))
	for i, shown := range t.Projects {
		standings[i] = t.standing(shown, sheets)
	}
	slices.SortFunc(standings, func(a, b Standing) int {
		return cmp.Or(compareBool(!a.Points.Known(), !b.Points.Known()), b.Points.Cmp(a.Points), cmp.Compare(a.Project, b.Project))
	})
	for i := range standings {
		switch {
		case !standings[i].Points.Known():
		case i > 0 && standings[i].Points.Cmp(standings[i-1].Points) == 0:
			standings[i].Rank = standings[i-1].Rank
		default:
			standings[i].Rank = i + 1
		}
	}
	return standings
}

func (t Tour) standing(shown Shown, sheets []Sheet) Standing {
	s := Standing{Shown: shown}
	for _, sheet := range sheets {
		if sheet.Project == shown.Project && !sheet.Recused {
			s.Sheets = append(s.Sheets, Counted{Sheet: sheet})
		}
	}
	slices.SortFunc(s.Sheets, func(a, b Counted) int { return cmp.Or(b.Total().Cmp(a.Total()), cmp.Compare(a.Judge, b.Judge)) })
	n := len(s.Sheets)
	if n == 0 {
		return s
	}
	drop, sum := min(t.Drop, (n-1)/2), new(big.Rat)
	for i := range s.Sheets {
		if s.Sheets[i].Dropped = i < drop || i >= n-drop; !s.Sheets[i].Dropped {
			sum.Add(sum, s.Sheets[i].Total().Rat())
		}
	}
	s.Points = reporting.Rounded(sum.Quo(sum, big.NewRat(int64(n-2*drop), 1)), places)
	return s
}
