package accounts

import (
	"net/http"

	"luoshi/internal/access/credential"
	"luoshi/internal/service"
	"luoshi/internal/service/identity"
	"luoshi/internal/web"
	"luoshi/internal/web/page"
)

// profile is everybody's own page.
type profile struct {
	account   identity.Account
	unit      string
	posts     []heldPost
	hasFactor bool
	errors    page.Errors
}

// heldPost is a post as its holder reads it.
type heldPost struct{ role, unit, standsInFor string }

func (p *Pages) own(w http.ResponseWriter, r *http.Request) error {
	return p.showOwn(w, r, http.StatusOK, page.Errors{})
}

func (p *Pages) showOwn(w http.ResponseWriter, r *http.Request, status int, e page.Errors) error {
	ctx := r.Context()
	account, err := p.accounts.Own(ctx)
	if err != nil {
		return err
	}
	units, err := p.unitNames(ctx)
	if err != nil {
		return err
	}
	shown := profile{account: account, unit: units.of(account.Unit), errors: e}
	if shown.hasFactor, err = p.accounts.HasFactor(ctx); err != nil {
		return err
	}
	for _, post := range service.CallerOf(ctx).Actor.Posts {
		held := heldPost{role: page.Of(ctx).Text(p.core.Rights().Title(post.Role)), unit: units.of(post.Unit)}
		if post.For != "" {
			persons, err := p.accounts.Persons(ctx, post.For)
			if err != nil {
				return err
			}
			held.standsInFor = persons[post.For]
		}
		shown.posts = append(shown.posts, held)
	}
	return web.ShowStatus(w, r, status, ownPage(shown))
}

func (p *Pages) beginFactor(w http.ResponseWriter, r *http.Request) error {
	if _, err := p.accounts.BeginFactor(r.Context()); err != nil {
		return err
	}
	return web.Redirect(w, r, "/account/factor")
}

func (p *Pages) factor(w http.ResponseWriter, r *http.Request) error {
	return p.showFactor(w, r, http.StatusOK, page.Errors{})
}

func (p *Pages) showFactor(w http.ResponseWriter, r *http.Request, status int, e page.Errors) error {
	enrolment, err := p.accounts.PendingFactor(r.Context())
	if service.HasCode(err, "factor.absent") {
		return web.Redirect(w, r, "/account")
	}
	if err != nil {
		return err
	}
	drawn, err := squareOf(enrolment.URI)
	if err != nil {
		return err
	}
	return web.ShowStatus(w, r, status, factorPage(enrolment, drawn, e))
}

func (p *Pages) confirmFactor(w http.ResponseWriter, r *http.Request) error {
	codes, err := p.accounts.ConfirmFactor(r.Context(), r.PostFormValue("code"))
	if err != nil {
		return again(r, err, func(e page.Errors) error { return p.showFactor(w, r, http.StatusUnprocessableEntity, e) })
	}
	return web.Show(w, r, recoveryPage(codes))
}

func (p *Pages) removeFactor(w http.ResponseWriter, r *http.Request) error {
	err := p.accounts.RemoveFactor(r.Context(), credential.NewSecret(r.PostFormValue("password")))
	if err != nil {
		return again(r, err, func(e page.Errors) error { return p.showOwn(w, r, http.StatusUnprocessableEntity, e) })
	}
	return done(w, r, "/account", "account.factor.removed")
}

func (p *Pages) sessions(w http.ResponseWriter, r *http.Request) error {
	visits, err := p.accounts.Visits(r.Context(), service.CallerOf(r.Context()).Account())
	if err != nil {
		return err
	}
	return web.Show(w, r, sessionsPage(visits, web.VisitorOf(r.Context()).Session))
}

func (p *Pages) endSession(w http.ResponseWriter, r *http.Request) error {
	if err := p.accounts.EndVisit(r.Context(), r.PathValue("id")); err != nil {
		return err
	}
	return done(w, r, "/account/sessions", "account.session.ended")
}

func (p *Pages) endOthers(w http.ResponseWriter, r *http.Request) error {
	if err := p.accounts.EndOthers(r.Context(), web.Cookie(r)); err != nil {
		return err
	}
	return done(w, r, "/account/sessions", "account.sessions.ended")
}

func (p *Pages) tokens(w http.ResponseWriter, r *http.Request) error {
	tokens, err := p.accounts.Tokens(r.Context(), service.CallerOf(r.Context()).Account())
	if err != nil {
		return err
	}
	return web.Show(w, r, tokensPage(tokenRows{tokens: tokens, rights: p.core.Rights(), now: p.core.Store().Now()}))
}

func (p *Pages) drawToken(w http.ResponseWriter, r *http.Request) error {
	token, err := p.accounts.Draw(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	return web.Show(w, r, drawnPage(token))
}
