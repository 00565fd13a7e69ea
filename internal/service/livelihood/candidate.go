package livelihood

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/livelihood"
)

// Candidate is what somebody suggested, and what the office made of it.
type Candidate struct {
	ID       livelihood.Candidate `json:"id"`
	Round    RoundID              `json:"round"`
	Revision int64                `json:"-"`
	Number   int                  `json:"number"`
	Origin   livelihood.Origin    `json:"origin"`
	State    livelihood.State     `json:"state"`
	Account  ledger.AccountID     `json:"account,omitempty"` // empty for the public
	Made     time.Time            `json:"-"`
	Proposal
	// Commitments are those by which a plan promises it, once it was chosen.
	Commitments []ledger.CommitmentID `json:"commitments,omitempty"`
	Reason      string                `json:"reason,omitempty"` // why it was left out
	Into        livelihood.Candidate  `json:"into,omitempty"`   // of which it is a part
}

// Proposal is what a candidate says.
type Proposal struct {
	Title string `json:"title"`
	Text  string `json:"text,omitempty"`  // what is to be done, for whom, and why
	Place string `json:"place,omitempty"` // where
	// The rest is the office's: who would do it and by when.
	Lead        ledger.UnitID   `json:"lead,omitempty"`
	Cooperating []ledger.UnitID `json:"cooperating,omitempty"`
	By          calendar.Date   `json:"by,omitzero"`
}

type candidateRow struct {
	bun.BaseModel `bun:"table:livelihood_candidates,alias:livelihood_candidates"`
	ID            string `bun:"id,pk"`
	Round         string `bun:"round"`
	Revision      int64  `bun:"revision"`
	Number        int    `bun:"number"`
	Origin        string `bun:"origin"`
	State         string `bun:"state"`
	Account       string `bun:"account"`
	Made          string `bun:"made"`
	Body          string `bun:"body"`
}

type candidateBody struct {
	Proposal
	Reason string               `json:"reason,omitempty"`
	Into   livelihood.Candidate `json:"into,omitempty"`
}

func (r candidateRow) candidate() (Candidate, error) {
	body, err := parsed[candidateBody](r.Body)
	return Candidate{
		ID: livelihood.Candidate(r.ID), Round: RoundID(r.Round), Revision: r.Revision, Number: r.Number, Origin: livelihood.Origin(r.Origin),
		State: livelihood.State(r.State), Account: ledger.AccountID(r.Account),
		Made: store.TimeOf(r.Made), Proposal: body.Proposal, Reason: body.Reason, Into: body.Into,
	}, err
}

func candidateRowOf(c Candidate) candidateRow {
	return candidateRow{
		ID: string(c.ID), Round: string(c.Round), Revision: c.Revision, Number: c.Number, Origin: string(c.Origin), State: string(c.State),
		Account: string(c.Account), Made: store.TimeText(c.Made),
		Body: written(candidateBody{c.Proposal, c.Reason, c.Into}),
	}
}

// logged is a candidate as the log keeps it. The words of the public come into the log, which forgets nothing, only once
// somebody has looked at them and lets everybody see them.
func logged(c Candidate) Candidate {
	if c.Origin == livelihood.FromPublic && !c.State.Public() {
		c.Proposal = Proposal{}
	}
	return c
}

// candidates are those of a round in their order, narrowed by filters.
func (s *Service) candidates(ctx context.Context, filter func(*bun.SelectQuery) *bun.SelectQuery) ([]Candidate, error) {
	var rows []candidateRow
	query := filter(s.core.Store().View(ctx).NewSelect().Model(&rows)).Order("round", "number")
	if err := query.Scan(ctx); err != nil {
		return nil, fmt.Errorf("livelihood: reading candidates: %w", err)
	}
	all := make([]Candidate, len(rows))
	for i, row := range rows {
		var err error
		if all[i], err = row.candidate(); err != nil {
			return nil, err
		}
	}
	return all, s.promised(ctx, all)
}

// promiseRow says by which commitment a plan promises a candidate.
type promiseRow struct {
	bun.BaseModel `bun:"table:livelihood_promises,alias:livelihood_promises"`
	Commitment    string `bun:"commitment,pk"`
	Candidate     string `bun:"candidate"`
}

// promised adds to candidates the commitments that promise them.
func (s *Service) promised(ctx context.Context, all []Candidate) error {
	at := map[string]int{}
	ids := []string{""}
	for i, c := range all {
		if c.State == livelihood.Elected {
			at[string(c.ID)] = i
			ids = append(ids, string(c.ID))
		}
	}
	if len(at) == 0 {
		return nil
	}
	var rows []promiseRow
	err := s.core.Store().View(ctx).NewSelect().Model(&rows).Where("candidate IN (?)", bun.List(ids)).Order("commitment").Scan(ctx)
	if err != nil {
		return fmt.Errorf("livelihood: reading what promises candidates: %w", err)
	}
	for _, r := range rows {
		c := &all[at[r.Candidate]]
		c.Commitments = append(c.Commitments, ledger.CommitmentID(r.Commitment))
	}
	return nil
}

