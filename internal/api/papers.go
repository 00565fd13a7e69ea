package api

import (
	"context"
	"time"

	"luoshi/internal/account"
	uses "luoshi/internal/service/accounting"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// PaperSummary is a report of the account as lists show it.
type PaperSummary struct {
	ID         uses.ID          `json:"id"`
	Plan       ledger.PlanID    `json:"plan"`
	Owner      ledger.UnitID    `json:"owner" doc:"Whose it is: the government of the plan, or one of its units"`
	Period     reporting.Period `json:"period"`
	Template   string           `json:"template" doc:"Of which it was begun"`
	State      uses.State       `json:"state" enum:"draft,review,approval,approved,frozen,dropped"`
	StateTitle string           `json:"state_title"`
	Title      string           `json:"title"`
	Number     string           `json:"number,omitempty" doc:"As it is printed; absent until it is frozen"`
	Public     bool             `json:"public" doc:"The public may read it once it is frozen"`
	Updated    time.Time        `json:"updated"`
	Frozen     time.Time        `json:"frozen,omitzero"`
	Proof      string           `json:"proof" doc:"Where the proof of the record's history is found"`
}

func paperSummaryOf(x *exchange, s uses.Summary) PaperSummary {
	return PaperSummary{
		ID: s.ID, Plan: s.Plan, Owner: s.Owner, Period: s.Period, Template: s.Template, State: s.State, StateTitle: x.in(s.State.Label()),
		Title: s.Title, Number: s.Number, Public: s.Public, Updated: s.Updated, Frozen: s.Frozen, Proof: proofPath(uses.Kind, string(s.ID)),
	}
}

// Paper is a report of the account with what surrounds it.
type Paper struct {
	PaperSummary
	Revision int64             `json:"revision" doc:"One more with each change; the ETag of the report"`
	Content  account.Content   `json:"content" doc:"As it is printed. Each figure of figures names its sources; the runs, cells and series of paper name their figures by key"`
	Edits    uses.Edits        `json:"edits" doc:"What people made of what was generated"`
	Findings []account.Finding `json:"findings" doc:"What is found of the edits: figures altered, dropped, typed without a basis"`
	Moved    []uses.Moved      `json:"moved" doc:"Until it is frozen: figures that the ledger no longer says so"`
	Since    []uses.Moved      `json:"since" doc:"Figures that were said otherwise when it was drafted"`
	Digest   string            `json:"digest,omitempty" doc:"SHA-256 of what was frozen"`
	Files    []PaperFile       `json:"files" doc:"As it was frozen, in each format"`
	Workflow Workflow          `json:"workflow"`
	Steps    []Step            `json:"steps" doc:"That the caller may take now"`
}

// PaperFile is a frozen report in one format.
type PaperFile struct {
	Format string        `json:"format" enum:"docx,xlsx,pdf,html,ofd"`
	Size   int64         `json:"size" doc:"In bytes"`
	Digest ledger.Digest `json:"digest" doc:"SHA-256 of the file"`
}

func paperOf(ctx context.Context, v uses.View) Paper {
	x := exchangeOf(ctx)
	p := Paper{
		PaperSummary: paperSummaryOf(x, uses.Summary{
			ID: v.ID, Plan: v.Plan, Owner: v.Owner, Period: v.Period, Template: v.Report.Template, State: v.State, Title: v.Shown.Paper.Title,
			Number: v.Number.String(), Public: v.Public, Updated: v.Updated, Frozen: v.Frozen,
		}),
		Revision: v.Revision, Content: v.Shown, Edits: v.Edits, Findings: filled(v.Findings), Moved: filled(v.Moved), Since: filled(v.Since),
		Digest: v.Digest, Files: []PaperFile{}, Workflow: workflowOf(ctx, v.Case), Steps: stepsOf(x, v.Offers),
	}
	for _, f := range v.Files {
		p.Files = append(p.Files, PaperFile(f))
	}
	return p
}

// PaperTemplate is a template of which a report can be begun.
type PaperTemplate struct {
	Name    string                `json:"name" doc:"By which a draft asks for it"`
	Version int                   `json:"version" doc:"0 of one that comes with the program"`
	Title   string                `json:"title"`
	About   string                `json:"about" doc:"What it is for"`
	Periods []reporting.Frequency `json:"periods" doc:"Of which it is written"`
	OfUnit  bool                  `json:"of_unit" doc:"It is the report of one unit, which the draft names as owner"`
}

// PaperWish says of which report somebody wants a draft.
type PaperWish struct {
	Plan      ledger.PlanID    `json:"plan" minLength:"1" maxLength:"100"`
	Period    reporting.Period `json:"period"`
	Template  string           `json:"template" minLength:"1" maxLength:"100"`
	Owner     ledger.UnitID    `json:"owner,omitempty" maxLength:"100" doc:"Of a template for units, whose report it is; otherwise absent"`
	Occasion  string           `json:"occasion,omitempty" maxLength:"200" doc:"When and where it is given"`
	Speaker   string           `json:"speaker,omitempty" maxLength:"200"`
	Addressee string           `json:"addressee,omitempty" maxLength:"200"`
}

// PaperChange is what people decide about a draft. What is generated is not among it.
type PaperChange struct {
	uses.Edits
	Public bool `json:"public,omitempty"`
}

// PaperStep is a step that a report is to take.
type PaperStep struct {
	Action string `json:"action" enum:"submit,recall,pass,return,approve,freeze,drop"`
	Reason string `json:"reason,omitempty" maxLength:"2000"`
}

// PassingOver is that a contradiction is found to be none.
type PassingOver struct {
	Mark   string `json:"mark" minLength:"1" maxLength:"100" doc:"Of the difference, as check-paper tells it"`
	Reason string `json:"reason" minLength:"1" maxLength:"200"`
}

func (a *API) reportOperations() {
	s := a.options.Accounting
	register(a, "list-papers", func(ctx context.Context, in *struct {
		Paged
		Plan     ledger.PlanID `query:"plan" maxLength:"100"`
		State    uses.State    `query:"state" enum:"draft,review,approval,approved,frozen,dropped"`
		Template string        `query:"template" maxLength:"100"`
		Text     string        `query:"text" maxLength:"200" doc:"In the title or the number"`
	},
	) (*many[PaperSummary], error) {
		found, err := s.List(ctx, uses.Filter{Plan: in.Plan, State: in.State, Template: in.Template, Words: in.Text}, in.page())
		if err != nil {
			return nil, err
		}
		items := make([]PaperSummary, len(found.Reports))
		for i, r := range found.Reports {
			items[i] = paperSummaryOf(exchangeOf(ctx), r)
		}
		return listed(&in.Paged, found.Next, items), nil
	})
	a.orders("list-papers")
	register(a, "get-paper", func(ctx context.Context, in *Reading[uses.ID]) (*one[Paper], error) {
		v, err := s.Report(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return answered(in.Known, v.Revision, paperOf(ctx, v)), nil
	}, cached)
	a.paperTemplates()
	a.paperTraces()
	a.paperChanges()
	a.paperChecks()
	register(a, "download-paper", a.paperFile, inPaperFormats)
}

func (a *API) paperChanges() {
	s := a.options.Accounting
	after := func(ctx context.Context, v uses.View, err error) (*one[Paper], error) {
		if err != nil {
			return nil, err
		}
		return changed(v.Revision, paperOf(ctx, v)), nil
	}
	register(a, "preview-paper", func(ctx context.Context, in *Adding[PaperWish]) (*plain[account.Content], error) {
		c, err := s.Preview(ctx, uses.Wish(in.Body))
		if err != nil {
			return nil, err
		}
		return &plain[account.Content]{Body: c}, nil
	})
	register(a, "draft-paper", func(ctx context.Context, in *Adding[PaperWish]) (*one[Paper], error) {
		v, err := s.Draft(ctx, uses.Wish(in.Body))
		if err != nil {
			return nil, err
		}
		return made("/papers/"+string(v.ID), v.Revision, paperOf(ctx, v)), nil
	}, created)
	register(a, "edit-paper", func(ctx context.Context, in *Writing[uses.ID, PaperChange]) (*one[Paper], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		v, err := s.Change(ctx, in.ID, in.Body.Edits, in.Body.Public, revision)
		return after(ctx, v, err)
	})
	register(a, "refresh-paper", func(ctx context.Context, in *struct {
		Seen
		ByID[uses.ID]
	},
	) (*one[Paper], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		v, err := s.Refresh(ctx, in.ID, revision)
		return after(ctx, v, err)
	})
	register(a, "step-paper", func(ctx context.Context, in *Writing[uses.ID, PaperStep]) (*one[Paper], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		v, err := s.Step(ctx, in.ID, in.Body.Action, in.Body.Reason, revision)
		return after(ctx, v, err)
	})
}
