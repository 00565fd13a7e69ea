package messages

import (
	"net/http"

	"luoshi/internal/service/message"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
)

// rulesForm is by which channels people hear of what, as a form.
type rulesForm struct {
	rules    message.Rules
	revision int64
	mayEdit  bool
	errors   page.Errors
	clash    *page.Clash
}

func (p *Pages) rules(w http.ResponseWriter, r *http.Request) error {
	record, err := p.messages.Rules(r.Context())
	if err != nil {
		return err
	}
	return web.Show(w, r, rulesPage(rulesForm{rules: record.Value, revision: record.Revision, mayEdit: page.Of(r.Context()).Can("message.channel")}))
}

// rulesFaults are the fields of the form by the codes of faults that speak of them: of the whole table.
var rulesFaults = map[string]string{"rules.way": "", "rules.fixed": ""}

func (p *Pages) setRules(w http.ResponseWriter, r *http.Request) error {
	f := rulesForm{revision: forms.Seen(r), mayEdit: true}
	for _, k := range message.Kinds() {
		field := string(k.Kind)
		f.rules = append(f.rules, message.Rule{
			Kind: k.Kind, Email: message.Way(r.PostFormValue("email-" + field)), Chats: message.Way(r.PostFormValue("chats-" + field)),
			Fixed: r.PostFormValue("fixed-"+field) == "1",
		})
	}
	err := p.messages.SetRules(r.Context(), f.rules, f.revision)
	if current, stale := forms.Stale[message.Rules](err); stale {
		f.revision, f.clash = current.Revision, &page.Clash{URL: rulesURL, Fields: rulesApart(page.Of(r.Context()), f.rules, current.Value)}
		return web.ShowStatus(w, r, http.StatusConflict, rulesPage(f))
	}
	if err != nil {
		if err := mendable(r, &f.errors, rulesFaults, err); err != nil {
			return err
		}
		return web.ShowStatus(w, r, http.StatusUnprocessableEntity, rulesPage(f))
	}
	return done(w, r, rulesURL, "rules.saved")
}

// rulesApart are the kinds whose rules two people set differently.
func rulesApart(v page.View, mine, theirs message.Rules) []page.Difference {
	var apart []page.Difference
	for _, rule := range mine {
		if other := theirs.Of(rule.Kind); other != rule {
			apart = append(apart, page.Difference{Field: v.Wording(rule.Kind.Label()), Mine: ruleText(v, rule), Theirs: ruleText(v, other)})
		}
	}
	return apart
}

func ruleText(v page.View, rule message.Rule) string {
	fixed := map[bool]string{true: "rules.text.fixed", false: "rules.text"}[rule.Fixed]
	return v.T(fixed, v.T("rules.way."+string(rule.Email)), v.T("rules.way."+string(rule.Chats)))
}
