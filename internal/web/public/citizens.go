package public

import (
	"errors"
	"io"
	"net/http"

	"luoshi/internal/access/rate"
	"luoshi/internal/service/publication"
	"luoshi/internal/web"
	"luoshi/internal/web/page"
)

// perAddress is how often somebody may speak from one address, and anyone from all together: enough for people, too
// little for programs.
var (
	perAddress = rate.Rate{Burst: 10, Second: 10.0 / 3600}
	altogether = rate.Rate{Burst: 300, Second: 300.0 / 3600}
)

// maySpeak counts who speaks.
func (p *Pages) maySpeak(r *http.Request) error {
	wait := p.voices.Take("voice "+web.Address(r.Context()), perAddress)
	if wait == 0 {
		wait = p.voices.Take("voices", altogether)
	}
	if wait > 0 {
		return publication.TooOften(wait)
	}
	return nil
}

// again shows a promise with what is wrong with something that somebody typed.
func (p *Pages) again(w http.ResponseWriter, r *http.Request, err error) error {
	found, mendable := page.Of(r.Context()).ErrorsOf(err)
	var was *publication.Gone
	if !mendable && !errors.As(err, &was) {
		return err
	}
	view, failed := p.promiseView(r)
	if failed != nil {
		return p.orGone(w, r, failed)
	}
	status := http.StatusUnprocessableEntity
	if publication.IsTooOften(err) {
		status = http.StatusTooManyRequests
	}
	view.Errors, view.email, view.words = found, r.PostFormValue("email"), r.PostFormValue("words")
	return show(w, r, status, view.Title, promisePage(view))
}

func promiseURL(r *http.Request) string {
	return base + "/" + r.PathValue("plan") + "/promises/" + r.PathValue("key")
}

func (p *Pages) follow(w http.ResponseWriter, r *http.Request) error {
	if err := p.maySpeak(r); err != nil {
		return p.again(w, r, err)
	}
	err := p.uses.Ask(r.Context(), r.PathValue("plan"), r.PathValue("key"), r.PostFormValue("email"), string(page.Of(r.Context()).Lang))
	if err != nil {
		return p.again(w, r, err)
	}
	web.Flash(w, r, page.Success, "public.follow.asked")
	return web.Redirect(w, r, promiseURL(r))
}

// send takes in what somebody says. Programs fill the field that nobody sees; they are thanked and not heard.
func (p *Pages) send(w http.ResponseWriter, r *http.Request) error {
	if r.PostFormValue("website") != "" {
		web.Flash(w, r, page.Success, "public.feedback.taken")
		return web.Redirect(w, r, promiseURL(r))
	}
	if err := p.maySpeak(r); err != nil {
		return p.again(w, r, err)
	}
	receipt, err := p.uses.Send(r.Context(), r.PathValue("plan"), r.PathValue("key"), r.PostFormValue("words"))
	if err != nil {
		return p.again(w, r, err)
	}
	web.Flash(w, r, page.Success, "public.feedback.taken")
	return web.Redirect(w, r, "/voices/feedback/"+receipt)
}

func (p *Pages) following(w http.ResponseWriter, r *http.Request) error {
	f, err := p.uses.Following(r.Context(), r.PathValue("secret"))
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, page.T(r.Context(), "public.follow"), followPage(f))
}

func (p *Pages) confirm(w http.ResponseWriter, r *http.Request) error {
	if err := p.uses.Confirm(r.Context(), r.PathValue("secret")); err != nil {
		return err
	}
	web.Flash(w, r, page.Success, "public.follow.confirmed")
	return web.Redirect(w, r, "/voices/follows/"+r.PathValue("secret"))
}

func (p *Pages) stop(w http.ResponseWriter, r *http.Request) error {
	if err := p.uses.Stop(r.Context(), r.PathValue("secret")); err != nil {
		return err
	}
	web.Flash(w, r, page.Success, "public.follow.stopped")
	return web.Redirect(w, r, base)
}

// stopAll is the one click of a program for mail, which sends nobody's cookies and follows no further (RFC 8058).
func (p *Pages) stopAll(w http.ResponseWriter, r *http.Request) error {
	if err := p.uses.StopAll(r.Context(), r.PathValue("secret")); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, err := io.WriteString(w, page.T(r.Context(), "public.follow.stopped")+"\n")
	return err
}

func (p *Pages) answered(w http.ResponseWriter, r *http.Request) error {
	f, err := p.uses.Answered(r.Context(), r.PathValue("receipt"))
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, page.T(r.Context(), "public.feedback"), answeredPage(f))
}