// inRound are all candidates of a round.
func (s *Service) inRound(ctx context.Context, id RoundID) ([]Candidate, error) {
	return s.candidates(ctx, func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("round = ?", id) })
}

// listed are the candidates of a round that are on the ballot.
func (s *Service) listed(ctx context.Context, id RoundID) ([]Candidate, error) {
	return s.candidates(ctx, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("round = ?", id).Where("state = ?", string(livelihood.Listed))
	})
}

// candidate is one, whoever may see it.
func (s *Service) candidate(ctx context.Context, id livelihood.Candidate) (Candidate, error) {
	found, err := s.candidates(ctx, func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("id = ?", id) })
	if err == nil && len(found) == 0 {
		err = &store.NotFound{Kind: CandidateKind, ID: string(id)}
	}
	if err != nil {
		return Candidate{}, err
	}
	return found[0], nil
}

// mostWaiting bounds how many suggestions wait to be looked at, so that nobody can fill the ledger with them.
const mostWaiting = 3000

// Suggest suggests a candidate. Who suggests is known by his role, or is the public, of whom nothing is kept; the office
// enters what was said to it and says who said it.
func (s *Service) Suggest(ctx context.Context, id RoundID, p Proposal, origin livelihood.Origin) (Candidate, error) {
	var made Candidate
	ctx, err := s.inLog(ctx, id)
	if err != nil {
		return made, err
	}
	err = s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		r, err := s.held(ctx, w, id, suggest, 0)
		if err != nil {
			return err
		}
		office := s.core.Can(ctx, edit, r.owned())
		if err := s.takes(r, office); err != nil {
			return err
		}
		if p, err = s.soundProposal(ctx, p, office); err != nil {
			return err
		}
		number, err := s.nextNumber(ctx, id, p)
		if err != nil {
			return err
		}
		made = Candidate{
			ID: store.NewID[livelihood.Candidate](s.core.Store()), Round: id, Revision: 1, Number: number, Origin: originOf(ctx, office, origin),
			State: livelihood.Received, Account: service.CallerOf(ctx).Account(), Made: s.core.Store().Now(), Proposal: p,
		}
		if office { // has looked at it
			made.State = livelihood.Shown
		}
		if err := store.Insert(ctx, w.Tx(), candidateRowOf(made)); err != nil {
			return err
		}
		w.Record(suggest, CandidateKind, string(made.ID), nil, logged(made), nil)
		return nil
	})
	return made, err
}

// inLog is a context whose suggestion can be kept in the log, which wants to know who did what: what the public may do is
// done by the program on its behalf.
func (s *Service) inLog(ctx context.Context, id RoundID) (context.Context, error) {
	caller := service.CallerOf(ctx)
	if caller.Account() != "" || caller.System != "" {
		return ctx, nil
	}
	r, err := s.get(ctx, id)
	if err != nil {
		return ctx, err
	}
	public := service.Caller{System: "public", May: []access.Action{suggest}, Request: caller.Request}
	return service.As(ctx, public), s.core.Check(ctx, suggest, r.owned())
}

// takes tells whether a round takes suggestions: from everybody during the call, from the office while it screens too.
func (s *Service) takes(r Round, office bool) error {
	today := s.core.Today()
	switch {
	case office && (r.State == Open || r.State == Screening):
		return nil
	case r.State != Open || r.Until.Before(today) || today.Before(r.From):
		return faults.New("suggest.closed")
	}
	return nil
}

// originOf is who suggests.
func originOf(ctx context.Context, office bool, said livelihood.Origin) livelihood.Origin {
	if office {
		if slices.Contains(livelihood.Origins(), said) {
			return said
		}
		return livelihood.FromOffice
	}
	for _, post := range service.CallerOf(ctx).Actor.Posts {
		switch post.Role {
		case "deputy":
			return livelihood.FromDeputy
		case "unit-head", "reporter":
			return livelihood.FromUnit
		}
	}
	return livelihood.FromPublic
}

// nextNumber is the number of a new candidate, if there is room for one and nobody has said the same.
func (s *Service) nextNumber(ctx context.Context, id RoundID, p Proposal) (int, error) {
	all, err := s.inRound(ctx, id)
	if err != nil {
		return 0, err
	}
	waiting, last := 0, 0
	for _, c := range all {
		last = max(last, c.Number)
		if c.State == livelihood.Received {
			waiting++
		}
		if c.Title == p.Title && c.Text == p.Text && c.Place == p.Place && c.State != livelihood.Rejected {
			return 0, faults.New("suggest.twice")
		}
	}
	if waiting >= mostWaiting {
		return 0, faults.New("suggest.full")
	}
	return last + 1, nil
}

// The longest text and place of a suggestion, in characters.
const (
	longestProposal = 1000
	longestPlace    = 60
)

