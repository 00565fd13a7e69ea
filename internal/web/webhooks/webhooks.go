// Package webhooks is the pages of webhooks: to which other programs the server tells what happens, what it told them,
// and what they answered. The administrator keeps them; auditors read.
package webhooks

import (
	"context"
	_ "embed" // the words
	"errors"
	"net/http"
	"slices"
	"strings"

	"luoshi/internal/access/credential"
	"luoshi/internal/service"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/notify"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
)

//go:embed words.txt
var wordsFile string

var _ = page.Words(wordsFile)

// Pages are the pages of webhooks.
type Pages struct {
	core    *service.Core
	notify  *notify.Service
	persons forms.Persons
}

// New makes the pages.
func New(core *service.Core, hooks *notify.Service, persons forms.Persons) *Pages {
	return &Pages{core: core, notify: hooks, persons: persons}
}

// Routes are the routes of the pages.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /webhooks", Handler: p.list},
		{Pattern: "GET /webhooks/new", Handler: p.newForm},
		{Pattern: "POST /webhooks", Handler: p.create},
		{Pattern: "GET /webhooks/{id}", Handler: p.one},
		{Pattern: "GET /webhooks/{id}/edit", Handler: p.editForm},
		{Pattern: "POST /webhooks/{id}/edit", Handler: p.edit},
		{Pattern: "POST /webhooks/{id}/state", Handler: p.setState},
		{Pattern: "POST /webhooks/{id}/key", Handler: p.rekey},
		{Pattern: "POST /webhooks/{id}/remove", Handler: p.remove},
		{Pattern: "POST /webhooks/{id}/ping", Handler: p.ping},
		{Pattern: "POST /webhooks/{id}/deliveries/{delivery}/resend", Handler: p.resend},
	}
}

const listURL = "/webhooks"

// oneURL is a page of a subscription.
func oneURL(id notify.ID, page string) string { return listURL + "/" + string(id) + page }

func idOf(r *http.Request) notify.ID { return notify.ID(r.PathValue("id")) }

func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	hooks, err := p.notify.Webhooks(r.Context())
	if err != nil {
		return err
	}
	return web.Show(w, r, listPage(hooks, p.names()))
}

// shown is a subscription with what was sent to it.
type shown struct {
	store.Record[notify.Webhook]
	names      names
	list       page.List
	state      notify.DeliveryState
	deliveries []notify.Delivery
}

func (p *Pages) one(w http.ResponseWriter, r *http.Request) error {
	v := page.Of(r.Context())
	s := shown{names: p.names(), list: page.ListOf(r, deliveryColumns(v)...)}
	if state := notify.DeliveryState(s.list.Filter("state")); slices.Contains(deliveryStates, state) {
		s.state = state
	}
	var err error
	if s.Record, err = p.notify.Webhook(r.Context(), idOf(r)); err != nil {
		return err
	}
	s.deliveries, s.list.Next, err = p.notify.Deliveries(r.Context(), idOf(r), s.state, s.list.After, s.list.Limit)
	if err != nil {
		return err
	}
	return web.Show(w, r, onePage(s))
}

// form is what somebody sets of a subscription; ID is empty where it is a new one.
type form struct {
	notify.Terms
	ID       notify.ID
	Revision int64
	names    names
	errors   page.Errors
	clash    *page.Clash
}

func (p *Pages) newForm(w http.ResponseWriter, r *http.Request) error {
	return web.Show(w, r, formPage(form{names: p.names()}))
}

// typed is a form as it was sent.
func (p *Pages) typed(r *http.Request) form {
	f := form{ID: idOf(r), names: p.names()}
	f.Address, f.Note = strings.TrimSpace(r.PostFormValue("address")), strings.TrimSpace(r.PostFormValue("note"))
	f.Events = r.PostForm["events"]
	return f
}

// fieldsOf are the fields of the form by the codes of faults that speak of them.
var fieldsOf = map[string]string{
	"webhook.address": "address", "webhook.credentials": "address", "webhook.inside": "address",
	"webhook.events": "events", "webhook.event": "events",
}

// again shows a form again with what is wrong, where the user can mend it.
func again(w http.ResponseWriter, r *http.Request, f form, err error) error {
	var fault *service.Fault
	if !errors.As(err, &fault) {
		return err
	}
	f.errors.Add(fieldsOf[fault.Code], page.Of(r.Context()).Wording(fault.Words))
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, formPage(f))
}

