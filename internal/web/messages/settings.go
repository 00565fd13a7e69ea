package messages

import (
	"net/http"
	"slices"
	"strings"

	"luoshi/internal/service/message"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
)

// choice is how somebody wants to be told, as a form.
type choice struct {
	message.Choice
	revision int64
	mails    bool // the server sends e-mail
	rules    message.Rules
	offered  []message.Kind // which he may leave out
	kept     bool           // it is what holds, so that it can be tried
	errors   page.Errors
	clash    *page.Clash
}

func (p *Pages) settings(w http.ResponseWriter, r *http.Request) error {
	record, err := p.messages.Choice(r.Context())
	if err != nil {
		return err
	}
	rules, err := p.messages.OwnRules(r.Context())
	if err != nil {
		return err
	}
	c := choice{Choice: record.Value, revision: record.Revision, mails: p.messages.Mails(), rules: rules, offered: offered(rules)}
	c.kept = c.mails && c.Mode != message.Off && c.Email != ""
	return web.Show(w, r, settingsPage(c))
}

// choiceFields are the fields of the form by the codes of faults that speak of them.
var choiceFields = map[string]string{"choice.mode": "mode", "choice.email": "email", "choice.language": "language", "choice.muted": "kind"}

// offered are the kinds that e-mails tell of and that people may leave out.
func offered(rules message.Rules) []message.Kind {
	var kinds []message.Kind
	for _, rule := range rules {
		if rule.Email != message.None && !rule.Fixed {
			kinds = append(kinds, rule.Kind)
		}
	}
	return kinds
}

// ticked are the kinds among those offered that he wants.
func (c choice) ticked() []string {
	var kinds []string
	for _, kind := range c.offered {
		if !slices.Contains(c.Muted, kind) {
			kinds = append(kinds, string(kind))
		}
	}
	return kinds
}

// kindsHelp says which kinds come in any case.
func (c choice) kindsHelp(v page.View) string {
	var fixed []string
	for _, rule := range c.rules {
		if rule.Fixed {
			fixed = append(fixed, v.Wording(rule.Kind.Label()))
		}
	}
	if len(fixed) == 0 {
		return v.T("messages.kinds.help")
	}
	return v.T("messages.kinds.fixed", listed(v, fixed))
}

func kindChoices(v page.View, kinds []message.Kind) []page.Option {
	var options []page.Option
	for _, kind := range kinds {
		options = append(options, page.Option{Value: string(kind), Label: v.Wording(kind.Label())})
	}
	return options
}

// muted are the kinds that somebody leaves out: those that the form offered and he did not tick, and those that he left
// out before and the form did not offer.
func muted(r *http.Request, before []message.Kind) []message.Kind {
	asked, wanted := r.PostForm["offered"], r.PostForm["kind"]
	kinds := slices.DeleteFunc(slices.Clone(before), func(k message.Kind) bool { return slices.Contains(asked, string(k)) })
	for _, kind := range asked {
		if !slices.Contains(wanted, kind) {
			kinds = append(kinds, message.Kind(kind))
		}
	}
	return kinds
}

func (p *Pages) choose(w http.ResponseWriter, r *http.Request) error {
	before, err := p.messages.Choice(r.Context())
	if err != nil {
		return err
	}
	rules, err := p.messages.OwnRules(r.Context())
	if err != nil {
		return err
	}
	c := choice{
		Choice: message.Choice{
			Mode: message.Mode(r.PostFormValue("mode")), Email: strings.TrimSpace(r.PostFormValue("email")), Language: r.PostFormValue("language"),
		},
		revision: forms.Seen(r), mails: p.messages.Mails(), rules: rules, offered: offered(rules),
	}
	c.Muted = muted(r, before.Value.Muted)
	err = p.messages.Choose(r.Context(), c.Choice, c.revision)
	if current, stale := forms.Stale[message.Choice](err); stale {
		v := page.Of(r.Context())
		c.revision = current.Revision
		c.clash = &page.Clash{URL: settingsURL, Fields: []page.Difference{
			{Field: v.T("messages.mode"), Mine: v.T("messages.mode." + string(c.Mode)), Theirs: v.T("messages.mode." + string(current.Value.Mode))},
			{Field: v.T("messages.email"), Mine: c.Email, Theirs: current.Value.Email},
		}}
		return web.ShowStatus(w, r, http.StatusConflict, settingsPage(c))
	}
	if err != nil {
		if err := mendable(r, &c.errors, choiceFields, err); err != nil {
			return err
		}
		return web.ShowStatus(w, r, http.StatusUnprocessableEntity, settingsPage(c))
	}
	return done(w, r, settingsURL, "messages.settings.saved")
}

func (p *Pages) tryMail(w http.ResponseWriter, r *http.Request) error {
	if err := p.messages.TryMail(r.Context()); err != nil {
		return err
	}
	return done(w, r, settingsURL, "messages.tried.mail")
}

func modeOptions(v page.View, modes ...message.Mode) []page.Option {
	var options []page.Option
	for _, mode := range modes {
		options = append(options, page.Option{Value: string(mode), Label: v.T("messages.mode." + string(mode))})
	}
	return options
}

func languageOptions() []page.Option {
	return []page.Option{{Value: message.Chinese, Label: "中文"}, {Value: message.English, Label: "English"}}
}
