package assets

import "path"

// Content is a file as it is given out, and the name it has there, for whoever gives it out elsewhere; false where there
// is none of that name.
func Content(name string) (file string, content []byte, ok bool) {
	a := all()[name]
	if a == nil {
		return "", nil, false
	}
	return path.Base(a.url), a.plain, true
}
