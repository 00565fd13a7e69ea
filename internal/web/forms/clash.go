package forms

import (
	"net/http"

	"luoshi/internal/service/catalogue"
	"luoshi/internal/web/page"
)

// Clash is what a page says of a conflict: who changed the record meanwhile and when, as the log knows it, and what
// differs. An account without a name is called by its identifier; persons may be nil.
func Clash(r *http.Request, from *catalogue.Service, persons Persons, conflict error, url string, fields []page.Difference) (*page.Clash, error) {
	ctx, c := r.Context(), &page.Clash{URL: url, Fields: fields}
	last, err := from.Meanwhile(ctx, conflict)
	if err != nil || last.Account == "" {
		return c, err
	}
	c.Who, c.When = string(last.Account), page.Of(ctx).Time(last.Time)
	if persons == nil {
		return c, nil
	}
	named, err := persons(ctx, last.Account)
	if name := named[last.Account]; name != "" {
		c.Who = name
	}
	return c, err
}
