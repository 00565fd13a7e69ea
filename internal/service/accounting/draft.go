package accounting

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"luoshi/internal/account"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// How long what people write may be, in characters, and how much of it there may be.
const (
	longestTitle = 100
	longestLine  = 200
	longestBlock = 5000
	mostEdits    = 2000
)

// Wish says of which report somebody wants a draft.
type Wish struct {
	Plan     ledger.PlanID
	Period   reporting.Period
	Template string
	// Owner is whose report it is to be, of a template for units; the government of the plan where it is empty.
	Owner ledger.UnitID
	// Occasion is when and where it is given, Speaker who gives it, and Addressee to whom; each may be empty.
	Occasion, Speaker, Addressee string
}

// wanted is a new report that fulfils a wish, before anything is made of the ledger.
func (s *Service) wanted(ctx context.Context, wish Wish) (Report, error) {
	record, err := s.core.Store().Plans().Get(ctx, string(wish.Plan))
	if err != nil {
		return Report{}, err
	}
	plan := record.Value
	r := Report{Plan: plan.ID, Owner: plan.Government, Period: wish.Period, State: Drafted}
	if wish.Owner != "" {
		r.Owner = wish.Owner
	}
	if err := r.apply(Edits{Subtitle: wish.Occasion, Speaker: wish.Speaker, Addressee: wish.Addressee}); err != nil {
		return r, err
	}
	if err := s.core.Check(ctx, edit, r.owned()); err != nil {
		return r, err
	}
	if plan.State != ledger.Published {
		return r, faults.New("plan.unpublished")
	}
	t, version, err := s.template(ctx, wish.Template)
	if err != nil {
		return r, err
	}
	r.Template, r.Version = t.Name, version
	switch {
	case t.OfUnit && r.Owner == plan.Government:
		return r, faults.New("unit.missing")
	case !t.OfUnit && r.Owner != plan.Government:
		return r, faults.New("unit.unasked")
	case !slices.Contains(Periods(plan, t), wish.Period):
		return r, faults.New("period.outside")
	}
	return r, nil
}

// Preview is what a report would say, without beginning one.
func (s *Service) Preview(ctx context.Context, wish Wish) (account.Content, error) {
	r, err := s.wanted(ctx, wish)
	if err != nil {
		return account.Content{}, err
	}
	return s.compose(ctx, r.subject())
}

// Draft begins a report with what the ledger says now.
func (s *Service) Draft(ctx context.Context, wish Wish) (View, error) {
	r, err := s.wanted(ctx, wish)
	if err != nil {
		return View{}, err
	}
	if r.Content, err = s.compose(ctx, r.subject()); err != nil {
		return View{}, err
	}
	r.ID, r.Revision, r.Drafted = store.NewID[ID](s.core.Store()), 1, said(r.Content)
	r.Author, r.Made, r.Updated = service.CallerOf(ctx).Account(), s.core.Store().Now(), s.core.Store().Now()
	err = s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.AllowFor(ctx, edit, r.owned()); err != nil {
			return err
		}
		kept, err := rowOf(r)
		if err != nil {
			return err
		}
		if err := store.Insert(ctx, w.Tx(), kept); err != nil {
			return err
		}
		w.Record(edit, Kind, string(r.ID), nil, logged(r), r.Drafted)
		return s.cases.Open(ctx, w, s.flow, Kind, string(r.ID))
	})
	if err != nil {
		return View{}, err
	}
	return s.Report(ctx, r.ID)
}

// Change changes what people made of a draft.
func (s *Service) Change(ctx context.Context, id ID, e Edits, public bool, seen int64) (View, error) {
	return s.change(ctx, id, seen, func(_ context.Context, r *Report) error {
		r.Public = public
		return r.apply(e)
	})
}

