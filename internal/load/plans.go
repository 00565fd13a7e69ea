package load

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// lastYear is the year of the youngest plan.
const lastYear = 2026

// planned is a year of a generated district.
type planned struct {
	Document    store.Document
	Plan        ledger.Plan
	Indicators  []ledger.Indicator
	Projects    []ledger.Project
	Commitments []ledger.Commitment
}

// planner makes years of a district.
type planner struct {
	dice
	organisation
	newID func() string
}

// year makes the plan of a year with its share of everything.
func (p planner) year(size Size, year int) planned {
	size = size.In(year)
	made := planned{Plan: ledger.Plan{
		ID: ledger.PlanID(p.newID()), Government: p.Units[0].ID, Year: year, State: ledger.Published,
		Title:    fmt.Sprintf("验证区%d年工作安排", year),
		Versions: []ledger.Version{{Number: 1, On: calendar.Date{Year: int16(year), Month: 2, Day: 10}}},
	}}
	for i, title := range words["chapter"] {
		made.Plan.Outline = append(made.Plan.Outline, ledger.Section{Number: i + 1, Level: 1, Title: title})
	}
	for i := range size.Indicators {
		made.Indicators = append(made.Indicators, p.indicator(made.Plan.ID, year, i))
	}
	for i := range size.Projects {
		made.Projects = append(made.Projects, p.project(made.Plan.ID, year, i))
	}
	sentences, offsets := p.sentences(size.Commitments)
	made.Document = document(made.Plan.Title, strings.Join(sentences, ""))
	made.Plan.Sources = []ledger.Source{{Document: made.Document.Digest, Name: made.Document.Name, Title: made.Document.Title}}
	for i, sentence := range sentences {
		passage, err := ledger.RestorePassage(made.Document.Digest, offsets[i], offsets[i+1], sentence)
		if err != nil {
			panic(err) // the offsets are those of the sentences
		}
		made.Commitments = append(made.Commitments, p.commitment(made, i, passage))
	}
	return made
}

// sentences are what the plan promises, with the code points at which each begins and the last one ends.
func (p planner) sentences(n int) (sentences []string, offsets []int) {
	at := 0
	for i := range n {
		thing := p.IntN(len(words["thing"]))
		sentence := fmt.Sprintf("%s%s%s%d%s\uff0c%s\u3002", p.word("place"), p.word("action"), words["thing"][thing],
			1+i%97, words["unit"][thing], p.word("purpose"))
		sentences, offsets = append(sentences, sentence), append(offsets, at)
		at += len([]rune(sentence))
	}
	return sentences, append(offsets, at)
}

func (p planner) commitment(made planned, i int, passage ledger.Passage) ledger.Commitment {
	title, _, _ := strings.Cut(passage.Wording(), "\uff0c")
	year := int16(made.Plan.Year)
	by := calendar.Date{Year: year, Month: int8(2 + p.IntN(11)), Day: int8(1 + p.IntN(28))}
	lead := p.Units[1+p.IntN(len(p.Units)-1)].ID
	terms := ledger.CommitmentTerms{
		ID: ledger.CommitmentID(p.newID()), Plan: made.Plan.ID, Number: fmt.Sprintf("%d-%05d", year, i+1), Title: title,
		Section: 1 + i%len(made.Plan.Outline), Kind: one(p.dice, ledger.CommitmentKinds()), State: ledger.InForce,
		By: by, Firm: i%9 != 0, Lead: lead, Post: one(p.dice, p.Posts).ID, Weight: ledger.Int(int64(1 + i%5)),
		Targets: p.targets(made, i, title, by),
		Milestones: []ledger.Milestone{
			{Number: 1, Title: "完成前期工作", By: calendar.Date{Year: year, Month: 1, Day: 31}},
			{Number: 2, Title: "全面完成", By: by},
		},
	}
	for range p.IntN(3) {
		if unit := one(p.dice, p.Units).ID; unit != lead && !slices.Contains(terms.Cooperating, unit) {
			terms.Cooperating = append(terms.Cooperating, unit)
		}
	}
	if terms.Kind == ledger.KindProject && len(made.Projects) > 0 {
		terms.Project = one(p.dice, made.Projects).ID
	}
	return ledger.NewCommitment(terms, passage)
}

