package bulletin

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/bulletin"
	"luoshi/ledger/reporting"
)

// How long titles and texts may be, in characters.
const (
	longestTitle = 100
	longestBlock = 5000
)

// plan is a plan of which bulletins can be made.
func (s *Service) plan(ctx context.Context, id ledger.PlanID, period reporting.Period) (ledger.Plan, error) {
	record, err := s.core.Store().Plans().Get(ctx, string(id))
	if err != nil {
		return ledger.Plan{}, err
	}
	plan := record.Value
	if err := s.core.Check(ctx, edit, service.Owned{Lead: plan.Government}); err != nil {
		return plan, err
	}
	if plan.State != ledger.Published {
		return plan, faults.New("plan.unpublished")
	}
	if !slices.Contains(Periods(plan), period) {
		return plan, faults.New("period.outside")
	}
	run, err := s.progress.LastRun(ctx, id)
	if err == nil && run.On.IsZero() {
		err = faults.New("plan.unjudged")
	}
	return plan, err
}

// Draft begins a bulletin of a period with what the ledger says now, for all units that lead something in the plan.
func (s *Service) Draft(ctx context.Context, id ledger.PlanID, period reporting.Period) (View, error) {
	return s.begin(ctx, id, period, Bulletin{})
}

// begin drafts a bulletin; b says what is different from the usual one.
func (s *Service) begin(ctx context.Context, id ledger.PlanID, period reporting.Period, b Bulletin) (View, error) {
	plan, err := s.plan(ctx, id, period)
	if err != nil {
		return View{}, err
	}
	if b.Content, err = s.compose(ctx, plan, period, b.Corrects); err != nil {
		return View{}, err
	}
	b.ID, b.Plan, b.Government, b.Period, b.State = store.NewID[ID](s.core.Store()), id, plan.Government, period, Drafted
	b.Author, b.Made, b.Updated, b.Revision = service.CallerOf(ctx).Account(), s.core.Store().Now(), s.core.Store().Now(), 1
	if b.Title == "" {
		b.Title = "关于" + period.Title().ZH + "重点工作推进情况的通报"
	}
	if b.Recipients == nil {
		b.Recipients = leads(b.Content)
	}
	err = s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.AllowFor(ctx, edit, b.owned()); err != nil {
			return err
		}
		r, err := rowOf(b)
		if err != nil {
			return err
		}
		if err := store.Insert(ctx, w.Tx(), r); err != nil {
			return err
		}
		w.Record(edit, Kind, string(b.ID), nil, logged(b), figures(b.Content))
		return s.cases.Open(ctx, w, s.flow, Kind, string(b.ID))
	})
	if err != nil {
		return View{}, err
	}
	return s.Bulletin(ctx, b.ID)
}

// leads are the units of the table of units.
func leads(c bulletin.Content) []ledger.UnitID {
	units := []ledger.UnitID{}
	for _, section := range c.Sections {
		for _, t := range section.Tables {
			if t.Name != "lights" {
				continue
			}
			for _, r := range t.Rows {
				if r[0].From != nil {
					units = append(units, ledger.UnitID(r[0].From.ID))
				}
			}
		}
	}
	return units
}

// Edit is what people decide about a draft. What is generated is not among it.
type Edit struct {
	Title      string
	Blocks     bulletin.Blocks
	Omitted    []bulletin.Kind
	Recipients []ledger.UnitID
	Public     bool
}

// Change changes what people decide about a draft.
func (s *Service) Change(ctx context.Context, id ID, e Edit, seen int64) (View, error) {
	return s.change(ctx, id, seen, func(ctx context.Context, b *Bulletin) error {
		return s.apply(ctx, b, e)
	})
}

// Refresh makes what is generated of a draft anew of what the ledger says now. What people wrote stays as it is.
func (s *Service) Refresh(ctx context.Context, id ID, seen int64) (View, error) {
	b, err := s.get(ctx, id)
	if err != nil {
		return View{}, err
	}
	now, err := s.current(ctx, b)
	if err != nil {
		return View{}, err
	}
	return s.change(ctx, id, seen, func(_ context.Context, b *Bulletin) error {
		b.Content = now
		return nil
	})
}

// current is what would be generated now.
func (s *Service) current(ctx context.Context, b Bulletin) (bulletin.Content, error) {
	plan, err := s.core.Store().Plans().Get(ctx, string(b.Plan))
	if err != nil {
		return bulletin.Content{}, err
	}
	return s.compose(ctx, plan.Value, b.Period, b.Corrects)
}

// change changes a draft.
func (s *Service) change(ctx context.Context, id ID, seen int64, do func(ctx context.Context, b *Bulletin) error) (View, error) {
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		before, err := s.hold(ctx, w.Tx(), id, seen)
		if before.ID == "" {
			return err
		}
		if err := w.AllowFor(ctx, edit, before.owned()); err != nil {
			return err
		}
		if err != nil {
			return err
		}
		if before.State != Drafted {
			return faults.New("draft.only")
		}
		after := before
		if err := do(ctx, &after); err != nil {
			return err
		}
		w.Record(edit, Kind, string(id), logged(before), logged(after), moved(before, after))
		return s.keep(ctx, w.Tx(), &after)
	})
	if err != nil {
		return View{}, err
	}
	return s.Bulletin(ctx, id)
}

// moved are the figures that a change gave a draft, for the log; nil where they are the same.
func moved(before, after Bulletin) any {
	if len(bulletin.Changes(before.Content, after.Content)) == 0 {
		return nil
	}
	return figures(after.Content)
}

// apply puts what people decided into a draft, if it is sound.
func (s *Service) apply(ctx context.Context, b *Bulletin, e Edit) error {
	b.Title, b.Public = strings.TrimSpace(e.Title), e.Public
	if b.Title == "" {
		return faults.New("title.missing")
	}
	if utf8.RuneCountInString(b.Title) > longestTitle {
		return faults.New("title.long", strconv.Itoa(longestTitle))
	}
	b.Blocks = bulletin.Blocks{}
	for _, place := range b.Content.Places() {
		text := strings.TrimSpace(strings.ReplaceAll(e.Blocks[place], "\r\n", "\n"))
		if utf8.RuneCountInString(text) > longestBlock {
			return faults.New("block.long", strconv.Itoa(longestBlock))
		}
		if text != "" {
			b.Blocks[place] = text
		}
	}
	b.Omitted = slices.DeleteFunc(b.Content.Places(), func(k bulletin.Kind) bool {
		return k == bulletin.Opening || k == bulletin.Corrected || !slices.Contains(e.Omitted, k)
	})
	return s.address(ctx, b, e.Recipients)
}

// address decides to which units a bulletin goes, in the order of the tree.
func (s *Service) address(ctx context.Context, b *Bulletin, to []ledger.UnitID) error {
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return fmt.Errorf("addressing bulletin %s: %w", b.ID, err)
	}
	b.Recipients = []ledger.UnitID{}
	for _, unit := range tree.Units() {
		if slices.Contains(to, unit.ID) && tree.Exists(unit.ID, s.core.Today()) {
			b.Recipients = append(b.Recipients, unit.ID)
		}
	}
	for _, unit := range to {
		if !slices.Contains(b.Recipients, unit) {
			return faults.New("recipient.unknown")
		}
	}
	if len(b.Recipients) == 0 {
		return faults.New("recipients.missing")
	}
	return nil
}