func (p *Pages) create(w http.ResponseWriter, r *http.Request) error {
	f := p.typed(r)
	record, key, err := p.notify.Subscribe(r.Context(), f.Terms)
	if err != nil {
		return again(w, r, f, err)
	}
	return showKey(w, r, record, key)
}

// showKey shows the key of a subscription this once.
func showKey(w http.ResponseWriter, r *http.Request, record store.Record[notify.Webhook], key credential.Secret) error {
	return web.Show(w, r, keyPage(record.Value, key))
}

func termsOf(h notify.Webhook) notify.Terms {
	return notify.Terms{Address: h.Address, Events: h.Events, State: h.State, Note: h.Note}
}

func (p *Pages) editForm(w http.ResponseWriter, r *http.Request) error {
	record, err := p.notify.Webhook(r.Context(), idOf(r))
	if err != nil {
		return err
	}
	return web.Show(w, r, formPage(form{Terms: termsOf(record.Value), ID: record.Value.ID, Revision: record.Revision, names: p.names()}))
}

func (p *Pages) edit(w http.ResponseWriter, r *http.Request) error {
	record, err := p.notify.Webhook(r.Context(), idOf(r))
	if err != nil {
		return err
	}
	f := p.typed(r)
	f.Revision, f.State = forms.Seen(r), kept(record.Value.State)
	_, err = p.notify.Resubscribe(r.Context(), f.ID, f.Terms, f.Revision)
	if current, stale := forms.Stale[notify.Webhook](err); stale {
		f.Revision = current.Revision
		differs := differences(page.Of(r.Context()), f, current.Value)
		if f.clash, err = forms.Clash(r, catalogue.New(p.core), p.persons, err, oneURL(f.ID, ""), differs); err != nil {
			return err
		}
		return web.ShowStatus(w, r, http.StatusConflict, formPage(f))
	}
	if err != nil {
		return again(w, r, f, err)
	}
	return done(w, r, oneURL(f.ID, ""), "webhooks.changed")
}

// kept is the state that a subscription has after somebody changed it otherwise: one that the program disabled waits
// to be made active.
func kept(state notify.State) notify.State {
	if state == notify.Disabled {
		return notify.Paused
	}
	return state
}

// done says that something was done, and leads on.
func done(w http.ResponseWriter, r *http.Request, to, key string) error {
	web.Flash(w, r, page.Success, key)
	return web.Redirect(w, r, to)
}

func (p *Pages) setState(w http.ResponseWriter, r *http.Request) error {
	state := notify.State(r.PostFormValue("state"))
	if state != notify.Active && state != notify.Paused {
		return web.ErrForm
	}
	record, err := p.notify.Webhook(r.Context(), idOf(r))
	if err != nil {
		return err
	}
	terms := termsOf(record.Value)
	terms.State = state
	if _, err := p.notify.Resubscribe(r.Context(), idOf(r), terms, forms.Seen(r)); err != nil {
		return err
	}
	return done(w, r, oneURL(idOf(r), ""), "webhooks.now."+string(state))
}

func (p *Pages) rekey(w http.ResponseWriter, r *http.Request) error {
	record, key, err := p.notify.Rekey(r.Context(), idOf(r), forms.Seen(r))
	if err != nil {
		return err
	}
	return showKey(w, r, record, key)
}

func (p *Pages) remove(w http.ResponseWriter, r *http.Request) error {
	if err := p.notify.Remove(r.Context(), idOf(r), forms.Seen(r)); err != nil {
		return err
	}
	return done(w, r, listURL, "webhooks.removed")
}

func (p *Pages) ping(w http.ResponseWriter, r *http.Request) error {
	return p.send(w, r, "webhooks.pinged", func(ctx context.Context) error {
		_, err := p.notify.Ping(ctx, idOf(r))
		return err
	})
}

func (p *Pages) resend(w http.ResponseWriter, r *http.Request) error {
	return p.send(w, r, "webhooks.resent", func(ctx context.Context) error {
		_, err := p.notify.Resend(ctx, idOf(r), r.PathValue("delivery"))
		return err
	})
}

// send asks for a message to be sent, and leads back to the subscription.
func (p *Pages) send(w http.ResponseWriter, r *http.Request, key string, do func(context.Context) error) error {
	if err := do(r.Context()); err != nil {
		return err
	}
	return done(w, r, oneURL(idOf(r), ""), key)
}
