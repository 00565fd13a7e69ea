package accounts

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"luoshi/internal/access"
	"luoshi/internal/access/credential"
	"luoshi/internal/audit"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/identity"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// form is a new account, or one that is edited, as it was typed.
type form struct {
	id, name, person, unit string
	revision               int64
	units                  []page.Option
	errors                 page.Errors
	clash                  *page.Clash
}

func (f form) title(ctx context.Context) string {
	if f.id == "" {
		return page.T(ctx, "accounts.new")
	}
	return page.T(ctx, "accounts.edit")
}

func (p *Pages) newForm(w http.ResponseWriter, r *http.Request) error {
	return p.showForm(w, r, http.StatusOK, form{})
}

func (p *Pages) showForm(w http.ResponseWriter, r *http.Request, status int, f form) error {
	units, err := p.unitNames(r.Context())
	if err != nil {
		return err
	}
	f.units = units.options(page.T(r.Context(), "accounts.unit.none"))
	return web.ShowStatus(w, r, status, formPage(f))
}

func typedForm(r *http.Request) form {
	return form{
		id: r.PathValue("id"), name: r.PostFormValue("name"), person: r.PostFormValue("person"), unit: r.PostFormValue("unit"),
	}
}

func (p *Pages) create(w http.ResponseWriter, r *http.Request) error {
	f := typedForm(r)
	account, first, err := p.accounts.Create(r.Context(), identity.NewAccount{Name: f.name, Person: f.person, Unit: ledger.UnitID(f.unit)})
	if err != nil {
		return again(r, err, func(e page.Errors) error {
			f.errors = e
			return p.showForm(w, r, http.StatusUnprocessableEntity, f)
		})
	}
	return web.Show(w, r, firstPage(account, first, true))
}

func (p *Pages) editForm(w http.ResponseWriter, r *http.Request) error {
	account, err := p.accounts.One(r.Context(), ledger.AccountID(r.PathValue("id")))
	if err != nil {
		return err
	}
	return p.showForm(w, r, http.StatusOK, form{
		id: string(account.ID), name: account.Name, person: account.Person, unit: string(account.Unit), revision: account.Revision,
	})
}

func (p *Pages) edit(w http.ResponseWriter, r *http.Request) error {
	f := typedForm(r)
	var err error
	if f.revision, err = strconv.ParseInt(r.PostFormValue("revision"), 10, 64); err != nil {
		return web.ErrForm
	}
	id := ledger.AccountID(f.id)
	_, err = p.accounts.Edit(r.Context(), id, f.person, ledger.UnitID(f.unit), f.revision)
	var conflict *store.Conflict[identity.Account]
	if errors.As(err, &conflict) {
		return p.showClash(w, r, f, conflict)
	}
	if err != nil {
		return again(r, err, func(e page.Errors) error {
			f.errors = e
			return p.showForm(w, r, http.StatusUnprocessableEntity, f)
		})
	}
	return done(w, r, "/accounts/"+f.id, "accounts.saved")
}

// showClash shows what somebody else has changed meanwhile beside what was typed.
func (p *Pages) showClash(w http.ResponseWriter, r *http.Request, f form, conflict *store.Conflict[identity.Account]) error {
	units, err := p.unitNames(r.Context())
	if err != nil {
		return err
	}
	v, now := page.Of(r.Context()), conflict.Current
	f.name, f.revision = now.Value.Name, now.Revision
	f.clash, err = forms.Clash(r, catalogue.New(p.core), p.accounts.Persons, conflict, "/accounts/"+f.id, []page.Difference{
		{Field: v.T("accounts.person"), Mine: f.person, Theirs: now.Value.Person},
		{Field: v.T("accounts.unit"), Mine: units.of(ledger.UnitID(f.unit)), Theirs: units.of(now.Value.Unit)},
	})
	if err != nil {
		return err
	}
	return p.showForm(w, r, http.StatusConflict, f)
}

// dossier is the page of one account, with what the reader may see of it.
type dossier struct {
	identity.Listed
	units       unitNames
	rights      *access.Table
	held        []identity.Appointment
	delegations []delegationRow
	visits      []identity.Visit
	tokens      tokenRows
	history     []entryRow
	roles       []page.Option
	unitOptions []page.Option
	scopes      []access.Action
	typed       typedRole
	issued      typedToken
	errors      page.Errors
	// officerMissing tells that there has never been a security officer.
	officerMissing bool
}

