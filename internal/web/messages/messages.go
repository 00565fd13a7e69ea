// Package messages is the pages of messages: the inbox of whoever has signed in, how he wants to be told, and for those
// who keep the server the robots of group chats and the record of everything that was sent.
package messages

import (
	_ "embed" // the words
	"errors"
	"net/http"

	"luoshi/internal/service"
	"luoshi/internal/service/message"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
)

//go:embed words.txt
var wordsFile string

var _ = page.Words(wordsFile)

// Pages are the pages of messages.
type Pages struct {
	core     *service.Core
	messages *message.Service
	persons  forms.Persons
}

// New makes the pages.
func New(core *service.Core, messages *message.Service, persons forms.Persons) *Pages {
	return &Pages{core: core, messages: messages, persons: persons}
}

// Routes are the routes of the pages.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /messages", Handler: p.inbox},
		{Pattern: "POST /messages/read", Handler: p.readAll},
		{Pattern: "POST /messages/{id}/open", Handler: p.open},
		{Pattern: "POST /messages/{id}/unread", Handler: p.unsee},
		{Pattern: "GET /messages/settings", Handler: p.settings},
		{Pattern: "POST /messages/settings", Handler: p.choose},
		{Pattern: "POST /messages/settings/try", Handler: p.tryMail},
		{Pattern: "GET /messages/sent", Handler: p.sent},
		{Pattern: "POST /messages/sent/{id}/resend", Handler: p.resend},
		{Pattern: "GET /channels", Handler: p.channels},
		{Pattern: "POST /channels", Handler: p.addRobot},
		{Pattern: "GET /channels/new", Handler: p.newRobot},
		{Pattern: "GET /channels/rules", Handler: p.rules},
		{Pattern: "POST /channels/rules", Handler: p.setRules},
		{Pattern: "GET /channels/{id}", Handler: p.editRobot},
		{Pattern: "POST /channels/{id}", Handler: p.changeRobot},
		{Pattern: "POST /channels/{id}/try", Handler: p.tryRobot},
		{Pattern: "POST /channels/{id}/remove", Handler: p.removeRobot},
	}
}

const (
	inboxURL    = "/messages"
	settingsURL = "/messages/settings"
	sentURL     = "/messages/sent"
	channelsURL = "/channels"
	rulesURL    = "/channels/rules"
)

// done says that something was done, and leads on.
func done(w http.ResponseWriter, r *http.Request, to, key string) error {
	web.Flash(w, r, page.Success, key)
	return web.Redirect(w, r, to)
}

// mendable adds what is wrong with a form to its fields, by the codes of the faults that speak of them; it returns every
// other error.
func mendable(r *http.Request, errs *page.Errors, fields map[string]string, err error) error {
	var fault *service.Fault
	if !errors.As(err, &fault) {
		return err
	}
	errs.Add(fields[fault.Code], page.Of(r.Context()).Wording(fault.Words))
	return nil
}
