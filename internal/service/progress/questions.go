package progress

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/uptrace/bun"

	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

// Question is something that a leader may ask about, with the reason.
type Question struct {
	Code       string              `json:"code"`
	Commitment ledger.CommitmentID `json:"commitment,omitempty"` // empty where a unit is asked
	Title      string              `json:"title"`                // of the commitment, or the name of the unit
	Unit       ledger.UnitID       `json:"unit,omitempty"`
	UnitName   string              `json:"unit_name,omitempty"`
	Colour     light.Colour        `json:"colour,omitempty"`
	Why        ledger.Wording      `json:"why"`
}

// mostQuestions is how many there are.
const mostQuestions = 5

//go:embed questions.txt
var questionLines string

var questionWords = func() map[string]ledger.Wording {
	all := map[string]ledger.Wording{}
	for line := range strings.Lines(questionLines) {
		cells := strings.Split(strings.TrimSpace(line), "|")
		if !strings.HasPrefix(line, "#") && len(cells) == 3 {
			all[strings.TrimSpace(cells[0])] = ledger.Wording{ZH: strings.TrimSpace(cells[1]), EN: strings.TrimSpace(cells[2])}
		}
	}
	return all
}()

func why(code string, facts ...ledger.Wording) ledger.Wording {
	words := questionWords[code]
	for i, f := range facts {
		place := "{" + strconv.Itoa(i) + "}"
		words.ZH, words.EN = strings.ReplaceAll(words.ZH, place, f.ZH), strings.ReplaceAll(words.EN, place, f.EN)
	}
	return words
}

func plainly(text string) ledger.Wording { return ledger.Wording{ZH: text, EN: text} }

// dated is a day as each language writes it.
func dated(text string) ledger.Wording {
	d := store.DateOf(text)
	return ledger.Wording{ZH: fmt.Sprintf("%d\u5e74%d\u6708%d\u65e5", d.Year, d.Month, d.Day), EN: text}
}

// candidate is a row that a question may be about.
type candidate struct {
	Commitment string
	Gap        int64
	Since      string
	ByDay      string
	Said       string
	Computed   string
}

// questionKind is a kind of question: how its candidates are found, and why each is asked about.
type questionKind struct {
	code string
	find func(q *bun.SelectQuery) *bun.SelectQuery
	why  func(c candidate) ledger.Wording
}

// questionKinds are those about one commitment, in the order in which they are asked. Of each the first
// candidate is taken that no earlier question is about.
func (s *Service) questionKinds() []questionKind {
	month := s.core.Today().AddDays(-31).String()
	return []questionKind{
		{"worst_gap", func(q *bun.SelectQuery) *bun.SelectQuery {
			return q.Where("l.gap > 0 AND l.colour IN (?, ?)", light.Red, light.Yellow).OrderExpr("l.gap DESC")
		}, func(c candidate) ledger.Wording { return why("worst_gap", plainly(hundredths(c.Gap))) }},
		{"turned_red", func(q *bun.SelectQuery) *bun.SelectQuery {
			return q.Where("l.colour = ? AND l.earlier <> '' AND l.since >= ?", light.Red, month).OrderExpr("l.since DESC, l.gap DESC")
		}, func(c candidate) ledger.Wording { return why("turned_red", dated(c.Since)) }},
		{"said_shown", func(q *bun.SelectQuery) *bun.SelectQuery {
			return q.Where("("+differing+")", differingArgs()...).OrderExpr("l.gap DESC")
		}, func(c candidate) ledger.Wording {
			return why("said_shown", reporting.Said(c.Said).Label(), light.Colour(c.Computed).Label())
		}},
		{"overdue", func(q *bun.SelectQuery) *bun.SelectQuery {
			return q.Where("l.calendar = ? AND l.colour <> ?", light.Overdue, light.Blue).OrderExpr("commitments.by_day")
		}, func(c candidate) ledger.Wording { return why("overdue", dated(c.ByDay)) }},
	}
}

// differing is when what a unit says is not what figures show, in SQL; it is what differs says.
const differing = "l.said = ? AND l.computed <> ? OR l.said IN (?, ?) AND l.computed = ?"

func differingArgs() []any {
	return []any{reporting.Completed, light.Blue, reporting.InTrouble, reporting.NotStarted, light.Blue}
}

