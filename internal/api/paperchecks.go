package api

import (
	"context"
	"time"

	"luoshi/internal/account"
	uses "luoshi/internal/service/accounting"
	"luoshi/ledger"
)

// PaperCheck is what reading a report back has shown.
type PaperCheck struct {
	Sound       bool              `json:"sound" doc:"Nothing keeps it from being given out"`
	Differences []PaperDifference `json:"differences"`
	Passed      []PaperPassed     `json:"passed" doc:"Contradictions that a person found to be none"`
	Warnings    []string          `json:"warnings" doc:"They keep nothing from being given out"`
	Explained   []string          `json:"explained" doc:"What looks contradictory and is not: all of it computed by the ledger, or a target and what was done of it"`
	Figures     int               `json:"figures" doc:"Places where figures stand"`
	Read        int               `json:"read" doc:"Of those that were read back as quantities with their value"`
	Cut         bool              `json:"cut" doc:"The template would have told more than a report holds"`
}

// PaperDifference is one place where the file of a report differs from the report, or the report from the ledger.
type PaperDifference struct {
	Kind     account.DifferenceKind `json:"kind" enum:"altered,missing,added,misread,moved,gone,text,error"`
	Block    string                 `json:"block,omitempty"`
	Figure   string                 `json:"figure,omitempty" doc:"Its key"`
	Was      string                 `json:"was,omitempty"`
	Is       string                 `json:"is,omitempty"`
	Says     string                 `json:"says,omitempty" doc:"Of a contradiction, what it is"`
	Arguable bool                   `json:"arguable" doc:"A reviewer may find it to be none, by its mark"`
	Mark     string                 `json:"mark,omitempty"`
	Figures  map[string]string      `json:"figures,omitempty" doc:"What contradicts, as printed, by key"`
}

// PaperPassed is a contradiction that a person found to be none.
type PaperPassed struct {
	Mark    string            `json:"mark"`
	Says    string            `json:"says"`
	Figures map[string]string `json:"figures" doc:"As they were printed, by key; it lapses when one of them changes"`
	Reason  string            `json:"reason"`
	Account ledger.AccountID  `json:"account"`
	At      time.Time         `json:"at"`
}

func paperCheckOf(x *exchange, v account.Verification, cut bool) PaperCheck {
	c := PaperCheck{
		Sound: v.Sound(), Differences: []PaperDifference{}, Passed: []PaperPassed{}, Warnings: []string{}, Explained: []string{}, Figures: v.Figures, Read: v.Read, Cut: cut,
	}
	for _, d := range v.Differences {
		one := PaperDifference{
			Kind: d.Kind, Block: d.Block, Figure: d.Figure, Was: d.Was, Is: d.Is, Arguable: d.Arguable, Mark: d.Mark, Figures: d.Figures,
		}
		if d.Error != nil {
			one.Is, one.Says = "", x.in(ledger.Wording(d.Error.Message))
		}
		c.Differences = append(c.Differences, one)
	}
	for _, p := range v.Passed {
		c.Passed = append(c.Passed, PaperPassed{Mark: p.Mark, Says: x.in(p.Text), Figures: p.Figures, Reason: p.Reason, Account: p.Account, At: p.At})
	}
	for _, f := range v.Warnings {
		c.Warnings = append(c.Warnings, x.in(ledger.Wording(f.Message)))
	}
	for _, f := range v.Explained {
		c.Explained = append(c.Explained, x.in(ledger.Wording(f.Message)))
	}
	return c
}

// paperChecks are reading a report back, and what people decide about the contradictions that it shows.
func (a *API) paperChecks() {
	s := a.options.Accounting
	register(a, "check-paper", func(ctx context.Context, in *ByID[uses.ID]) (*plain[PaperCheck], error) {
		v, err := s.Report(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		found, err := s.Verify(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return &plain[PaperCheck]{Body: paperCheckOf(exchangeOf(ctx), found, v.Shown.Cut)}, nil
	})
	register(a, "pass-paper", func(ctx context.Context, in *Writing[uses.ID, PassingOver]) (*one[Paper], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		v, err := s.Pass(ctx, in.ID, in.Body.Mark, in.Body.Reason, revision)
		if err != nil {
			return nil, err
		}
		return changed(v.Revision, paperOf(ctx, v)), nil
	})
	register(a, "withdraw-paper-pass", func(ctx context.Context, in *struct {
		Seen
		ByID[uses.ID]
		Mark string `path:"mark" maxLength:"100"`
	},
	) (*one[Paper], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		v, err := s.Withdraw(ctx, in.ID, in.Mark, revision)
		if err != nil {
			return nil, err
		}
		return changed(v.Revision, paperOf(ctx, v)), nil
	})
}
