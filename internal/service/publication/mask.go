package publication

import "regexp"

// personal is what looks like something of a person: telephone numbers, numbers of identity cards, addresses of e-mail.
var personal = regexp.MustCompile(`\b1[3-9]\d{9}\b|\b\d{17}[\dXx]\b|\b0\d{2,3}-\d{7,8}\b|[\w.+-]+@[\w-]+(\.[\w-]+)+`)

// hidden stands where something of a person stood.
const hidden = "＊＊＊"

// masked is a text of a unit without what looks personal in it. The plan's own words are public and stay as they are.
func masked(text string) string { return personal.ReplaceAllString(text, hidden) }
