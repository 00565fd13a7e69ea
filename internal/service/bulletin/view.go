package bulletin

import (
	"context"

	"luoshi/internal/service"
	"luoshi/internal/service/workflow"
	"luoshi/ledger/bulletin"
)

// View is a bulletin with what surrounds it.
type View struct {
	Bulletin

	Case   workflow.Case
	Offers []workflow.Offer
	// Moved are figures that the ledger no longer says as the bulletin does. They are looked for until it is published.
	Moved []bulletin.Change
	// Read is what was found by reading the bulletin back.
	Read []bulletin.Read
	// Receipts are the units that it went to; only who looks after bulletins sees all of them.
	Receipts []Receipt
	// Mine are the units for which the caller may confirm.
	Mine []Receipt
	// Earlier is the bulletin that it corrects, and CorrectedBy the one that corrects it; none where there is none.
	Earlier, CorrectedBy Summary
	MayEdit              bool // it can be changed, and the caller may
	MayCorrect           bool
	MayRemind            bool
}

// Bulletin is a bulletin that the caller may read. Before it is published that is who looks after bulletins.
func (s *Service) Bulletin(ctx context.Context, id ID) (View, error) {
	b, err := s.get(ctx, id)
	if err != nil {
		return View{}, err
	}
	if err := s.mayRead(ctx, b); err != nil {
		return View{}, err
	}
	v := View{Bulletin: b}
	if v.State != Issued {
		settings, err := s.settings(ctx, b.Government)
		if err != nil {
			return v, err
		}
		if v.Paper, err = s.paper(ctx, b, settings.Value); err != nil {
			return v, err
		}
	}
	v.Read = bulletin.ReadBack(v.Paper.Content, v.Paper.Blocks)
	for _, part := range []func(context.Context, *View) error{s.steps, s.around, s.readers} {
		if err := part(ctx, &v); err != nil {
			return v, err
		}
	}
	return v, nil
}

// mayRead: what is published is for everybody who may read bulletins, anything else for who looks after them.
func (s *Service) mayRead(ctx context.Context, b Bulletin) error {
	if err := s.core.Check(ctx, read, b.owned()); err != nil {
		return err
	}
	if b.State == Issued {
		return nil
	}
	return s.core.Check(ctx, review, b.owned())
}

// steps are how far it is and what the caller may do with it.
func (s *Service) steps(ctx context.Context, v *View) error {
	var err error
	if v.Case, err = s.caseOf(ctx, v.Bulletin); err != nil {
		return err
	}
	if v.State == Issued || v.State == Dropped {
		v.MayCorrect = v.State == Issued && s.core.Can(ctx, edit, v.owned())
		v.MayRemind = v.State == Issued && s.core.Can(ctx, publish, v.owned())
		return nil
	}
	if v.Moved, err = s.moved(ctx, v.Bulletin); err != nil {
		return err
	}
	facts := []string{}
	if len(v.Moved) == 0 {
		facts = append(facts, isCurrent)
	}
	if len(bulletin.Unsourced(v.Read)) == 0 {
		facts = append(facts, isSound)
	}
	v.MayEdit = v.State == Drafted && s.core.Can(ctx, edit, v.owned())
	v.Offers, err = s.cases.Offers(ctx, v.Case, v.owned(), facts)
	return err
}

// around are the bulletins that it corrects and is corrected by. A correction that is not published is not told of to
// those who may not read it.
func (s *Service) around(ctx context.Context, v *View) error {
	if v.Corrects != "" {
		earlier, err := s.get(ctx, v.Corrects)
		if err != nil {
			return err
		}
		v.Earlier = Summary{ID: earlier.ID, Title: earlier.Title, Number: earlier.Number.String(), State: earlier.State}
	}
	by, err := s.correction(ctx, v.ID)
	if err != nil || by.ID == "" {
		return err
	}
	v.MayCorrect = false
	if by.State == Issued || s.core.Can(ctx, review, v.owned()) {
		v.CorrectedBy = by
	}
	return nil
}

// readers are who has confirmed.
func (s *Service) readers(ctx context.Context, v *View) error {
	if v.State != Issued {
		return nil
	}
	all, err := s.receipts(ctx, v.Bulletin)
	if err != nil {
		return err
	}
	for _, r := range all {
		if s.core.Can(ctx, receive, service.Owned{Lead: r.Unit}) {
			v.Mine = append(v.Mine, r)
		}
	}
	if s.core.Can(ctx, review, v.owned()) {
		v.Receipts = all
	}
	return nil
}
