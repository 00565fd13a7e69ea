package page

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"luoshi/internal/store"
)

// Column is a column of a list.
type Column struct {
	// Order is the name under which the list can be sorted by it, as the store knows it; empty where it cannot.
	Order string
	Title string
	// Number sets the column flush right.
	Number bool
	// Narrow columns are left out on a telephone.
	Narrow bool
}

// List is a list as its address asks for it: filters, order, and from where on.
type List struct {
	URL     *url.URL
	Columns []Column
	// Order is the column by which it is sorted; empty for the list's own order.
	Order      string
	Descending bool
	After      string
	Limit      int
	// Next is the cursor of the next part, set by the handler; empty behind the last.
	Next string
}

// The names that a list takes in an address; all others are filters.
const (
	orderKey, descendingKey, afterKey, limitKey = "sort", "desc", "after", "limit"
)

// ListOf reads what an address asks of a list. What it cannot do is left out, so that an old link still shows something.
func ListOf(r *http.Request, columns ...Column) List {
	q := r.URL.Query()
	l := List{URL: r.URL, Columns: columns, After: q.Get(afterKey)}
	asked := q.Get(orderKey)
	if asked != "" && slices.ContainsFunc(columns, func(c Column) bool { return c.Order == asked }) {
		l.Order, l.Descending = asked, q.Get(descendingKey) != ""
	}
	if n, err := strconv.Atoi(q.Get(limitKey)); err == nil && n > 0 {
		l.Limit = min(n, store.MaxLimit)
	}
	return l
}

// Page is the part that the store is asked for.
func (l List) Page() store.Page {
	return store.Page{Order: l.Order, Descending: l.Descending, After: l.After, Limit: l.Limit}
}

// Filter is what a filter was set to.
func (l List) Filter(name string) string { return strings.TrimSpace(l.URL.Query().Get(name)) }

// Filtered tells whether any filter is set, so that an empty list is the filter's doing.
func (l List) Filtered() bool {
	for key, values := range l.URL.Query() {
		if !slices.Contains([]string{orderKey, descendingKey, afterKey, limitKey, "lang"}, key) && strings.Join(values, "") != "" {
			return true
		}
	}
	return false
}

// NextURL is the address of the next part.
func (l List) NextURL() string { return withQuery(l.URL, afterKey, l.Next) }

// FirstURL is the address of the first part.
func (l List) FirstURL() string { return withQuery(l.URL, afterKey, "") }

// PlainURL is the address of the list without any filter.
func (l List) PlainURL() string { return l.URL.Path }

// At is the address of something else with the same filters and order: an export.
func (l List) At(path string) string {
	u := *l.URL
	u.Path = path
	return withQuery(&u, afterKey, "", limitKey, "", "lang", "")
}

// sortURL is the address of the list sorted by a column: upwards, and downwards where it is so already.
func (l List) sortURL(c Column) string {
	descending := ""
	if l.Order == c.Order && !l.Descending {
		descending = "1"
	}
	return withQuery(l.URL, orderKey, c.Order, descendingKey, descending, afterKey, "")
}

// sorted is what aria-sort says of a column.
func (l List) sorted(c Column) string {
	switch {
	case c.Order == "" || l.Order != c.Order:
		return "none"
	case l.Descending:
		return "descending"
	default:
		return "ascending"
	}
}

func (l List) sortIcon(c Column) string {
	switch l.sorted(c) {
	case "ascending":
		return "sort-up"
	case "descending":
		return "sort-down"
	default:
		return "sort"
	}
}

// SavedView is a list with filters and order that an account keeps under a name.
type SavedView struct {
	ID, Name, URL string
}

// query is what a view of the list is saved as: filters and order.
func (l List) query() string {
	_, query, _ := strings.Cut(l.At(l.URL.Path), "?")
	return query
}