// targets are those of a commitment: none of one in ten, else some; that of half of all the first follows an indicator.
func (p planner) targets(made planned, i int, title string, by calendar.Date) []ledger.Target {
	if i%10 == 9 {
		return nil
	}
	var targets []ledger.Target
	for number := range 2 + i%3 {
		t := ledger.Target{
			Number: number + 1, Subject: title, Cmp: ledger.AtLeast, Value: ledger.Int(int64(1 + (i+31*number)%97)), Unit: "个",
			Measure: ledger.Level, By: by, Firm: i%9 != 0,
		}
		if number == 0 && i%2 == 0 && len(made.Indicators) > 0 {
			indicator := one(p.dice, made.Indicators)
			t.Indicator, t.Unit, t.Value = indicator.ID, indicator.Unit, ledger.Int(int64(10+i%97))
		}
		targets = append(targets, t)
	}
	return targets
}

func (p planner) indicator(plan ledger.PlanID, year, i int) ledger.Indicator {
	level := int64(1000 + 37*i)
	made := ledger.Indicator{
		ID: ledger.IndicatorID(p.newID()), Plan: plan, Name: fmt.Sprintf("%s%s", p.word("place"), words["subject"][i%len(words["subject"])]),
		Scope: fmt.Sprintf("第%d项", i+1), Unit: "亿元", Direction: ledger.More, Aggregation: ledger.AsSum,
		Base: ledger.Int(level), BaseYear: year - 1,
	}
	for back := 4; back >= 1; back-- {
		made.Series = append(made.Series, ledger.YearFigure{Year: year - back, Actual: ledger.Int(level - int64(20*back))})
	}
	made.Series = append(made.Series, ledger.YearFigure{Year: year, Target: ledger.Int(level + 50)})
	return made
}

func (p planner) project(plan ledger.PlanID, year, i int) ledger.Project {
	million := int64(1_000_000)
	total := million * int64(10+p.IntN(4000))
	start := calendar.Date{Year: int16(year), Month: int8(1 + p.IntN(12)), Day: 10}
	return ledger.Project{
		ID: ledger.ProjectID(p.newID()), Plan: plan, Number: fmt.Sprintf("YZ%d-%05d", year, i+1),
		Name:     fmt.Sprintf("%s%s%d", p.word("place"), p.word("project"), i+1),
		Category: one(p.dice, ledger.ProjectCategories()), Stage: one(p.dice, []ledger.Stage{ledger.Reserve, ledger.Preparing, ledger.Starting, ledger.Ongoing}),
		Lead: p.Units[1+p.IntN(len(p.Units)-1)].ID, Content: p.word("purpose"), Place: ledger.Place{Unit: one(p.dice, p.Units).ID},
		Start: start, Completion: calendar.Date{Year: int16(year + 1), Month: 12, Day: 20}, Total: ledger.Int(total),
		Years: []ledger.Investment{{Year: year, Planned: ledger.Int(total / 2), Done: ledger.Int(total / 4)}},
		Funds: []ledger.Fund{
			{Source: ledger.OwnBudget, Planned: ledger.Int(total / 4), Arrived: ledger.Int(total / 8), Paid: ledger.Int(total / 10)},
			{Source: ledger.SpecialBond, Planned: ledger.Int(total / 2), Arrived: ledger.Int(total / 4), Paid: ledger.Int(total / 5)},
		},
		Nodes: []ledger.Node{{Number: 1, Title: "可研批复", By: start}, {Number: 2, Title: "竣工验收", By: calendar.Date{Year: int16(year + 1), Month: 12, Day: 1}}},
	}
}

func document(title, text string) store.Document {
	digest := sha256.Sum256([]byte(text))
	return store.Document{
		Digest: ledger.Digest(hex.EncodeToString(digest[:])), Name: title + ".txt", MediaType: "text/plain",
		Size: int64(len(text)), Title: title, Text: text,
	}
}