// Refresh makes what is generated of a draft anew of what the ledger says now. What people wrote stays with its blocks.
func (s *Service) Refresh(ctx context.Context, id ID, seen int64) (View, error) {
	r, err := s.get(ctx, id)
	if err != nil {
		return View{}, err
	}
	if err := s.core.Check(ctx, edit, r.owned()); err != nil {
		return View{}, err
	}
	now, err := s.compose(ctx, r.subject())
	if err != nil {
		return View{}, err
	}
	return s.change(ctx, id, seen, func(_ context.Context, r *Report) error {
		r.Content = now
		return nil
	})
}

// change changes a draft.
func (s *Service) change(ctx context.Context, id ID, seen int64, do func(ctx context.Context, r *Report) error) (View, error) {
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
		if err := s.remember(ctx, w, before, &after); err != nil {
			return err
		}
		after.Passes = after.held()
		w.Record(edit, Kind, string(id), logged(before), logged(after), altered(before.Content, after.Content))
		return s.keep(ctx, w.Tx(), &after)
	})
	if err != nil {
		return View{}, err
	}
	return s.Report(ctx, id)
}

// altered are the figures that a change of a draft altered, as the log keeps them; nil where there are none.
func altered(before, after account.Content) any {
	moved := Compare(said(before), after)
	if len(moved) == 0 {
		return nil
	}
	return moved
}

// Of is what was made of a block; an edit that leaves the block as it is where nothing was.
func (e Edits) Of(block string) account.Edit {
	if at := e.at(block); at >= 0 {
		return e.Blocks[at]
	}
	return account.Edit{Block: block}
}

func (e Edits) at(block string) int {
	return slices.IndexFunc(e.Blocks, func(b account.Edit) bool { return b.Block == block })
}

// apply puts what people made of a draft into it, if it is sound.
func (r *Report) apply(e Edits) error {
	kept := Edits{
		Title: strings.TrimSpace(e.Title), Subtitle: strings.TrimSpace(e.Subtitle), Speaker: strings.TrimSpace(e.Speaker),
		Addressee: strings.TrimSpace(e.Addressee),
	}
	long := func(text string, most int) bool { return utf8.RuneCountInString(text) > most }
	switch {
	case long(kept.Title, longestTitle):
		return faults.New("title.long", strconv.Itoa(longestTitle))
	case long(kept.Subtitle, longestLine) || long(kept.Speaker, longestLine) || long(kept.Addressee, longestLine):
		return faults.New("line.long", strconv.Itoa(longestLine))
	case len(e.Blocks) > mostEdits || len(e.Bases) > mostEdits:
		return faults.New("edits.many", strconv.Itoa(mostEdits))
	}
	generated := r.generated()
	for _, b := range e.Blocks {
		b.Text, b.After = plain(b.Text), plain(b.After)
		if long(b.Text, longestBlock) || long(b.After, longestBlock) {
			return faults.New("block.long", strconv.Itoa(longestBlock))
		}
		if b.Model == "" {
			b.Model = r.Edits.Of(b.Block).Model // forms do not bring it
		}
		if b.Text == generated[b.Block] {
			b.Text = "" // as it was generated: it goes on with the ledger
		}
		if b.Text == "" {
			b.Model = ""
		}
		if b.Text != "" || b.After != "" || b.Removed {
			kept.Blocks = append(kept.Blocks, b)
		}
	}
	for _, b := range e.Bases {
		b.Text, b.From = strings.TrimSpace(b.Text), strings.TrimSpace(b.From)
		if long(b.From, longestLine) || long(b.Text, longestLine) {
			return faults.New("line.long", strconv.Itoa(longestLine))
		}
		if b.Text != "" && b.From != "" {
			kept.Bases = append(kept.Bases, b)
		}
	}
	if kept.Title == r.Content.Paper.Title {
		kept.Title = "" // as it was generated
	}
	r.Edits = kept
	return nil
}

// generated are the texts of the blocks as they were generated, by their keys.
func (r *Report) generated() map[string]string {
	all := map[string]string{}
	for _, b := range r.Content.Paper.Body {
		all[b.Key] = account.Marked(b)
	}
	return all
}

// plain is a text as people type it, with the line ends of the program.
func plain(text string) string { return strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n")) }
