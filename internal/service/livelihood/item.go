package livelihood

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/livelihood"
)

// Delivering is the state of an item whose unit has not said yet that it is done, and Closed that of one that was signed
// off.
const (
	Delivering = "delivering"
	Closed     = "closed"
)

// Item is a livelihood item of a plan.
type Item struct {
	Commitment ledger.Commitment
	UnitName   string // that leads it
	State      string // of flow livelihood-item
	Revision   int64  // of the way to its closing; 0 where no step was taken
	Candidate  Candidate
	Votes      int  // by which it was chosen
	Voted      bool // there was a vote on it
	Scores     []livelihood.Score
	Pictures   []Picture // that are shown, the last one first
}

// Satisfaction is what is told of how satisfied people are; ok is false where nobody was asked.
func (i Item) Satisfaction() (score livelihood.Score, ok bool) { return livelihood.Figure(i.Scores) }

type itemRow struct {
	bun.BaseModel `bun:"table:livelihood_items,alias:livelihood_items"`
	Commitment    string `bun:"commitment,pk"`
	Revision      int64  `bun:"revision"`
	State         string `bun:"state"`
	Updated       string `bun:"updated"`
}

func ofItem(c ledger.Commitment) service.Owned {
	return service.Owned{Lead: c.Lead, Cooperating: c.Cooperating}
}

// Plans are the plans whose items the caller may see, the published ones first and the last year first.
func (s *Service) Plans(ctx context.Context) ([]ledger.Plan, error) {
	scope, err := s.core.Scope(ctx, read, access.Columns{Unit: "plans.government"})
	if err != nil {
		return nil, err
	}
	records, err := service.All(ctx, s.core.Store().Plans().List, scope)
	if err != nil {
		return nil, err
	}
	plans := slices.DeleteFunc(store.Values(records), func(p ledger.Plan) bool { return p.State == ledger.Abandoned })
	slices.SortStableFunc(plans, func(a, b ledger.Plan) int {
		if published := a.State == ledger.Published; published != (b.State == ledger.Published) {
			if published {
				return -1
			}
			return 1
		}
		return b.Year - a.Year
	})
	return plans, nil
}

// items adds to commitments what is known of them as livelihood items.
func (s *Service) items(ctx context.Context, all []ledger.Commitment) ([]Item, error) {
	ids := []string{""}
	for _, c := range all {
		ids = append(ids, string(c.ID))
	}
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return nil, err
	}
	known, err := s.known(ctx, ids)
	if err != nil {
		return nil, err
	}
	items := make([]Item, len(all))
	for i, c := range all {
		item := Item{
			Commitment: c, UnitName: tree.Name(c.Lead, s.core.Today()), State: s.item.States[0].Name, Candidate: known.candidates[c.ID],
			Pictures: known.pictures[c.ID],
		}
		if row, there := known.rows[c.ID]; there {
			item.State, item.Revision = row.State, row.Revision
		}
		rule := livelihood.Usual()
		if item.Candidate.ID != "" {
			round := known.rounds[item.Candidate.Round]
			rule = round.rule
			item.Votes, item.Voted = round.votes[item.Candidate.ID], true
		}
		item.Scores = rule.Scores(surveysOf(known.surveys[c.ID]))
		items[i] = item
	}
	return items, nil
}

// known is what is known of some items.
type known struct {
	rows       map[ledger.CommitmentID]itemRow
	candidates map[ledger.CommitmentID]Candidate
	rounds     map[RoundID]decided
	pictures   map[ledger.CommitmentID][]Picture
	surveys    map[ledger.CommitmentID][]Survey
}

// decided is how a round went.
type decided struct {
	rule  livelihood.Rule
	votes map[livelihood.Candidate]int
}

