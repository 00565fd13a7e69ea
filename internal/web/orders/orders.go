// Package orders is the pages of supervision: the list of orders with what waits in each state, a new order from nothing, from
// a promise or from red lights, one order with its clocks, replies and steps, its printed sheet, how units do by orders, and
// the rules by which orders are timed and numbered.
package orders

import (
	"context"
	_ "embed" // the words
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode"

	"luoshi/calendar"
	"luoshi/flow"
	"luoshi/internal/service"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/catalogue/table"
	"luoshi/internal/service/progress"
	uses "luoshi/internal/service/supervision"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/supervision"
)

//go:embed words.txt
var wordsFile string

var _ = page.Words(wordsFile)

// Pages are the pages of supervision.
type Pages struct {
	core      *service.Core
	uses      *uses.Service
	progress  *progress.Service
	catalogue *catalogue.Service
	persons   forms.Persons
}

// New makes the pages. Persons may be nil: then accounts are called by their identifiers.
func New(core *service.Core, supervision *uses.Service, progress *progress.Service, catalogue *catalogue.Service, persons forms.Persons) *Pages {
	return &Pages{core: core, uses: supervision, progress: progress, catalogue: catalogue, persons: persons}
}

const (
	// long is how long steps of many orders, exports and uploads may take.
	long = 2 * time.Minute
	// replyBytes bounds a reply with all its files.
	replyBytes = 220 << 20
)

// Routes are the routes of the pages.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /orders", Handler: p.list},
		{Pattern: "POST /orders", Handler: p.draft},
		{Pattern: "GET /orders.xlsx", Handler: p.export, Time: long},
		{Pattern: "POST /orders/steps", Handler: p.takeMany, Time: long},
		{Pattern: "GET /orders/new", Handler: p.newOrder},
		{Pattern: "GET /orders/red", Handler: p.red},
		{Pattern: "POST /orders/red", Handler: p.draftRed, Time: long},
		{Pattern: "GET /orders/units", Handler: p.units},
		{Pattern: "GET /orders/settings", Handler: p.settings},
		{Pattern: "POST /orders/settings", Handler: p.saveSettings},
		{Pattern: "GET /orders/{id}", Handler: p.order},
		{Pattern: "GET /orders/{id}/sheet", Handler: p.sheet},
		{Pattern: "GET /orders/{id}/sheet.docx", Handler: p.sheetWord},
		{Pattern: "GET /orders/{id}/edit", Handler: p.editOrder},
		{Pattern: "POST /orders/{id}/edit", Handler: p.edit},
		{Pattern: "POST /orders/{id}/steps", Handler: p.step},
		{Pattern: "POST /orders/{id}/sign", Handler: p.sign},
		{Pattern: "POST /orders/{id}/urge", Handler: p.urge},
		{Pattern: "POST /orders/{id}/replies", Handler: p.reply, Streams: true, Body: replyBytes, Time: long},
		{Pattern: "GET /orders/{id}/parts", Handler: p.parts},
		{Pattern: "POST /orders/{id}/parts", Handler: p.split},
		{Pattern: "GET /orders/{id}/evidence/{file}", Handler: p.evidence},
		{Pattern: "GET /orders/{id}/evidence/{file}/preview", Handler: p.preview},
	}
}

func orderID(r *http.Request) supervision.OrderID { return supervision.OrderID(r.PathValue("id")) }

// URL is the page of an order, or what is beneath it.
func URL(id supervision.OrderID, beneath string) string { return "/orders/" + string(id) + beneath }

// listURL is the list of orders, narrowed by pairs of filters and values.
func listURL(pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return "/orders"
	}
	return "/orders?" + q.Encode()
}

// StatesURL is the list of the orders in some states.
func StatesURL(states []string) string { return listURL("state", strings.Join(states, ",")) }

// CommitmentURL is the list of the orders about a commitment.
func CommitmentURL(id ledger.CommitmentID) string { return listURL("commitment", string(id)) }

// NewURL is the form of a new order about a commitment.
func NewURL(id ledger.CommitmentID) string {
	return "/orders/new?" + url.Values{"commitment": {string(id)}}.Encode()
}

// people are the names of the persons of accounts; an account without one is called by its identifier.
func (p *Pages) people(ctx context.Context, ids ...ledger.AccountID) (func(ledger.AccountID) string, error) {
	var named map[ledger.AccountID]string
	if p.persons != nil && len(ids) > 0 {
		var err error
		if named, err = p.persons(ctx, ids...); err != nil {
			return nil, err
		}
	}
	return func(id ledger.AccountID) string {
		if named[id] != "" {
			return named[id]
		}
		return string(id)
	}, nil
}

// refusal says in words why something was not done; ok is false where the program is at fault.
func refusal(v page.View, err error) (text string, ok bool) {
	var refused *service.Refused
	var missing *store.NotFound
	switch e, mendable := v.ErrorsOf(err); {
	case mendable:
		return strings.Join(e.All(), " "), true
	case errors.As(err, &refused):
		return v.Text(refused.Text()), true
	case errors.As(err, &missing):
		return v.T("orders.gone"), true
	case store.IsConflict(err):
		return v.T("orders.conflict"), true
	}
	return "", false
}

// stepTitle is what the button of a step says.
func stepTitle(v page.View, a *flow.Action) string {
	return capital(v.Wording(ledger.Wording{ZH: a.Title.Chinese, EN: a.Title.English}))
}

// capital begins a text as a heading begins.
func capital(text string) string {
	letters := []rune(text)
	if len(letters) > 0 {
		letters[0] = unicode.ToUpper(letters[0])
	}
	return string(letters)
}

// joined sets texts apart as the language does.
func joined(v page.View, texts []string) string {
	if v.Lang == page.English {
		return strings.Join(texts, ", ")
	}
	return strings.Join(texts, "\u3001")
}

// dateOf is a date as a field for dates or a person writes it; none where nothing was typed.
func dateOf(v page.View, e *page.Errors, text string) calendar.Date {
	span, ok := table.Span(text)
	if !ok || !span.IsZero() && span.From != span.To {
		e.Add("", v.T("forms.date", text))
	}
	return span.From
}
