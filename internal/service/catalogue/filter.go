package catalogue

import (
	"errors"
	"strings"

	"github.com/uptrace/bun"

	"luoshi/internal/service"
	"luoshi/internal/store"
)

// containing is a filter for records that have all words in one of the columns each, whatever their case. No
// words let everything through.
func containing(words string, columns ...string) store.Filter {
	return func(q *bun.SelectQuery) *bun.SelectQuery {
		for _, word := range strings.Fields(words) {
			q = q.WhereGroup(" AND ", func(q *bun.SelectQuery) *bun.SelectQuery {
				for _, column := range columns {
					q = q.WhereOr("lower(?TableAlias.?) LIKE ? ESCAPE '\\'", bun.Ident(column), "%"+literal(small(word))+"%")
				}
				return q
			})
		}
		return q
	}
}

// small is a text with the letters of ASCII made small, as lower does in both databases.
func small(text string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, text)
}

// readable is an error of a list in words of a use case: a place in the list that is none is the address's fault.
func readable(err error) error {
	var fault *store.Fault
	if errors.As(err, &fault) {
		return &service.Fault{Code: fault.Code, Words: fault.Words, Cause: err}
	}
	return err
}

// literal is a text as LIKE takes it letter by letter.
func literal(text string) string {
	return strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(text)
}

// joined is all filters as one.
func joined(filters []store.Filter) store.Filter {
	return func(q *bun.SelectQuery) *bun.SelectQuery {
		for _, filter := range filters {
			q = filter(q)
		}
		return q
	}
}