func (s *Service) known(ctx context.Context, ids []string) (known, error) {
	k := known{rows: map[ledger.CommitmentID]itemRow{}, candidates: map[ledger.CommitmentID]Candidate{}, rounds: map[RoundID]decided{}}
	var rows []itemRow
	if err := s.core.Store().View(ctx).NewSelect().Model(&rows).Where("commitment IN (?)", bun.List(ids)).Scan(ctx); err != nil {
		return k, fmt.Errorf("livelihood: reading items: %w", err)
	}
	for _, r := range rows {
		k.rows[ledger.CommitmentID(r.Commitment)] = r
	}
	chosen, err := s.chosenFor(ctx, ids...)
	if err != nil {
		return k, err
	}
	for _, c := range chosen {
		for _, commitment := range c.Commitments {
			k.candidates[commitment] = c
		}
		if _, there := k.rounds[c.Round]; there {
			continue
		}
		if k.rounds[c.Round], err = s.decided(ctx, c.Round); err != nil {
			return k, err
		}
	}
	if k.pictures, err = s.pictures(ctx, ids); err != nil {
		return k, err
	}
	k.surveys, err = s.surveys(ctx, ids)
	return k, err
}

// decided is how the vote of a round went.
func (s *Service) decided(ctx context.Context, id RoundID) (decided, error) {
	r, err := s.get(ctx, id)
	if err != nil {
		return decided{}, err
	}
	ballots, err := s.ballots(ctx, r)
	if err != nil {
		return decided{}, err
	}
	d := decided{rule: r.Rule, votes: map[livelihood.Candidate]int{}}
	for _, o := range r.Rule.Decide(r.Turns, ballots).Outcomes {
		d.votes[o.Candidate] = o.Votes
	}
	return d, nil
}

// chosenFor are the candidates that some commitments promise.
func (s *Service) chosenFor(ctx context.Context, ids ...string) ([]Candidate, error) {
	return s.candidates(ctx, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("id IN (SELECT candidate FROM livelihood_promises WHERE commitment IN (?))", bun.List(ids))
	})
}

// ItemView is one item with all that is known of it.
type ItemView struct {
	Item
	Plan    ledger.Plan
	Rule    livelihood.Rule
	Round   Round // in which it was chosen; none where there was no vote on it
	Case    workflow.Case
	Offers  []workflow.Offer
	Hidden  []Picture // that were withdrawn, for who looks after the item
	Surveys []Survey  // the withdrawn ones for who enters them alone

	MayPicture bool
	MaySurvey  bool
	MayOpen    bool // the commitment itself
}

// commitment is one that is a livelihood item, if the caller may see it as one.
func (s *Service) commitment(ctx context.Context, id ledger.CommitmentID) (ledger.Commitment, error) {
	record, err := s.core.Store().Commitments().Get(ctx, string(id))
	if err != nil {
		return ledger.Commitment{}, err
	}
	if err := s.core.Check(ctx, read, ofItem(record.Value)); err != nil {
		return ledger.Commitment{}, err
	}
	if record.Value.Kind != ledger.KindLivelihood {
		return ledger.Commitment{}, &store.NotFound{Kind: ItemKind, ID: string(id)}
	}
	return record.Value, nil
}

// Item is a livelihood item.
func (s *Service) Item(ctx context.Context, id ledger.CommitmentID) (ItemView, error) {
	c, err := s.commitment(ctx, id)
	if err != nil {
		return ItemView{}, err
	}
	items, err := s.items(ctx, []ledger.Commitment{c})
	if err != nil {
		return ItemView{}, err
	}
	v := ItemView{Item: items[0], Rule: livelihood.Usual()}
	plan, err := s.core.Store().Plans().Get(ctx, string(c.Plan))
	if err != nil {
		return v, err
	}
	v.Plan = plan.Value
	if v.Candidate.ID != "" {
		if v.Round, err = s.get(ctx, v.Candidate.Round); err != nil {
			return v, err
		}
		v.Rule = v.Round.Rule
	}
	if err := s.around(ctx, &v); err != nil {
		return v, err
	}
	if v.Case, err = s.itemCase(ctx, id); err != nil {
		return v, err
	}
	if c.State == ledger.InForce {
		v.Offers, err = s.cases.Offers(ctx, v.Case, ofItem(c), v.facts())
	}
	return v, err
}

