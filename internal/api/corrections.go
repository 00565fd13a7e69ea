package api

import (
	"context"
	"time"

	reports "luoshi/internal/service/reporting"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// FigureCorrection is a correction of a locked figure: old and new stay visible.
type FigureCorrection struct {
	reporting.Correction
	Plan     ledger.PlanID           `json:"plan"`
	Title    string                  `json:"title" doc:"Of the row"`
	UnitName string                  `json:"unit_name"`
	Document ledger.Digest           `json:"document,omitempty" doc:"The paper that it rests on, where it is kept here"`
	Paper    string                  `json:"paper,omitempty" doc:"The name of its file, which can be downloaded"`
	State    reports.CorrectionState `json:"state"`
	Revision int64                   `json:"revision" doc:"One more with each step; the ETag of the correction"`
	Proposer ledger.AccountID        `json:"proposer"`
	Proposed time.Time               `json:"proposed"`
	Decider  ledger.AccountID        `json:"decider,omitempty"`
	Decided  time.Time               `json:"decided,omitzero"`
	Answer   string                  `json:"answer,omitempty" doc:"Why it was refused"`
	Derived  []reporting.Derived     `json:"derived" doc:"Later periods whose figures changed with it"`
	Steps    []Step                  `json:"steps" doc:"That the caller may take now"`
	Proof    string                  `json:"proof" doc:"Where the proof of the record's history is found"`
}

func correctionOf(ctx context.Context, v reports.CorrectionView) FigureCorrection {
	return FigureCorrection{
		Correction: v.Correction, Plan: v.Plan, Title: v.Title, UnitName: v.UnitName, Document: v.Document, Paper: v.PaperName, State: v.State, Revision: v.Revision,
		Proposer: v.Proposer, Proposed: v.Proposed, Decider: v.Decider, Decided: v.Decided, Answer: v.Answer, Derived: filled(v.Derived),
		Steps: stepsOf(exchangeOf(ctx), v.Offers), Proof: proofPath(reports.CorrectionKind, string(v.ID)),
	}
}

// Proposal is a correction that somebody wishes.
type Proposal struct {
	Plan     ledger.PlanID         `json:"plan" minLength:"1" maxLength:"100"`
	Unit     ledger.UnitID         `json:"unit" minLength:"1" maxLength:"100"`
	Period   reporting.Period      `json:"period"`
	After    reporting.Observation `json:"after" doc:"What is to stand there"`
	Reason   string                `json:"reason" minLength:"1" maxLength:"2000"`
	Basis    string                `json:"basis" minLength:"1" maxLength:"500" doc:"The paper that it rests on"`
	Document ledger.Digest         `json:"document,omitempty" maxLength:"100" doc:"Where that is kept, if it is here"`
}

// CorrectionStep is a step that a correction is to take.
type CorrectionStep struct {
	Action string `json:"action" enum:"approve,refuse,withdraw"`
	Reason string `json:"reason,omitempty" maxLength:"2000" doc:"Needed for refuse"`
}

func (a *API) correctionOperations() {
	r := a.options.Reporting
	register(a, "list-corrections", func(ctx context.Context, in *struct {
		Plan    ledger.PlanID           `query:"plan" maxLength:"100"`
		State   reports.CorrectionState `query:"state" enum:"proposed,approved,refused,withdrawn"`
		Subject string                  `query:"subject" maxLength:"300"`
		Unit    ledger.UnitID           `query:"unit" maxLength:"100"`
		Paged
	},
	) (*many[FigureCorrection], error) {
		query := reports.CorrectionQuery{Plan: in.Plan, State: in.State, Unit: in.Unit}
		if in.Subject != "" {
			subject, err := subjectOf(ctx, in.Subject)
			if err != nil {
				return nil, err
			}
			query.Subject = subject
		}
		part, err := r.CorrectionPage(ctx, query, in.page())
		if err != nil {
			return nil, err
		}
		items := make([]FigureCorrection, len(part.Corrections))
		for i, v := range part.Corrections {
			items[i] = correctionOf(ctx, v)
		}
		return listed(&in.Paged, part.Next, items), nil
	})
	register(a, "get-correction", func(ctx context.Context, in *Reading[reporting.CorrectionID]) (*one[FigureCorrection], error) {
		v, err := r.Correction(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return answered(in.Known, v.Revision, correctionOf(ctx, v)), nil
	}, cached)
	register(a, "propose-correction", func(ctx context.Context, in *Adding[Proposal]) (*one[FigureCorrection], error) {
		b := in.Body
		v, err := r.ProposeCorrection(ctx, reports.Proposal{
			Plan: b.Plan, Subject: b.After.Subject, Unit: b.Unit, Period: b.Period, After: b.After, Reason: b.Reason, Basis: b.Basis, Document: b.Document,
		})
		if err != nil {
			return nil, err
		}
		return made("/corrections/"+string(v.ID), v.Revision, correctionOf(ctx, v)), nil
	}, created)
	register(a, "take-correction-step", func(ctx context.Context, in *Writing[reporting.CorrectionID, CorrectionStep]) (*one[FigureCorrection], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		v, err := r.DecideCorrection(ctx, in.ID, in.Body.Action, in.Body.Reason, revision)
		if err != nil {
			return nil, err
		}
		return changed(v.Revision, correctionOf(ctx, v)), nil
	})
}
