package plans

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"luoshi/internal/service/planning"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// ruleForm is a rule as a form has it.
type ruleForm struct {
	Section, Words, Kind, From, Lead, Post string
	Cooperating                            []ledger.UnitID
}

// ruleIn is the rule that a form holds.
func ruleIn(form url.Values) ruleForm {
	at := func(name string) string { return strings.TrimSpace(form.Get(name)) }
	return ruleForm{
		Section: at("section"), Words: at("words"), Kind: at("kind"), From: at("from"), Lead: at("lead"), Post: at("post"),
		Cooperating: unitIDs(form["cooperating"]),
	}
}

// rule is what was typed as a rule. Words may be set apart by spaces or commas of either kind.
func (f ruleForm) rule() ledger.Rule {
	words := strings.FieldsFunc(f.Words, func(r rune) bool { return strings.ContainsRune(" ,\uff0c\u3001;\uff1b\u3000", r) })
	return ledger.Rule{
		Section: atoi(f.Section), Words: words, Kind: ledger.CommitmentKind(f.Kind), From: ledger.UnitID(f.From),
		Lead: ledger.UnitID(f.Lead), Cooperating: f.Cooperating, Post: ledger.PostID(f.Post),
	}
}

// workbench is where commitments are given to units.
type workbench struct {
	page.Errors
	planning.Overview
	names
	Rules  store.Record[planning.Rules]
	Loads  map[ledger.UnitID]int
	Last   *planning.Bulk
	LastBy string
	Form   ruleForm
}

func (p *Pages) workbenchView(r *http.Request) (workbench, error) {
	ctx, id := r.Context(), planID(r)
	var b workbench
	var err error
	if b.Overview, err = p.planning.Overview(ctx, id); err != nil {
		return b, err
	}
	if b.names, err = p.names(ctx); err != nil {
		return b, err
	}
	if b.Rules, err = p.planning.Rules(ctx, id); err != nil {
		return b, err
	}
	if b.Loads, err = p.planning.Loads(ctx, id); err != nil {
		return b, err
	}
	last, there, err := p.planning.LastAssignment(ctx, id)
	if err != nil || !there {
		return b, err
	}
	b.Last = &last
	named, err := p.people(ctx, last.Account)
	b.LastBy = named[last.Account]
	return b, err
}

func (p *Pages) workbench(w http.ResponseWriter, r *http.Request) error {
	b, err := p.workbenchView(r)
	if err != nil {
		return err
	}
	b.Form = ruleIn(r.URL.Query())
	return web.Show(w, r, workbenchPage(b))
}

// previewView shows what rules would do.
type previewView struct {
	names
	Plan  ledger.Plan
	Rules store.Record[planning.Rules]
	Saved bool // the kept rules, rather than the one of the form
	Form  ruleForm
	Asked []ledger.Rule
	Rows  []planning.Preview
}

func (p *Pages) preview(w http.ResponseWriter, r *http.Request) error {
	ctx, id := r.Context(), planID(r)
	record, err := p.planning.Plan(ctx, id)
	if err != nil {
		return err
	}
	view := previewView{Plan: record.Value, Saved: r.URL.Query().Has("saved"), Form: ruleIn(r.URL.Query())}
	if view.names, err = p.names(ctx); err != nil {
		return err
	}
	if view.Rules, err = p.planning.Rules(ctx, id); err != nil {
		return err
	}
	view.Asked = []ledger.Rule{view.Form.rule()}
	if view.Saved {
		view.Asked = view.Rules.Value.Rules
	}
	view.Rows, err = p.planning.PreviewRules(ctx, id, view.Asked)
	if err == nil {
		return web.Show(w, r, previewPage(view))
	}
	return p.again(w, r, view.Form, err)
}

// again is the workbench with what is wrong with a rule.
func (p *Pages) again(w http.ResponseWriter, r *http.Request, form ruleForm, err error) error {
	if !mendable(err) {
		return err
	}
	b, failed := p.workbenchView(r)
	if failed != nil {
		return failed
	}
	b.Form, b.Errors = form, errorsOf(page.Of(r.Context()), err)
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, workbenchPage(b))
}

func (p *Pages) applyRules(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	return p.many(w, r, "plans.assigned", func(chosen []planning.Chosen) (int, error) {
		rules := []ledger.Rule{ruleIn(r.PostForm).rule()}
		if r.PostFormValue("saved") != "" {
			kept, err := p.planning.Rules(ctx, planID(r))
			if err != nil {
				return 0, err
			}
			rules = kept.Value.Rules
		}
		if len(chosen) == 0 {
			return 0, unreadable("", "plans.pick.none", "")
		}
		bulk, err := p.planning.AssignByRules(ctx, planID(r), rules, chosen)
		return len(bulk.Changes), err
	})
}

func (p *Pages) undo(w http.ResponseWriter, r *http.Request) error {
	return p.many(w, r, "plans.undone", func([]planning.Chosen) (int, error) {
		bulk, err := p.planning.UndoAssignment(r.Context(), planID(r))
		return len(bulk.Changes), err
	})
}

// saveRules adds a rule to those of the plan, takes one away, or moves one up.
func (p *Pages) saveRules(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return fmt.Errorf("%w: %w", web.ErrForm, err)
	}
	ctx, id := r.Context(), planID(r)
	kept, err := p.planning.Rules(ctx, id)
	if err != nil {
		return err
	}
	rules, form := slices.Clone(kept.Value.Rules), ruleIn(r.PostForm)
	at := atoi(r.PostFormValue("rule")) - 1
	switch do := r.PostFormValue("do"); {
	case do == "remove" && at >= 0 && at < len(rules):
		rules = slices.Delete(rules, at, at+1)
	case do == "up" && at > 0 && at < len(rules):
		rules[at-1], rules[at] = rules[at], rules[at-1]
	case do == "add":
		rules = append(rules, form.rule())
	}
	_, err = p.planning.SaveRules(ctx, id, rules, seen(r))
	switch {
	case err == nil:
		web.Flash(w, r, page.Success, "plans.rules.saved")
		return web.Redirect(w, r, page.PlanURL(id, "/assignment"))
	case store.IsConflict(err):
		web.Flash(w, r, page.Warning, "plans.rules.conflict")
		return web.Redirect(w, r, page.PlanURL(id, "/assignment"))
	}
	return p.again(w, r, form, err)
}

// described is a rule as a sentence.
func (n names) described(v page.View, plan ledger.Plan, rule ledger.Rule) string {
	var when []string
	if rule.Section > 0 {
		when = append(when, v.T("plans.rule.section", sectionPath(plan, rule.Section)))
	}
	if len(rule.Words) > 0 {
		when = append(when, v.T("plans.rule.words", strings.Join(rule.Words, "/")))
	}
	if rule.Kind != "" {
		when = append(when, v.T("plans.rule.kind", rule.Kind.Label()))
	}
	if rule.From != "" {
		when = append(when, v.T("plans.rule.from", n.short(rule.From)))
	}
	give := v.T("plans.rule.lead", n.short(rule.Lead))
	if len(rule.Cooperating) > 0 {
		give += v.T("plans.comma") + v.T("plans.rule.cooperating", n.units(rule.Cooperating))
	}
	if rule.Post != "" {
		give += v.T("plans.comma") + v.T("plans.rule.post", n.post(rule.Post))
	}
	return strings.Join(when, v.T("plans.comma")) + " → " + give
}
