package signin

import (
	"net/url"

	"luoshi/internal/access"
)

// asURL fills in the name and the password of an account of a demonstration.
func asURL(name, next string) string {
	query := url.Values{"as": {name}}
	if next != "/" {
		query.Set("next", next)
	}
	return "/sign-in?" + query.Encode()
}

// cast is the accounts of a demonstration that hold one role: some in sight, the others to be opened.
type cast struct {
	role          access.Text
	first, others []Shown
}

// inSight is how many accounts of each role are in sight, so that one of every role is.
const inSight = 2

// casts are the accounts by role, in the order in which the roles come.
func casts(shown []Shown) []cast {
	var all []cast
	at := map[access.Text]int{}
	for _, s := range shown {
		i, known := at[s.Role]
		if !known {
			i = len(all)
			at[s.Role] = i
			all = append(all, cast{role: s.Role})
		}
		if len(all[i].first) < inSight {
			all[i].first = append(all[i].first, s)
		} else {
			all[i].others = append(all[i].others, s)
		}
	}
	return all
}
