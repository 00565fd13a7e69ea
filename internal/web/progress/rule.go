package progress

import (
	"context"
	"net/http"

	uses "luoshi/internal/service/progress"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/light"
)

// rulePage is by what the lights of a plan are computed, and the form that chooses it.
type rulePage struct {
	Plan   ledger.Plan
	Chosen string // the name of the rule
	Now    string // of the one that holds
	Paths  []kindPath
	Seen   int64
	May    bool
	page.Errors
}

// kindPath is the usual path of a kind of commitment.
type kindPath struct {
	Kind    ledger.CommitmentKind
	Path    string
	Weights [4]string
}

// prefix begins the names of the fields of a kind.
func (k kindPath) prefix() string { return string(k.Kind) + "-" }

func (p *Pages) rulesOf(ctx context.Context, id ledger.PlanID) (rulePage, uses.Terms, error) {
	terms, err := p.uses.Terms(ctx, id)
	if err != nil {
		return rulePage{}, uses.Terms{}, err
	}
	plan, err := p.core.Store().Plans().Get(ctx, string(id))
	if err != nil {
		return rulePage{}, uses.Terms{}, err
	}
	s := rulePage{Plan: plan.Value, Chosen: terms.Value.Rule, Now: terms.Value.Rule, Seen: terms.Revision}
	s.May = p.core.Can(ctx, "config.rules", owned(plan.Value))
	return s, terms.Value, nil
}

func (p *Pages) ruleForm(w http.ResponseWriter, r *http.Request) error {
	s, terms, err := p.rulesOf(r.Context(), planID(r))
	if err != nil {
		return err
	}
	for _, kind := range ledger.CommitmentKinds() {
		path := terms.Paths[kind]
		s.Paths = append(s.Paths, kindPath{kind, string(path.Kind), weightTexts(path)})
	}
	return web.Show(w, r, ruleShown(s))
}

func (p *Pages) setRule(w http.ResponseWriter, r *http.Request) error {
	s, _, err := p.rulesOf(r.Context(), planID(r))
	if err != nil {
		return err
	}
	v := forms.ValuesOf(r)
	terms := uses.Terms{Rule: v.Text("rule"), Paths: map[ledger.CommitmentKind]light.Path{}}
	for _, kind := range ledger.CommitmentKinds() {
		typed := kindPath{Kind: kind}
		path := takePath(v, typed.prefix())
		typed.Path = string(path.Kind)
		for i := range typed.Weights {
			typed.Weights[i] = v.Text(weightName(typed.prefix(), i))
		}
		s.Paths = append(s.Paths, typed)
		if path.Kind != "" {
			terms.Paths[kind] = path
		}
	}
	s.Chosen, s.Seen = terms.Rule, forms.Seen(r)
	var set store.Record[uses.Terms]
	if v.None() {
		if set, err = p.uses.SetTerms(r.Context(), s.Plan.ID, terms, s.Seen); err == nil {
			rule, _ := light.RuleByName(set.Value.Rule)
			web.Flash(w, r, page.Success, "rule.saved", rule.Title)
			return web.Redirect(w, r, page.PlanURL(s.Plan.ID, "/rule"))
		}
	}
	if now, stale := forms.Stale[uses.Terms](err); stale {
		s.Seen = now.Revision
		s.Add("", page.T(r.Context(), "path.changed"))
		return web.ShowStatus(w, r, http.StatusConflict, ruleShown(s))
	}
	ok := false
	if s.Errors, ok = forms.Mendable(r, v, err); !ok {
		return err
	}
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, ruleShown(s))
}
