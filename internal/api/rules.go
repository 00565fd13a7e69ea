package api

import (
	"context"

	"luoshi/internal/service/planning"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// Rule assigns commitments in bulk. All conditions that it sets have to hold; the first rule that fits assigns.
type Rule struct {
	Section     int             `json:"section,omitempty" minimum:"1" doc:"In this section or one below it"`
	Words       []string        `json:"words,omitempty" maxItems:"50" doc:"The wording holds one of them"`
	Kind        string          `json:"kind,omitempty" enum:"indicator,task,project,livelihood"`
	From        ledger.UnitID   `json:"from,omitempty" maxLength:"100" doc:"This unit leads it now"`
	Lead        ledger.UnitID   `json:"lead" minLength:"1" maxLength:"100"`
	Cooperating []ledger.UnitID `json:"cooperating,omitempty" maxItems:"50"`
	Post        ledger.PostID   `json:"post,omitempty" maxLength:"100"`
}

// Rules are the rules of a plan.
type Rules struct {
	Rules []Rule `json:"rules" maxItems:"500" doc:"The first that fits first"`
}

func (r Rules) rules() []ledger.Rule {
	all := make([]ledger.Rule, len(r.Rules))
	for i, one := range r.Rules {
		all[i] = ledger.Rule{
			Section: one.Section, Words: one.Words, Kind: ledger.CommitmentKind(one.Kind), From: one.From, Lead: one.Lead,
			Cooperating: one.Cooperating, Post: one.Post,
		}
	}
	return all
}

func rulesOf(all []ledger.Rule) Rules {
	r := Rules{Rules: make([]Rule, len(all))}
	for i, one := range all {
		r.Rules[i] = Rule{
			Section: one.Section, Words: one.Words, Kind: string(one.Kind), From: one.From, Lead: one.Lead, Cooperating: one.Cooperating, Post: one.Post,
		}
	}
	return r
}

// KeptRules are rules that a plan keeps.
type KeptRules struct {
	Rules
	Revision int64 `json:"revision" doc:"0 until somebody keeps rules"`
}

// RulesRun does what rules say.
type RulesRun struct {
	Rules
	Commitments []Picked `json:"commitments,omitempty" maxItems:"500" doc:"Out of the preview; all that the rules fit where absent"`
}

// Fitting is what rules would give to a commitment.
type Fitting struct {
	Commitment  ledger.CommitmentID `json:"commitment"`
	Revision    int64               `json:"revision"`
	Title       string              `json:"title"`
	Rule        int                 `json:"rule" doc:"Its position, from 0"`
	Lead        ledger.UnitID       `json:"lead"`
	Cooperating []ledger.UnitID     `json:"cooperating"`
	Post        ledger.PostID       `json:"post,omitempty"`
	Rivals      []int               `json:"rivals" doc:"Positions of later rules that fit too and name another unit"`
}

func (a *API) ruleOperations() {
	p := a.options.Planning
	answer := func(r store.Record[planning.Rules]) *one[KeptRules] {
		return changed(r.Revision, KeptRules{Rules: rulesOf(r.Value.Rules), Revision: r.Revision})
	}
	register(a, "get-rules", func(ctx context.Context, in *ByID[ledger.PlanID]) (*one[KeptRules], error) {
		r, err := p.Rules(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return answer(r), nil
	})
	register(a, "save-rules", func(ctx context.Context, in *Writing[ledger.PlanID, Rules]) (*one[KeptRules], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		r, err := p.SaveRules(ctx, in.ID, in.Body.rules(), revision)
		if err != nil {
			return nil, err
		}
		return answer(r), nil
	})
	register(a, "preview-rules", func(ctx context.Context, in *Doing[ledger.PlanID, Rules]) (*plain[List[Fitting]], error) {
		all, err := p.PreviewRules(ctx, in.ID, in.Body.rules())
		if err != nil {
			return nil, err
		}
		items := make([]Fitting, len(all))
		for i, f := range all {
			items[i] = Fitting{
				Commitment: f.Commitment, Revision: f.Of.Revision, Title: f.Of.Value.Title, Rule: f.Rule, Lead: f.Lead,
				Cooperating: filled(f.Cooperating), Post: f.Post, Rivals: filled(f.Rivals),
			}
		}
		return &plain[List[Fitting]]{Body: List[Fitting]{Items: items}}, nil
	})
	register(a, "run-rules", func(ctx context.Context, in *Doing[ledger.PlanID, RulesRun]) (*plain[Assigned], error) {
		bulk, err := p.AssignByRules(ctx, in.ID, in.Body.rules(), chosen(in.Body.Commitments))
		if err != nil {
			return nil, err
		}
		return assignedOf(bulk), nil
	})
}
