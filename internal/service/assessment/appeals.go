package assessment

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/assessment"
)

// AppealState tells whether an appeal was answered.
type AppealState string

// The states of appeals.
const (
	Waiting  AppealState = "open"
	Accepted AppealState = "accepted"
	Rejected AppealState = "rejected"
)

// Appeal is what a unit says against its points, and what it was answered.
type Appeal struct {
	ID      string           `json:"id"`
	Unit    ledger.UnitID    `json:"unit"`
	Item    string           `json:"item"`
	Text    string           `json:"text"`
	Basis   string           `json:"basis,omitempty"`
	Account ledger.AccountID `json:"account"`
	State   AppealState      `json:"state"`
	Answer  string           `json:"answer,omitempty"`
	Decided ledger.AccountID `json:"decided,omitempty"` // who answered
	// Correction is what an accepted appeal has changed; nil where it concerns points that people gave, which are
	// withdrawn and given anew.
	Correction *assessment.Correction `json:"correction,omitempty"`
	At         time.Time              `json:"-"`
	Revision   int64                  `json:"-"`
}

type appealRow struct {
	bun.BaseModel `bun:"table:assessment_appeals,alias:assessment_appeals"`
	ID            string `bun:"id,pk"`
	Revision      int64  `bun:"revision"`
	Assessment    string `bun:"assessment"`
	Unit          string `bun:"unit"`
	Item          string `bun:"item"`
	State         string `bun:"state"`
	AtTime        string `bun:"at_time"`
	Body          string `bun:"body"`
}

func (r appealRow) appeal() (Appeal, error) {
	a, err := parsed[Appeal](r.Body)
	a.At, a.Revision = store.TimeOf(r.AtTime), r.Revision
	return a, err
}

func (s *Service) appeals(ctx context.Context, id ID) ([]Appeal, error) {
	var rows []appealRow
	if err := s.core.Store().View(ctx).NewSelect().Model(&rows).Where("assessment = ?", id).Order("at_time", "id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("reading the appeals of assessment %s: %w", id, err)
	}
	appeals := make([]Appeal, len(rows))
	for i, r := range rows {
		var err error
		if appeals[i], err = r.appeal(); err != nil {
			return nil, err
		}
	}
	return appeals, nil
}

// Appeal says for a unit that an item of its score is wrong, while the scores are open to appeals.
func (s *Service) Appeal(ctx context.Context, id ID, appeal Appeal) error {
	of := func(Assessment) service.Owned { return service.Owned{Lead: appeal.Unit} }
	return s.change(ctx, id, appealScore, of, 0, func(ctx context.Context, w *work) error {
		if err := s.appealable(ctx, w.before, appeal); err != nil {
			return err
		}
		appeal.ID, appeal.State = store.NewID[string](s.core.Store()), Waiting
		appeal.Text, appeal.Basis = strings.TrimSpace(appeal.Text), strings.TrimSpace(appeal.Basis)
		appeal.Account, appeal.Answer, appeal.Decided, appeal.Correction = service.CallerOf(ctx).Account(), "", "", nil
		r := appealRow{
			ID: appeal.ID, Revision: 1, Assessment: w.row.ID, Unit: string(appeal.Unit), Item: appeal.Item, State: string(Waiting),
			AtTime: s.core.Store().NowText(), Body: written(appeal),
		}
		w.Record(appealScore, AppealKind, appeal.ID, nil, appeal, nil)
		if err := s.tell(ctx, w, "appeal"); err != nil {
			return err
		}
		return store.Insert(ctx, w.Tx(), r)
	})
}

// appealable is what keeps a unit from appealing.
func (s *Service) appealable(ctx context.Context, a Assessment, appeal Appeal) error {
	c, err := s.caseOf(ctx, a)
	if err != nil {
		return err
	}
	_, measured := a.Scheme.Measure(appeal.Item)
	_, ruled := a.Scheme.Rule(appeal.Item)
	term, _ := c.Term("appeals")
	switch {
	case a.State != "appeals":
		return fault("appeal.shut")
	case term.Due.Before(s.core.Today()):
		return fault("appeal.closed", term.Due.String())
	case a.Scheme.GroupOf(appeal.Unit) == "":
		return fault("assessment.unit")
	case !measured && !ruled:
		return fault("appeal.item")
	case strings.TrimSpace(appeal.Text) == "":
		return fault("appeal.text")
	}
	open, err := s.core.Store().View(ctx).NewSelect().Table("assessment_appeals").
		Where("assessment = ? AND unit = ? AND item = ? AND state = ?", a.ID, appeal.Unit, appeal.Item, Waiting).Count(ctx)
	if err != nil {
		return fmt.Errorf("counting the appeals of assessment %s: %w", a.ID, err)
	}
	if open > 0 {
		return fault("appeal.open")
	}
	return nil
}

// Decision is the answer to an appeal.
type Decision struct {
	Accept bool
	Answer string
	// Part and Whole are the figures as they ought to have been counted, of a measure; none where the points stay.
	Part, Whole ledger.Decimal
}

// Decide answers an appeal. Where it corrects figures, the points are computed anew at once.
func (s *Service) Decide(ctx context.Context, id ID, appeal string, d Decision, seen int64) error {
	return s.change(ctx, id, decideAppeal, government, 0, func(ctx context.Context, w *work) error {
		var r appealRow
		err := s.core.Store().View(ctx).NewSelect().Model(&r).Where("id = ? AND assessment = ?", appeal, id).Scan(ctx)
		if err := read(AppealKind, appeal, err); err != nil {
			return err
		}
		before, err := r.appeal()
		if err != nil {
			return err
		}
		d.Answer = strings.TrimSpace(d.Answer)
		switch {
		case w.before.State != "appeals":
			return fault("appeal.shut")
		case before.State != Waiting || r.Revision != seen:
			return fault("appeal.decided")
		case d.Answer == "":
			return fault("appeal.answer")
		}
		after, err := d.applied(ctx, w.before.Scheme, before)
		if err != nil {
			return err
		}
		return s.decided(ctx, w, r, before, after)
	})
}

// applied is an appeal with its answer.
func (d Decision) applied(ctx context.Context, scheme assessment.Scheme, a Appeal) (Appeal, error) {
	a.State, a.Answer, a.Decided = Rejected, d.Answer, service.CallerOf(ctx).Account()
	if !d.Accept {
		return a, nil
	}
	a.State = Accepted
	if !d.Part.Known() && !d.Whole.Known() {
		return a, nil
	}
	a.Correction = &assessment.Correction{Appeal: a.ID, Unit: a.Unit, Item: a.Item, Part: d.Part, Whole: d.Whole, Why: d.Answer}
	return a, unsound("appeal.correction", scheme.CheckCorrection(*a.Correction))
}

// decided writes the answer to an appeal.
func (s *Service) decided(ctx context.Context, w *work, r appealRow, before, after Appeal) error {
	r.Revision, r.State, r.Body = r.Revision+1, string(after.State), written(after)
	if _, err := w.Tx().NewUpdate().Model(&r).WherePK().Exec(ctx); err != nil {
		return fmt.Errorf("answering appeal %s: %w", r.ID, err)
	}
	w.Record(decideAppeal, AppealKind, r.ID, before, after, nil)
	if err := s.tell(ctx, w, "decide", after.Unit); err != nil {
		return err
	}
	return s.again(ctx, w, stepped{Step: "decide", Reason: after.Answer})
}