// soundProposal is a proposal in which nothing is wrong. Only the office says who would do it.
func (s *Service) soundProposal(ctx context.Context, p Proposal, office bool) (Proposal, error) {
	var err error
	if p.Title, err = soundText(p.Title, "suggest.title", longestTitle, true); err != nil {
		return p, err
	}
	p.Title = strings.Join(strings.Fields(p.Title), " ") // it stands in one line of the result
	if p.Text, err = soundText(p.Text, "suggest.text", longestProposal, !office); err != nil {
		return p, err
	}
	if p.Place, err = soundText(p.Place, "", longestPlace, false); err != nil {
		return p, err
	}
	if !office {
		p.Lead, p.Cooperating, p.By = "", nil, calendar.Date{}
		return p, nil
	}
	return p, s.soundUnits(ctx, &p)
}

// soundUnits fails where a unit is not there, or leads and cooperates at once.
func (s *Service) soundUnits(ctx context.Context, p *Proposal) error {
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return err
	}
	p.Cooperating = slices.DeleteFunc(slices.Clone(p.Cooperating), func(u ledger.UnitID) bool { return u == "" || u == p.Lead })
	for _, unit := range append([]ledger.UnitID{p.Lead}, p.Cooperating...) {
		if unit != "" && !tree.Exists(unit, s.core.Today()) {
			return faults.New("candidate.unit")
		}
	}
	return nil
}

// changeCandidate changes a candidate while its round is called for or screened, at the revision that was seen, or as it is
// where seen is 0.
func (s *Service) changeCandidate(ctx context.Context, id livelihood.Candidate, seen int64, do func(ctx context.Context, c *Candidate) error, detail any) (Candidate, error) {
	var after Candidate
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		before, err := s.candidate(ctx, id)
		if err != nil {
			return err
		}
		r, err := s.held(ctx, w, before.Round, edit, 0)
		if err != nil {
			return err
		}
		if r.State != Open && r.State != Screening {
			return faults.New("candidate.fixed")
		}
		if before, err = s.candidate(ctx, id); err != nil { // as it is now that the round is held
			return err
		}
		if seen != 0 && before.Revision != seen {
			current := store.Record[Candidate]{Value: before, Revision: before.Revision}
			return &store.Conflict[Candidate]{Kind: CandidateKind, ID: string(id), Seen: seen, Current: current}
		}
		after = before
		if err := do(ctx, &after); err != nil {
			return err
		}
		after.Revision++
		row := candidateRowOf(after)
		if _, err := w.Tx().NewUpdate().Model(&row).WherePK().Exec(ctx); err != nil {
			return fmt.Errorf("livelihood: writing candidate %s: %w", id, err)
		}
		w.Record(edit, CandidateKind, string(id), logged(before), logged(after), detail)
		return nil
	})
	return after, err
}

// EditCandidate gives a candidate other words, and says who would do it and by when.
func (s *Service) EditCandidate(ctx context.Context, id livelihood.Candidate, p Proposal, seen int64) (Candidate, error) {
	return s.changeCandidate(ctx, id, seen, func(ctx context.Context, c *Candidate) error {
		sound, err := s.soundProposal(ctx, p, true)
		c.Proposal = sound
		return err
	}, nil)
}

// MoveCandidate moves a candidate on before the vote: show, reject, list, set-aside, unlist, merge, part. Into is the
// number of the candidate of which it becomes a part.
func (s *Service) MoveCandidate(ctx context.Context, id livelihood.Candidate, move, reason string, into int) (Candidate, error) {
	return s.changeCandidate(ctx, id, 0, func(ctx context.Context, c *Candidate) error {
		state, p := c.State.Move(move, reason)
		if err := wrong(p); err != nil {
			return err
		}
		c.State, c.Reason, c.Into = state, strings.TrimSpace(reason), ""
		if state != livelihood.Merged {
			return nil
		}
		target, err := s.mergeable(ctx, *c, into)
		c.Into = target
		return err
	}, stepped{move, strings.TrimSpace(reason)})
}

// mergeable is the candidate of a number, if another one may become a part of it.
func (s *Service) mergeable(ctx context.Context, c Candidate, number int) (livelihood.Candidate, error) {
	all, err := s.inRound(ctx, c.Round)
	if err != nil {
		return "", err
	}
	i := slices.IndexFunc(all, func(other Candidate) bool { return other.Number == number })
	whole := slices.ContainsFunc(all, func(other Candidate) bool { return other.Into == c.ID })
	if i < 0 || all[i].ID == c.ID || whole || all[i].State != livelihood.Shown && all[i].State != livelihood.Listed {
		return "", faults.New("candidate.into", strconv.Itoa(number))
	}
	return all[i].ID, nil
}

// may tells whether the caller may do an action to a round.
func (s *Service) may(ctx context.Context, action access.Action, r Round) bool {
	return s.core.Can(ctx, action, r.owned())
}
