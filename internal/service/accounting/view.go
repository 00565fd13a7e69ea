package accounting

import (
	"context"

	"luoshi/internal/account"
	"luoshi/internal/audit/signing"
	"luoshi/internal/service"
	"luoshi/internal/service/workflow"
)

// View is a report with what surrounds it.
type View struct {
	Report

	Template Template
	Case     workflow.Case
	Offers   []workflow.Offer
	// Shown is the report as it is printed, and Findings what is found of what people made of it.
	Shown    account.Content
	Findings []account.Finding
	// Moved are figures that the ledger no longer says as the report does. They are looked for until it is frozen.
	Moved []Moved
	// Log is the head of the log with which it was frozen; zero where there is none that can be opened.
	Log signing.Head
	// Since are the figures that were said otherwise when it was drafted.
	Since []Moved
	// Undoes and Redoes are the changes that can be undone and done again; nil where there is none, or the caller may not.
	Undoes, Redoes *Version
	MayEdit        bool // it can be changed, and the caller may
	MayPublish     bool // it is frozen, and the caller may make it public or take it back
	MayProve       bool // the caller may have the proof of its history
	MayPass        bool // the caller may find contradictions of it to be none
}

// Grave are the findings that keep it from being sent on.
func (v View) Grave() []account.Finding { return grave(v.Findings) }

// readable is a report that the caller may read. Before it is frozen that is who writes or reviews it.
func (s *Service) readable(ctx context.Context, id ID) (Report, error) {
	r, err := s.get(ctx, id)
	if err != nil {
		return r, err
	}
	if err := s.core.Check(ctx, read, r.owned()); err != nil {
		return Report{}, err
	}
	if r.State == Frozen || s.core.Can(ctx, edit, r.owned()) {
		return r, nil
	}
	if err := s.core.Check(ctx, review, r.owned()); err != nil {
		return Report{}, err
	}
	return r, nil
}

// Report is a report that the caller may read.
func (s *Service) Report(ctx context.Context, id ID) (View, error) {
	r, err := s.readable(ctx, id)
	if err != nil {
		return View{}, err
	}
	v := View{Report: r}
	v.Shown, v.Findings = r.Printed()
	v.MayProve = s.core.Can(ctx, prove, service.Owned{Lead: r.Owner})
	v.Since = Compare(r.Drafted, r.Content)
	if v.Template, err = s.templateNow(ctx, r); err != nil {
		return v, err
	}
	return v, s.steps(ctx, &v)
}

// templateNow is the template of a report, of which pages tell the title.
func (s *Service) templateNow(ctx context.Context, r Report) (Template, error) {
	t, err := s.templateOf(ctx, r.Template, r.Version)
	return Template{Template: t, Version: r.Version}, err
}

// steps are how far it is and what the caller may do with it.
func (s *Service) steps(ctx context.Context, v *View) error {
	var err error
	if v.Case, err = s.caseOf(ctx, v.Report); err != nil {
		return err
	}
	if v.State == Frozen || v.State == Dropped {
		if v.Head != "" && s.options.Open != nil {
			if v.Log, err = s.options.Open(v.Head); err != nil {
				return err
			}
		}
		v.MayPublish = v.State == Frozen && s.core.Can(ctx, publish, v.owned())
		return nil
	}
	if v.Moved, err = s.moved(ctx, v.Report); err != nil {
		return err
	}
	v.MayPass = v.Author != service.CallerOf(ctx).Account() && s.core.Can(ctx, review, v.owned())
	if v.MayEdit = v.State == Drafted && s.core.Can(ctx, edit, v.owned()); v.MayEdit {
		if v.Undoes, v.Redoes, err = s.versions(ctx, v.Report); err != nil {
			return err
		}
	}
	v.Offers, err = s.cases.Offers(ctx, v.Case, v.owned(), guards(v.Report, v.Moved))
	return err
}
