package demo

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/service"
	desk "luoshi/internal/service/livelihood"
	"luoshi/ledger"
	"luoshi/ledger/livelihood"
)

// livelihoodDeeds are what people do about livelihood items.
var livelihoodDeeds = []access.Action{
	"livelihood.read", "livelihood.suggest", "livelihood.edit", "livelihood.approve", "livelihood.vote", "livelihood.count",
	"livelihood.picture", "livelihood.finish", "livelihood.survey", "livelihood.close", "plan.read", "commitment.read",
}

// allDeputies is how many deputies there are.
const allDeputies = 186

// livelihoodChapters are what happens to livelihood items.
func (t *teller) livelihoodChapters() ([]chapter, error) {
	return told("livelihoodsteps", 16, t.livelihoodStep)
}

// candidate is a line of livelihood.txt.
type candidate struct {
	row
	key, who, did string
	proposal      desk.Proposal
	votes         int
	promised      []string
}

// livelihoodStep lets somebody do something about a round or about an item.
func (t *teller) livelihoodStep(step step) error {
	if _, err := strconv.Atoi(step.thing); err == nil {
		return t.roundStep(step)
	}
	return t.itemStep(step)
}

func (t *teller) roundStep(step step) error {
	if step.do == "suggest" {
		return t.suggestItems(step.thing)
	}
	ctx, err := t.standing(step.who, livelihoodDeeds)
	if err != nil {
		return err
	}
	switch id := t.calls[step.thing]; step.do {
	case "create":
		return t.createCall(ctx, step)
	case "look":
		return t.lookAtCandidates(ctx, step.thing)
	case "ballot":
		var marked []livelihood.Candidate
		for key := range strings.FieldsSeq(step.many) {
			marked = append(marked, t.candidates[key])
		}
		return t.Livelihood.Vote(ctx, id, marked)
	case "sheet":
		return t.enterBallots(ctx, step)
	case "link":
		return t.linkCandidates(ctx, step.thing)
	default:
		_, err = t.Livelihood.StepRound(ctx, id, step.do, step.words, 0)
		return err
	}
}

// createCall prepares the round of a year.
func (t *teller) createCall(ctx context.Context, step step) error {
	year, err := strconv.Atoi(step.thing)
	if err != nil {
		return err
	}
	until, err := calendar.ParseDate(step.many)
	if err != nil {
		return err
	}
	rule := livelihood.Usual()
	rule.Deputies = allDeputies
	terms := desk.Terms{
		Title: fmt.Sprintf(t.phrase("livelihood.title"), year), Call: step.words, From: t.Core.Today(), Until: until, Rule: rule,
	}
	made, err := t.Livelihood.CreateRound(ctx, t.unit["district"], year, terms)
	t.calls[step.thing] = made.ID
	return err
}

// candidatesOf are the lines of livelihood.txt of a year.
func (t *teller) candidatesOf(year string) ([]candidate, error) {
	all, err := rows("livelihood", 6, 12)
	if err != nil {
		return nil, err
	}
	var list []candidate
	for _, r := range all {
		if r.columns[0] != year {
			continue
		}
		c := candidate{row: r, key: r.columns[1], who: r.columns[2], did: r.columns[9], promised: r.list(11)}
		c.proposal = desk.Proposal{Title: r.columns[3], Text: r.columns[4], Place: r.columns[5]}
		if c.proposal.Lead, err = t.unit.of(r.columns[6]); err != nil {
			return nil, r.fault(err)
		}
		if c.proposal.Cooperating, err = t.unit.all(r.list(7)); err != nil {
			return nil, r.fault(err)
		}
		if c.proposal.By, err = r.date(8); err != nil {
			return nil, r.fault(err)
		}
		if r.columns[10] != "" {
			if c.votes, err = strconv.Atoi(r.columns[10]); err != nil {
				return nil, r.fault(err)
			}
		}
		list = append(list, c)
	}
	return list, nil
}

// suggestItems lets everybody suggest what they would have done.
func (t *teller) suggestItems(year string) error {
	list, err := t.candidatesOf(year)
	if err != nil {
		return err
	}
	for _, c := range list {
		ctx := service.As(t.ctx, service.Caller{Request: "demo", Address: "10.12.0.9"})
		if c.who != "public" {
			if ctx, err = t.standing(c.who, livelihoodDeeds); err != nil {
				return c.fault(err)
			}
		}
		made, err := t.Livelihood.Suggest(ctx, t.calls[year], c.proposal, "")
		if err != nil {
			return c.fault(err)
		}
		t.candidates[c.key] = made.ID
	}
	return nil
}

