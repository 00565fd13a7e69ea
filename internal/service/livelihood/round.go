package livelihood

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/livelihood"
)

// RoundID is the identifier of a round.
type RoundID string

// Round is how the livelihood items of a year are found.
type Round struct {
	ID         RoundID       `json:"id"`
	Government ledger.UnitID `json:"government"`
	Year       int           `json:"year"`
	Plan       ledger.PlanID `json:"plan,omitempty"` // that promises what was chosen
	State      string        `json:"state"`          // of flow livelihood
	Terms
	Turns    []livelihood.Turn `json:"turns,omitempty"` // the votes so far
	Revision int64             `json:"-"`
	Made     time.Time         `json:"-"`
	Updated  time.Time         `json:"-"`
	begun    calendar.Date
}

// Terms are what the office decides about a round.
type Terms struct {
	Title string          `json:"title"`
	Call  string          `json:"call,omitempty"` // what the public is asked for
	From  calendar.Date   `json:"from,omitzero"`
	Until calendar.Date   `json:"until,omitzero"` // the last day of the call
	Rule  livelihood.Rule `json:"rule"`
}

// The states of a round that matter beyond its workflow.
const (
	Draft     = "draft"
	Open      = "open"
	Screening = "screening"
	Voting    = "voting"
	Counted   = "counted"
	Decided   = "decided"
	dropped   = "dropped"
)

// disclosed tells whether everybody may see the round: from the call on.
func (r Round) disclosed() bool { return r.State != Draft && r.State != dropped }

func (r Round) owned() service.Owned {
	return service.Owned{Lead: r.Government, Published: r.disclosed()}
}

// Turn is the vote that goes on or was the last; ok is false before the first.
func (r Round) Turn() (turn livelihood.Turn, ok bool) {
	if len(r.Turns) == 0 {
		return livelihood.Turn{}, false
	}
	return r.Turns[len(r.Turns)-1], true
}

type roundRow struct {
	bun.BaseModel `bun:"table:livelihood_rounds,alias:livelihood_rounds"`
	ID            string `bun:"id,pk"`
	Revision      int64  `bun:"revision"`
	Government    string `bun:"government"`
	Year          int    `bun:"year"`
	Plan          string `bun:"plan"`
	State         string `bun:"state"`
	Disclosed     bool   `bun:"disclosed"`
	Begun         string `bun:"begun"`
	Made          string `bun:"made"`
	Updated       string `bun:"updated"`
	Body          string `bun:"body"`
}

type roundBody struct {
	Terms
	Turns []livelihood.Turn `json:"turns,omitempty"`
}

func (r roundRow) round() (Round, error) {
	body, err := parsed[roundBody](r.Body)
	return Round{
		ID: RoundID(r.ID), Government: ledger.UnitID(r.Government), Year: r.Year, Plan: ledger.PlanID(r.Plan), State: r.State,
		Terms: body.Terms, Turns: body.Turns, Revision: r.Revision, Made: store.TimeOf(r.Made), Updated: store.TimeOf(r.Updated),
		begun: store.DateOf(r.Begun),
	}, err
}

func rowOf(r Round) roundRow {
	return roundRow{
		ID: string(r.ID), Revision: r.Revision, Government: string(r.Government), Year: r.Year, Plan: string(r.Plan), State: r.State,
		Disclosed: r.disclosed(), Begun: r.begun.String(), Made: store.TimeText(r.Made), Updated: store.TimeText(r.Updated),
		Body: written(roundBody{r.Terms, r.Turns}),
	}
}

// get is a round, whoever may see it.
func (s *Service) get(ctx context.Context, id RoundID) (Round, error) {
	var row roundRow
	err := s.core.Store().View(ctx).NewSelect().Model(&row).Where("id = ?", id).Scan(ctx)
	if err := failed(RoundKind, string(id), err); err != nil {
		return Round{}, err
	}
	return row.round()
}

// hold keeps others from changing a record until the transaction ends; SQLite has one writer at a time anyway.
func (s *Service) hold(ctx context.Context, tx bun.Tx, table, column, id string) error {
	if s.core.Store().Dialect() != store.Postgres {
		return nil
	}
	var found string
	err := tx.NewSelect().Table(table).Column(column).Where("? = ?", bun.Ident(column), id).For("UPDATE").Scan(ctx, &found)
	if noRows(err) {
		return nil // whoever reads it next says so
	}
	return failed(table, id, err)
}

// held is a round of which nobody else changes anything until the transaction is over, if the caller may do an action to
// it, at the revision that was seen, or as it is where seen is 0.
func (s *Service) held(ctx context.Context, w *service.Work, id RoundID, action access.Action, seen int64) (Round, error) {
	if err := s.hold(ctx, w.Tx(), RoundKind, "id", string(id)); err != nil {
		return Round{}, err
	}
	r, err := s.get(ctx, id)
	if err != nil {
		return r, err
	}
	if err := w.AllowFor(ctx, action, r.owned()); err != nil {
		return r, err
	}
	if seen != 0 && r.Revision != seen {
		current := store.Record[Round]{Value: r, Revision: r.Revision, Updated: r.Updated}
		return r, &store.Conflict[Round]{Kind: RoundKind, ID: string(id), Seen: seen, Current: current}
	}
	return r, nil
}

