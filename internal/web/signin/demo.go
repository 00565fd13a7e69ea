package signin

import "net/url"

// asURL fills in the name and the password of an account of a demonstration.
func asURL(name, next string) string {
	query := url.Values{"as": {name}}
	if next != "/" {
		query.Set("next", next)
	}
	return "/sign-in?" + query.Encode()
}