// entryRow is an entry of the log as a page shows it.
type entryRow struct {
	audit.Entry
	actor, action string
}

func (p *Pages) one(w http.ResponseWriter, r *http.Request) error {
	return p.showOne(w, r, http.StatusOK, func(*dossier) {})
}

func (p *Pages) showOne(w http.ResponseWriter, r *http.Request, status int, change func(*dossier)) error {
	d, err := p.dossier(r.Context(), ledger.AccountID(r.PathValue("id")))
	if err != nil {
		return err
	}
	change(&d)
	return web.ShowStatus(w, r, status, onePage(d))
}

func (p *Pages) dossier(ctx context.Context, id ledger.AccountID) (d dossier, err error) {
	v := page.Of(ctx)
	if d.Listed, err = p.accounts.One(ctx, id); err != nil {
		return d, err
	}
	if d.units, err = p.unitNames(ctx); err != nil {
		return d, err
	}
	d.rights = p.core.Rights()
	d.roles, d.unitOptions = p.roleOptions(ctx, v.T("accounts.choose")), d.units.options(v.T("accounts.unit.none"))
	d.typed.from, d.issued.expires = p.core.Today().String(), p.core.Today().AddDays(90).String()
	d.scopes = p.scopes(d.Listed)
	if d.officerMissing, err = p.accounts.OfficerMissing(ctx); err != nil {
		return d, err
	}
	if v.Can("role.read") {
		if d.held, err = p.accounts.Appointments(ctx, id); err != nil {
			return d, err
		}
		if d.delegations, err = p.delegationRows(ctx, id); err != nil {
			return d, err
		}
	}
	if v.Can("user.sessions") {
		if d.visits, err = p.accounts.Visits(ctx, id); err != nil {
			return d, err
		}
	}
	if v.Can("token.read") {
		d.tokens = tokenRows{rights: d.rights, now: p.core.Store().Now(), of: string(id)}
		if d.tokens.tokens, err = p.accounts.Tokens(ctx, id); err != nil {
			return d, err
		}
	}
	if v.Can("audit.read") {
		d.history, err = p.history(ctx, id)
	}
	return d, err
}

// scopes are the actions that a token of an account can be given and is of use for.
func (p *Pages) scopes(account identity.Listed) []access.Action {
	actor := access.Actor{Account: account.ID}
	for _, a := range account.Roles {
		actor.Posts = append(actor.Posts, access.Post{Role: a.Role, Unit: a.Unit})
	}
	var scopes []access.Action
	for _, action := range p.accounts.Grantable() {
		if p.core.Rights().May(actor, action) {
			scopes = append(scopes, action)
		}
	}
	return scopes
}

func (p *Pages) history(ctx context.Context, id ledger.AccountID) ([]entryRow, error) {
	entries, err := p.accounts.History(ctx, id)
	if err != nil {
		return nil, err
	}
	var ids []ledger.AccountID
	for _, e := range entries {
		ids = append(ids, ledger.AccountID(e.Actor.ID))
	}
	persons, err := p.accounts.Persons(ctx, ids...)
	if err != nil {
		return nil, err
	}
	rows := make([]entryRow, len(entries))
	for i, e := range entries {
		rows[i] = entryRow{Entry: e, actor: persons[ledger.AccountID(e.Actor.ID)], action: page.Of(ctx).Text(p.core.Rights().ActionTitle(access.Action(e.Action)))}
		if rows[i].actor == "" {
			rows[i].actor = e.Actor.ID
		}
	}
	return rows, nil
}

func (p *Pages) reset(w http.ResponseWriter, r *http.Request) error {
	account, err := p.accounts.One(r.Context(), ledger.AccountID(r.PathValue("id")))
	if err != nil {
		return err
	}
	var first credential.Secret
	if first, err = p.accounts.Reset(r.Context(), account.ID); err != nil {
		return again(r, err, func(e page.Errors) error {
			return p.showOne(w, r, http.StatusUnprocessableEntity, func(d *dossier) { d.errors = e })
		})
	}
	return web.Show(w, r, firstPage(account.Account, first, false))
}
