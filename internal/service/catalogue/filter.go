package catalogue

import (
	"strings"

	"github.com/uptrace/bun"

	"luoshi/internal/store"
)

// containing is a filter for records that have all words in one of the columns each, whatever their case. No
// words let everything through.
func containing(words string, columns ...string) store.Filter {
	return func(q *bun.SelectQuery) *bun.SelectQuery {
		for _, word := range strings.Fields(words) {
			q = q.WhereGroup(" AND ", func(q *bun.SelectQuery) *bun.SelectQuery {
				for _, column := range columns {
					q = q.WhereOr("lower(?TableAlias.?) LIKE ? ESCAPE '\\'", bun.Ident(column), "%"+literal(strings.ToLower(word))+"%")
				}
				return q
			})
		}
		return q
	}
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