// questions are the five things to ask about: one of each kind as far as there is one, then more of the first ones.
func (s *Service) questions(ctx context.Context, plan ledger.Plan) ([]Question, error) {
	scope, err := s.core.Scope(ctx, readLight, commitmentColumns)
	if err != nil {
		return nil, err
	}
	asked := map[string]bool{}
	var all []Question
	var spare []Question
	for _, kind := range s.questionKinds() {
		query := s.core.Store().View(ctx).NewSelect().Table("commitments").Join("JOIN lights AS l ON l.commitment = commitments.id").
			ColumnExpr("l.commitment, l.gap, l.since, commitments.by_day, l.said, l.computed").Where("l.plan = ? AND l.colour <> ''", plan.ID)
		found, err := recall[candidate](ctx, s, plan.ID, kind.find(scope(query)).OrderExpr("l.commitment").Limit(mostQuestions))
		if err != nil {
			return nil, fmt.Errorf("progress: looking for what to ask about in plan %s: %w", plan.ID, err)
		}
		first := true
		for _, c := range found {
			if asked[c.Commitment] {
				continue
			}
			asked[c.Commitment] = true
			q := Question{Code: kind.code, Commitment: ledger.CommitmentID(c.Commitment), Why: kind.why(c)}
			if first {
				all, first = append(all, q), false
			} else {
				spare = append(spare, q)
			}
		}
	}
	if all, err = s.wider(ctx, plan, all); err != nil {
		return nil, err
	}
	all = append(all, spare...)
	all = all[:min(len(all), mostQuestions)]
	return all, s.title(ctx, plan, all)
}

// wider adds what is not about the light of one commitment: a unit that is silent, totals that contradict each other.
func (s *Service) wider(ctx context.Context, plan ledger.Plan, all []Question) ([]Question, error) {
	row, err := s.lastRun(ctx, plan.ID)
	if err != nil || row.Contradictions == "" {
		return all, err
	}
	var found []Contradiction
	if err := json.Unmarshal([]byte(row.Contradictions), &found); err != nil {
		return nil, fmt.Errorf("progress: reading the contradictions of plan %s: %w", plan.ID, err)
	}
	if found, err = s.visible(ctx, found); err != nil {
		return nil, err
	}
	for _, c := range found {
		if c.Kind == PartsTotal || c.Kind == GrowthLevel {
			all = append(all, Question{Code: "contradicts", Commitment: c.Commitment, Why: why("contradicts", c.What())})
			break
		}
	}
	silent, err := s.silent(ctx, plan)
	if err == nil && silent != nil {
		all = append(all, *silent)
	}
	return all, err
}

// waiting is how many commitments of a unit have figures that are due and not locked.
type waiting struct {
	Unit   string
	Number int
}

// silent is the unit with the most commitments whose figures are due and not locked.
func (s *Service) silent(ctx context.Context, plan ledger.Plan) (*Question, error) {
	scope, err := s.core.Scope(ctx, readLight, commitmentColumns)
	if err != nil {
		return nil, err
	}
	query := s.core.Store().View(ctx).NewSelect().Table("commitments").Join("JOIN lights AS l ON l.commitment = commitments.id").
		ColumnExpr("commitments.lead_unit AS unit, count(*) AS number").Where("l.plan = ? AND l.stale > 0 AND l.colour <> ''", plan.ID).
		Where("commitments.lead_unit IS NOT NULL").GroupExpr("commitments.lead_unit").OrderExpr("number DESC, unit").Limit(1)
	worst, err := recall[waiting](ctx, s, plan.ID, scope(query))
	if err != nil || len(worst) == 0 {
		return nil, err
	}
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return nil, err
	}
	name := tree.Name(ledger.UnitID(worst[0].Unit), s.core.Today())
	return &Question{
		Code: "silent_unit", Title: name, Unit: ledger.UnitID(worst[0].Unit), UnitName: name,
		Why: why("silent_unit", plainly(name), plainly(strconv.Itoa(worst[0].Number))),
	}, nil
}

// title gives questions the titles and units of their commitments.
func (s *Service) title(ctx context.Context, plan ledger.Plan, all []Question) error {
	var ids []string
	for _, q := range all {
		if q.Commitment != "" {
			ids = append(ids, string(q.Commitment))
		}
	}
	lights, err := s.lightsOf(ctx, plan, ids)
	if err != nil {
		return err
	}
	for i, q := range all {
		if l, there := lights[q.Commitment]; there {
			all[i].Title, all[i].Unit, all[i].UnitName, all[i].Colour = l.Commitment.Title, l.Commitment.Lead, l.UnitName, l.Colour
		}
	}
	return nil
}

// hundredths is a number of hundredths as a decimal: 2050 is 20.5.
func hundredths(n int64) string {
	text := fmt.Sprintf("%d.%02d", n/100, n%100)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}
