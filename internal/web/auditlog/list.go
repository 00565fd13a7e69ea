package auditlog

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"luoshi/calendar"
	"luoshi/internal/audit"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/page"
)

// register is the list of entries.
type register struct {
	naming
	list    page.List
	entries []audit.Entry
	actions []page.Option
}

func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	found, err := p.register(r, queryOf(r.URL.Query()))
	if err != nil {
		return err
	}
	names, err := p.operations.Actions(r.Context())
	if err != nil {
		return err
	}
	found.actions = []page.Option{{Label: found.T("auditlog.any")}}
	for _, name := range names {
		found.actions = append(found.actions, page.Option{Value: name, Label: found.action(name)})
	}
	return web.Show(w, r, listPage(found))
}

// register is the part of the log that a query asks for.
func (p *Pages) register(r *http.Request, q audit.Query) (register, error) {
	v := page.Of(r.Context())
	list := page.ListOf(r,
		page.Column{Title: v.T("auditlog.number"), Number: true}, page.Column{Title: v.T("auditlog.time")}, page.Column{Title: v.T("auditlog.actor")},
		page.Column{Title: v.T("auditlog.action")}, page.Column{Title: v.T("auditlog.object")}, page.Column{Title: v.T("auditlog.change"), Narrow: true})
	q.Limit = list.Limit
	q.Before, _ = strconv.ParseInt(list.After, 10, 64) // a broken cursor shows the newest
	entries, next, err := p.operations.Entries(r.Context(), q)
	if err != nil {
		return register{}, err
	}
	if next > 0 {
		list.Next = strconv.FormatInt(next, 10)
	}
	n, err := p.naming(r.Context(), entries...)
	return register{naming: n, list: list, entries: entries}, err
}

// queryOf reads the filters. What cannot be read does not narrow the list.
func queryOf(typed url.Values) audit.Query {
	text := func(name string) string { return strings.TrimSpace(typed.Get(name)) }
	q := audit.Query{Actor: text("actor"), Kind: text("kind"), Object: text("object"), Action: text("action")}
	q.From = startOf(text("from"), 0)
	q.Until = startOf(text("until"), 1)
	return q
}

// startOf is the beginning of a day in the district, or of one some days later; zero where it is no day.
func startOf(text string, later int) time.Time {
	day, err := calendar.ParseDate(text)
	if err != nil {
		return time.Time{}
	}
	return time.Date(int(day.Year), time.Month(day.Month), int(day.Day)+later, 0, 0, 0, 0, service.Zone())
}

func (p *Pages) history(w http.ResponseWriter, r *http.Request) error {
	object := audit.Object{Kind: r.PathValue("kind"), ID: r.PathValue("id")}
	found, err := p.register(r, audit.Query{Kind: object.Kind, Object: object.ID})
	if err != nil {
		return err
	}
	if len(found.entries) == 0 && found.list.After == "" {
		return &store.NotFound{Kind: object.Kind, ID: object.ID}
	}
	return web.Show(w, r, historyPage(found, object))
}