// lookAtCandidates lets the office say who would do what, and move the candidates on. What becomes a part of another one
// comes last, as that has to be there.
func (t *teller) lookAtCandidates(ctx context.Context, year string) error {
	list, err := t.candidatesOf(year)
	if err != nil {
		return err
	}
	numbers := map[string]int{}
	for i, c := range list {
		numbers[c.key] = i + 1
	}
	slices.SortStableFunc(list, func(a, b candidate) int {
		return strings.Compare(strings.TrimSuffix(a.did, "list"), strings.TrimSuffix(b.did, "list"))
	})
	for _, c := range list {
		id := t.candidates[c.key]
		move, words, _ := strings.Cut(c.did, " ")
		if move == "" {
			continue
		}
		if c.proposal.Lead != "" {
			if _, err := t.Livelihood.EditCandidate(ctx, id, c.proposal, 0); err != nil {
				return c.fault(err)
			}
		}
		if move == "set-aside" { // it is shown first
			if _, err := t.Livelihood.MoveCandidate(ctx, id, "show", "", 0); err != nil {
				return c.fault(err)
			}
		}
		if _, err := t.Livelihood.MoveCandidate(ctx, id, move, words, numbers[words]); err != nil {
			return c.fault(err)
		}
	}
	return nil
}

// enterBallots enters the votes on paper: how many ballots were handed out, came back and are valid.
func (t *teller) enterBallots(ctx context.Context, step step) error {
	list, err := t.candidatesOf(step.thing)
	if err != nil {
		return err
	}
	sheet := livelihood.Sheet{Votes: map[livelihood.Candidate]int{}}
	if _, err := fmt.Sscan(step.many, &sheet.Issued, &sheet.Received, &sheet.Valid); err != nil {
		return fmt.Errorf("%q: %w", step.many, err)
	}
	for _, c := range list {
		if c.votes > 0 {
			sheet.Votes[t.candidates[c.key]] = c.votes
		}
	}
	signed := desk.File{Name: t.phrase("livelihood.sheet"), Content: strings.NewReader(t.phrase("livelihood.signed"))}
	_, err = t.Livelihood.EnterSheet(ctx, t.calls[step.thing], sheet, signed)
	return err
}

// linkCandidates says which commitments promise what was chosen.
func (t *teller) linkCandidates(ctx context.Context, year string) error {
	list, err := t.candidatesOf(year)
	if err != nil {
		return err
	}
	for _, c := range list {
		for _, words := range c.promised {
			commitment, err := t.promised(ctx, words)
			if err != nil {
				return c.fault(err)
			}
			if err := t.Livelihood.Link(ctx, t.candidates[c.key], commitment.Value.ID); err != nil {
				return c.fault(err)
			}
			if len(t.items[c.key]) == 0 {
				t.items[c.key] = commitment.Value.ID
			}
		}
	}
	return nil
}

// itemStep lets somebody do something about an item: the head of its unit where nobody is named.
func (t *teller) itemStep(step step) error {
	id := t.items[step.thing]
	record, err := t.Core.Store().Commitments().Get(t.ctx, string(id))
	if err != nil {
		return err
	}
	who := step.who
	if who == "" {
		who = t.headOf(record.Value.Lead)
	}
	ctx, err := t.standing(who, livelihoodDeeds)
	if err != nil {
		return err
	}
	switch step.do {
	case "picture":
		return t.addPicture(ctx, id, step)
	case "survey":
		return t.addSurvey(ctx, id, step)
	}
	item, err := t.Livelihood.Item(ctx, id)
	if err != nil {
		return err
	}
	return t.Livelihood.StepItem(ctx, id, step.do, step.words, item.Revision)
}

func (t *teller) addPicture(ctx context.Context, id ledger.CommitmentID, step step) error {
	stage, day, _ := strings.Cut(step.many, " ")
	on, err := calendar.ParseDate(day)
	if err != nil {
		return err
	}
	drawn, err := scenery(livelihood.Stage(stage), step.line)
	if err != nil {
		return err
	}
	shot := desk.Shot{Stage: livelihood.Stage(stage), On: on, Caption: step.words}
	_, err = t.Livelihood.AddPicture(ctx, id, shot, desk.File{Name: step.words + ".png", Content: bytes.NewReader(drawn)})
	return err
}

func (t *teller) addSurvey(ctx context.Context, id ledger.CommitmentID, step step) error {
	asked := livelihood.Survey{Scale: livelihood.Citizens, On: t.Core.Today(), Note: step.words, Counts: map[string]int{}}
	for i, word := range strings.Fields(step.many) {
		grade, number, _ := strings.Cut("="+word, "=")
		if i > 0 {
			grade, number, _ = strings.Cut(word, "=")
		}
		n, err := strconv.Atoi(number)
		if err != nil {
			return fmt.Errorf("%q: %w", word, err)
		}
		if i == 0 {
			asked.Asked = n
			continue
		}
		asked.Counts[grade] = n
	}
	sheets := desk.File{Name: t.phrase("livelihood.survey"), Content: strings.NewReader(step.words)}
	_, err := t.Livelihood.AddSurvey(ctx, id, asked, sheets)
	return err
}
