package api

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"luoshi/internal/store"
	"luoshi/ledger"
)

// Paged is which part of a list is asked for.
type Paged struct {
	Limit int    `query:"limit" minimum:"1" maximum:"500" default:"50" doc:"How many at most"`
	After string `query:"after" maxLength:"2000" doc:"The next of the part before"`
	Order string `query:"order" maxLength:"40" doc:"By what it is ordered; “-” in front turns the order round. By age where empty"`

	here url.URL
}

// Resolve remembers the address, for the link to the next part.
func (p *Paged) Resolve(ctx huma.Context) []error {
	p.here = ctx.URL()
	return nil
}

// page is the part as the store knows it.
func (p *Paged) page() store.Page {
	name, descending := strings.CutPrefix(p.Order, "-")
	return store.Page{Order: name, Descending: descending, Limit: p.Limit, After: p.After}
}

// orders says in which orders a list can be had, besides that by age.
func (a *API) orders(name string, orders ...string) {
	known := []any{}
	for _, order := range orders {
		known = append(known, order)
	}
	for _, p := range a.described(a.catalog.byName[name]).Parameters {
		if p.Name == "order" {
			p.Schema.Enum = known
			if len(known) == 0 {
				// The list has one order.
				p.Schema.MaxLength = new(int)
			}
			p.Schema.PrecomputeMessages()
		}
	}
}

// bothWays are orders and their reverses.
func bothWays(orders ...string) []string {
	var all []string
	for _, order := range orders {
		all = append(all, order, "-"+order)
	}
	return all
}

// List is a part of a list.
type List[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty" doc:"Pass it as after for the next part; absent at the end"`
}

// many is the answer with a part of a list.
type many[T any] struct {
	Link string `header:"Link" doc:"The next part, rel=next (RFC 8288)"`
	Body List[T]
}

// listed is a part of a list as the answer.
func listed[T any](p *Paged, next string, items []T) *many[T] {
	out := &many[T]{Body: List[T]{Items: items, Next: next}}
	if out.Body.Items == nil {
		out.Body.Items = []T{}
	}
	if next != "" {
		there := url.URL{Path: p.here.Path}
		query := p.here.Query()
		query.Set("after", next)
		query.Set("limit", strconv.Itoa(p.Limit))
		there.RawQuery = query.Encode()
		out.Link = "<" + there.String() + `>; rel="next"`
	}
	return out
}

// shown are records as an API shows them.
func shown[T, V any](records []store.Record[T], show func(store.Record[T]) V) []V {
	items := make([]V, len(records))
	for i, r := range records {
		items[i] = show(r)
	}
	return items
}

// cursorWords say that a place in a list is none.
var cursorWords = ledger.Wording{ZH: "翻页位置无效，请从第一页重新开始。", EN: "The place in the list is not valid; begin again at the first page."}

// badPlace says that a place in a list was never given out.
func badPlace(ctx context.Context) *Problem {
	words := exchangeOf(ctx).in(cursorWords)
	p := problemOf(ctx, kindInvalid).because("page.cursor", words)
	p.Errors = []Wrong{{Place: "/query/after", Code: "page.cursor", Message: words}}
	return p
}