// around adds the surveys and what the caller may do.
func (s *Service) around(ctx context.Context, v *ItemView) error {
	id, owned := v.Commitment.ID, ofItem(v.Commitment)
	surveys, err := s.surveys(ctx, []string{string(id)})
	if err != nil {
		return err
	}
	running := v.Commitment.State == ledger.InForce
	tends := s.core.Can(ctx, survey, owned)
	v.MaySurvey, v.MayPicture = running && tends, running && s.core.Can(ctx, picture, owned)
	v.MayOpen = s.core.Can(ctx, "commitment.read", owned)
	v.Surveys = surveys[id]
	if !tends {
		v.Surveys = slices.DeleteFunc(v.Surveys, func(one Survey) bool { return one.Withdrawn != "" })
	}
	if v.MayPicture {
		v.Hidden, err = s.withdrawnPictures(ctx, id)
	}
	return err
}

// facts are the guards that hold of an item.
func (v ItemView) facts() []string {
	var facts []string
	if slices.ContainsFunc(v.Pictures, func(p Picture) bool { return p.Stage == livelihood.After }) {
		facts = append(facts, "pictured")
	}
	if livelihood.Satisfied(v.Scores) {
		facts = append(facts, "satisfied")
	}
	return facts
}

func (s *Service) itemCase(ctx context.Context, id ledger.CommitmentID) (workflow.Case, error) {
	return s.cases.Case(ctx, s.item, ItemKind, string(id), s.core.Today())
}

// heldItem is an item of which nobody else changes anything until the transaction is over.
func (s *Service) heldItem(ctx context.Context, w *service.Work, id ledger.CommitmentID, action access.Action) (ledger.Commitment, error) {
	if err := s.hold(ctx, w.Tx(), "commitments", "id", string(id)); err != nil {
		return ledger.Commitment{}, err
	}
	c, err := s.commitment(ctx, id)
	if err != nil {
		return c, err
	}
	if err := w.AllowFor(ctx, action, ofItem(c)); err != nil {
		return c, err
	}
	if c.State != ledger.InForce {
		return c, faults.New("item.idle")
	}
	return c, nil
}

// StepItem takes a step on the way to the closing of an item: finish, return, pass, close, reopen.
func (s *Service) StepItem(ctx context.Context, id ledger.CommitmentID, action, reason string, seen int64) error {
	right, ours := s.cases.Right(s.item, action)
	if !ours {
		return faults.New("step.unknown", action)
	}
	return s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		c, err := s.heldItem(ctx, w, id, right)
		if err != nil {
			return err
		}
		v, err := s.Item(ctx, id)
		if err != nil {
			return err
		}
		if v.Revision != seen {
			current := store.Record[Item]{Value: v.Item, Revision: v.Revision}
			return &store.Conflict[Item]{Kind: ItemKind, ID: string(id), Seen: seen, Current: current}
		}
		step, err := s.cases.StepBy(ctx, s.item, action, ofItem(c))
		if err != nil {
			return err
		}
		step.Reason, step.Facts = strings.TrimSpace(reason), v.facts()
		taken, err := s.cases.Take(ctx, w, v.Case, ItemKind, string(id), step)
		if err != nil {
			return err
		}
		row := itemRow{Commitment: string(id), Revision: v.Revision + 1, State: taken.State, Updated: s.core.Store().NowText()}
		_, err = w.Tx().NewInsert().Model(&row).On("CONFLICT (commitment) DO UPDATE").
			Set("revision = EXCLUDED.revision").Set("state = EXCLUDED.state").Set("updated = EXCLUDED.updated").Exec(ctx)
		if err != nil {
			return fmt.Errorf("livelihood: writing item %s: %w", id, err)
		}
		w.Record(right, ItemKind, string(id), map[string]string{"state": v.State}, map[string]string{"state": row.State}, stepped{action, step.Reason})
		if action == "finish" {
			return nil // the office finds it in its list
		}
		return s.tellUnit(ctx, w, c, row.Revision, action, step.Reason)
	})
}