// keep writes a round anew.
func (s *Service) keep(ctx context.Context, w *service.Work, r *Round) error {
	r.Revision, r.Updated = r.Revision+1, s.core.Store().Now()
	row := rowOf(*r)
	if _, err := w.Tx().NewUpdate().Model(&row).WherePK().Exec(ctx); err != nil {
		return fmt.Errorf("livelihood: writing round %s: %w", r.ID, err)
	}
	return nil
}

// How long what people write may be, in characters.
const (
	longestTitle = 100
	longestText  = 2000
)

// soundText is a text without blanks around it, if it is there and not too long.
func soundText(text, code string, most int, needed bool) (string, error) {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	if needed && text == "" {
		return "", faults.New(code)
	}
	if utf8.RuneCountInString(text) > most {
		return "", faults.New("text.long", strconv.Itoa(most))
	}
	return text, nil
}

// sound are terms in which nothing is wrong.
func (t Terms) sound() (Terms, error) {
	var err error
	if t.Title, err = soundText(t.Title, "round.title", longestTitle, true); err != nil {
		return t, err
	}
	if t.Call, err = soundText(t.Call, "", longestText, false); err != nil {
		return t, err
	}
	if !t.Until.IsZero() && t.Until.Before(t.From) {
		return t, faults.New("round.days")
	}
	return t, wrong(t.Rule.Check())
}

// UsualRule is the rule that a new round begins with: that of the government's last round, or the usual one.
func (s *Service) UsualRule(ctx context.Context) (livelihood.Rule, error) {
	rounds, err := s.Rounds(ctx)
	if err != nil || len(rounds) == 0 {
		return livelihood.Usual(), err
	}
	return rounds[0].Rule, nil
}

// CreateRound begins a round for the items of a year.
func (s *Service) CreateRound(ctx context.Context, government ledger.UnitID, year int, terms Terms) (Round, error) {
	var made Round
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.AllowFor(ctx, edit, service.Owned{Lead: government}); err != nil {
			return err
		}
		terms, err := terms.sound()
		if err != nil {
			return err
		}
		if year < 2000 || year > 2100 {
			return faults.New("round.year")
		}
		tree, err := s.core.Tree(ctx)
		if err != nil {
			return err
		}
		if unit, known := tree.Unit(government); !known || unit.Kind != ledger.Government {
			return faults.New("round.government")
		}
		now := s.core.Store().Now()
		made = Round{
			ID: store.NewID[RoundID](s.core.Store()), Government: government, Year: year, State: s.round.States[0].Name, Terms: terms,
			Revision: 1, Made: now, Updated: now, begun: s.core.Today(),
		}
		if err := store.Insert(ctx, w.Tx(), rowOf(made)); err != nil {
			return err
		}
		w.Record(edit, RoundKind, string(made.ID), nil, made, nil)
		return s.cases.Open(ctx, w, s.round, RoundKind, string(made.ID))
	})
	return made, err
}

// SaveRound changes what the office decides about a round, as long as nothing was voted on.
func (s *Service) SaveRound(ctx context.Context, id RoundID, terms Terms, seen int64) (Round, error) {
	var after Round
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		before, err := s.held(ctx, w, id, edit, seen)
		if err != nil {
			return err
		}
		if !before.changeable() {
			return faults.New("round.fixed")
		}
		after = before
		if after.Terms, err = terms.sound(); err != nil {
			return err
		}
		w.Record(edit, RoundKind, string(id), before, after, nil)
		return s.keep(ctx, w, &after)
	})
	return after, err
}

func (r Round) changeable() bool { return slices.Contains([]string{Draft, Open, Screening}, r.State) }

// Rounds are the rounds that the caller may see, the last one first.
func (s *Service) Rounds(ctx context.Context) ([]Round, error) {
	scope, err := s.core.Scope(ctx, read, access.Columns{Unit: "livelihood_rounds.government", Published: "livelihood_rounds.disclosed"})
	if err != nil {
		return nil, err
	}
	var rows []roundRow
	query := scope(s.core.Store().View(ctx).NewSelect().Model(&rows)).OrderExpr("livelihood_rounds.year DESC, livelihood_rounds.made DESC")
	if err := query.Scan(ctx); err != nil {
		return nil, fmt.Errorf("livelihood: listing rounds: %w", err)
	}
	var all []Round
	for _, row := range rows {
		r, err := row.round()
		if err != nil {
			return nil, err
		}
		if r.disclosed() || s.core.Can(ctx, edit, r.owned()) || s.core.Can(ctx, "livelihood.approve", r.owned()) {
			all = append(all, r)
		}
	}
	return all, nil
}

func (s *Service) caseOf(ctx context.Context, r Round) (workflow.Case, error) {
	return s.cases.Case(ctx, s.round, RoundKind, string(r.ID), r.begun)
}
