package api

import (
	"context"

	"luoshi/calendar"
	"luoshi/internal/service/planning"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// Commitment is a commitment as the API shows it: its terms, and the words that promise it.
type Commitment struct {
	ledger.CommitmentTerms
	Source  []ledger.Passage `json:"source" doc:"Where the promise stands, in the order of the documents"`
	Wording string           `json:"wording" doc:"The promise verbatim"`
	Kept
	Proof string `json:"proof" doc:"Where the proof of the record's history is found"`
}

func commitmentOf(r store.Record[ledger.Commitment]) Commitment {
	return Commitment{
		CommitmentTerms: r.Value.CommitmentTerms, Source: filled(r.Value.Source()), Wording: r.Value.Wording(),
		Kept: keptOf(r), Proof: proofPath("commitments", string(r.Value.ID)),
	}
}

// TargetTerms is a target as it is set. One without a number is given one.
type TargetTerms struct {
	Number    int                `json:"number,omitempty" minimum:"0"`
	Subject   string             `json:"subject" maxLength:"200"`
	Code      string             `json:"code,omitempty" maxLength:"100"`
	Indicator ledger.IndicatorID `json:"indicator,omitempty" maxLength:"100"`
	Cmp       ledger.Comparator  `json:"cmp"`
	Value     ledger.Decimal     `json:"value,omitzero"`
	Upper     ledger.Decimal     `json:"upper,omitzero"`
	Words     string             `json:"words,omitempty" maxLength:"200" doc:"What bounds where no figure does: 正增长"`
	Unit      string             `json:"unit,omitempty" maxLength:"40"`
	Measure   ledger.Measure     `json:"measure"`
	Basis     string             `json:"basis,omitempty" maxLength:"200"`
	Scope     string             `json:"scope,omitempty" maxLength:"500"`
	By        calendar.Date      `json:"by,omitzero"`
	Firm      bool               `json:"firm,omitempty"`
	Quoted    ledger.Passage     `json:"quoted,omitzero"`
}

// Correction is what is to change of a commitment. What is absent stays as it is.
type Correction struct {
	Number  *string                `json:"number,omitempty" maxLength:"40"`
	Title   *string                `json:"title,omitempty" maxLength:"200"`
	Kind    *ledger.CommitmentKind `json:"kind,omitempty"`
	Section *int                   `json:"section,omitempty" minimum:"0"`
	By      *calendar.Date         `json:"by,omitempty"`
	Firm    *bool                  `json:"firm,omitempty"`
	Project *ledger.ProjectID      `json:"project,omitempty" maxLength:"100"`
	Parent  *ledger.CommitmentID   `json:"parent,omitempty" maxLength:"100"`
	Targets *[]TargetTerms         `json:"targets,omitempty" maxItems:"100" doc:"All of them"`
	Post    *ledger.PostID         `json:"post,omitempty" maxLength:"100"`
}

func (c Correction) terms() planning.Correction {
	terms := planning.Correction{
		Number: c.Number, Title: c.Title, Kind: c.Kind, Section: c.Section, By: c.By, Firm: c.Firm, Project: c.Project, Parent: c.Parent, Post: c.Post,
	}
	if c.Targets != nil {
		targets := make([]ledger.Target, len(*c.Targets))
		for i, t := range *c.Targets {
			targets[i] = ledger.Target(t)
		}
		terms.Targets = &targets
	}
	return terms
}

// NewCommitment is a commitment that is added by hand.
type NewCommitment struct {
	Plan     ledger.PlanID       `json:"plan" minLength:"1" maxLength:"100"`
	Document ledger.Digest       `json:"document,omitempty" maxLength:"100" doc:"One of the plan's sources"`
	At       int                 `json:"at,omitempty" minimum:"0" doc:"The first code point of the words that promise it"`
	End      int                 `json:"end,omitempty" minimum:"0" doc:"The code point behind them"`
	Whole    ledger.CommitmentID `json:"whole,omitempty" maxLength:"100" doc:"The commitment that it is a part of; then the words may stay open"`
	Terms    Correction          `json:"terms"`
}

// Cuts are where a commitment is split.
type Cuts struct {
	Cuts []int `json:"cuts" minItems:"1" maxItems:"50" doc:"The code points of the document where further parts begin"`
}

// Merging are commitments that become one.
type Merging struct {
	Commitments []Picked `json:"commitments" minItems:"2" maxItems:"50"`
}

// Weighing gives commitments a weight.
type Weighing struct {
	Commitments []Picked       `json:"commitments" minItems:"1" maxItems:"500"`
	Weight      ledger.Decimal `json:"weight" doc:"Empty takes the weight away"`
}

// Picked is a commitment out of a list.
type Picked struct {
	ID       ledger.CommitmentID `json:"id" minLength:"1" maxLength:"100"`
	Revision int64               `json:"revision" minimum:"1" doc:"As it was read"`
}

func chosen(picked []Picked) []planning.Chosen {
	all := make([]planning.Chosen, len(picked))
	for i, p := range picked {
		all[i] = planning.Chosen{ID: p.ID, Seen: p.Revision}
	}
	return all
}

// CommitmentQuery narrows a list of commitments.
type CommitmentQuery struct {
	Plan    ledger.PlanID       `query:"plan" maxLength:"100"`
	Section int                 `query:"section" minimum:"1" doc:"And the sections below it"`
	Kind    string              `query:"kind" enum:"indicator,task,project,livelihood"`
	State   string              `query:"state" enum:"prepared,in_force,fulfilled,withdrawn" doc:"Withdrawn ones are left out unless asked for"`
	Unit    ledger.UnitID       `query:"unit" maxLength:"100" doc:"Leads it or takes part"`
	Lead    ledger.UnitID       `query:"lead" maxLength:"100"`
	Post    ledger.PostID       `query:"post" maxLength:"100"`
	Parent  ledger.CommitmentID `query:"parent" maxLength:"100"`
	Text    string              `query:"text" maxLength:"200" doc:"In the number, the title or the wording"`
	From    calendar.Date       `query:"from" doc:"The deadline is not before"`
	To      calendar.Date       `query:"to" doc:"The deadline is not after"`
	Lacks   string              `query:"lacks" enum:"owner,deadline,post,target,acceptance,reply"`
}

func (q CommitmentQuery) query() planning.CommitmentQuery {
	return planning.CommitmentQuery{
		Plan: q.Plan, Section: q.Section, Kind: ledger.CommitmentKind(q.Kind), State: ledger.CommitmentState(q.State), Unit: q.Unit,
		Lead: q.Lead, Post: q.Post, Parent: q.Parent, Text: q.Text, From: q.From, To: q.To, Lacks: planning.Lack(q.Lacks),
	}
}

func (a *API) commitmentOperations() {
	type query struct {
		Paged
		CommitmentQuery
	}
	register(a, "list-commitments", func(ctx context.Context, in *query) (*many[Commitment], error) {
		page := in.page()
		list, err := a.options.Planning.Commitments(ctx, in.query(), page)
		if err != nil {
			return nil, err
		}
		return listed(&in.Paged, list.Next, shown(list.Records, commitmentOf)), nil
	})
	a.orders("list-commitments", bothWays("number", "title", "by", "section", "weight")...)
	register(a, "get-commitment", func(ctx context.Context, in *Reading[ledger.CommitmentID]) (*one[Commitment], error) {
		r, err := a.options.Planning.Commitment(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return answered(in.Known, r.Revision, commitmentOf(r)), nil
	}, cached)
	a.commitmentChanges()
	a.commitmentsTogether()
}

func (a *API) commitmentChanges() {
	register(a, "create-commitment", func(ctx context.Context, in *Adding[NewCommitment]) (*one[Commitment], error) {
		b := in.Body
		r, err := a.options.Planning.AddCommitment(ctx, planning.NewCommitment{
			Plan: b.Plan, Document: b.Document, At: b.At, End: b.End, Parent: b.Whole, Correction: b.Terms.terms(),
		})
		if err != nil {
			return nil, err
		}
		return made("/commitments/"+string(r.Value.ID), r.Revision, commitmentOf(r)), nil
	}, created)
	register(a, "correct-commitment", func(ctx context.Context, in *Writing[ledger.CommitmentID, Correction]) (*one[Commitment], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		r, err := a.options.Planning.Correct(ctx, in.ID, in.Body.terms(), revision)
		if err != nil {
			return nil, err
		}
		return changed(r.Revision, commitmentOf(r)), nil
	})
	register(a, "split-commitment", func(ctx context.Context, in *Writing[ledger.CommitmentID, Cuts]) (*plain[List[Commitment]], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		records, err := a.options.Planning.Split(ctx, in.ID, in.Body.Cuts, revision)
		if err != nil {
			return nil, err
		}
		return &plain[List[Commitment]]{Body: List[Commitment]{Items: shown(records, commitmentOf)}}, nil
	})
}

// commitmentsTogether are what is done to several at once; each carries its revision in the body.
func (a *API) commitmentsTogether() {
	register(a, "merge-commitments", func(ctx context.Context, in *Doing[ledger.PlanID, Merging]) (*one[Commitment], error) {
		r, err := a.options.Planning.Merge(ctx, in.ID, chosen(in.Body.Commitments))
		if err != nil {
			return nil, err
		}
		return made("/commitments/"+string(r.Value.ID), r.Revision, commitmentOf(r)), nil
	}, created)
	register(a, "weigh-commitments", func(ctx context.Context, in *Doing[ledger.PlanID, Weighing]) (*done, error) {
		return nil, a.options.Planning.Weigh(ctx, in.ID, chosen(in.Body.Commitments), in.Body.Weight)
	})
}
