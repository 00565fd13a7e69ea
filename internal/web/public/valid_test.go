package public_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// void are the elements that have no end.
var void = []string{"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}

// within is where an element has to stand directly.
var within = map[string][]string{
	"li": {"ul", "ol"}, "dt": {"dl", "div"}, "dd": {"dl", "div"}, "tr": {"thead", "tbody", "tfoot"}, "td": {"tr"}, "th": {"tr"}, "thead": {"table"},
	"tbody": {"table"}, "caption": {"table"}, "option": {"select"}, "legend": {"fieldset"}, "summary": {"details"}, "title": {"head", "svg"}, "meta": {"head"},
}

// only are elements that hold nothing but these.
var only = map[string][]string{
	"ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd", "div"}, "tr": {"td", "th"}, "thead": {"tr"}, "tbody": {"tr"}, "table": {"caption", "thead", "tbody"},
	"select": {"option"},
}

// blocks cannot stand in a paragraph.
var blocks = []string{"address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "header", "hr", "main", "nav", "ol", "p", "pre", "section", "table", "ul"}

// validity is what is wrong with a page, as a validator sees it.
type validity struct {
	open   []string
	ids    map[string]int
	refers []string // identifiers that something refers to
	h1     int
	found  []string
}

func (v *validity) say(format string, args ...any) {
	v.found = append(v.found, fmt.Sprintf(format, args...))
}

// validate reads a page tag by tag, as it was written and not as a browser mends it.
func validate(text []byte) []string {
	v := &validity{ids: map[string]int{}}
	if !bytes.HasPrefix(bytes.ToLower(text), []byte("<!doctype html>")) {
		v.say("it begins with %.20q", text)
	}
	for z := html.NewTokenizer(bytes.NewReader(text)); ; {
		kind := z.Next()
		token := z.Token()
		switch kind {
		case html.ErrorToken:
			if !errors.Is(z.Err(), io.EOF) {
				v.say("it cannot be read: %v", z.Err())
			}
			return v.end()
		case html.StartTagToken, html.SelfClosingTagToken:
			v.begin(token)
		case html.EndTagToken:
			if n := len(v.open); n == 0 || v.open[n-1] != token.Data {
				v.say("</%s> ends %v", token.Data, v.open)
			} else {
				v.open = v.open[:n-1]
			}
		}
	}
}

func (v *validity) begin(t html.Token) {
	parent := ""
	if n := len(v.open); n > 0 {
		parent = v.open[n-1]
	}
	if allowed, bound := within[t.Data]; bound && !slices.Contains(allowed, parent) {
		v.say("<%s> stands in <%s>", t.Data, parent)
	}
	if allowed, bound := only[parent]; bound && !slices.Contains(allowed, t.Data) {
		v.say("<%s> holds <%s>", parent, t.Data)
	}
	if slices.Contains(blocks, t.Data) && slices.Contains(v.open, "p") {
		v.say("<%s> stands in a paragraph", t.Data)
	}
	for _, never := range []string{"a", "button", "form"} {
		if t.Data == never && slices.Contains(v.open, never) {
			v.say("<%s> stands in another one", never)
		}
	}
	if t.Data == "h1" {
		v.h1++
	}
	v.attributes(t)
	if !slices.Contains(void, t.Data) && t.Type == html.StartTagToken {
		v.open = append(v.open, t.Data)
	}
}

func (v *validity) attributes(t html.Token) {
	has := map[string]string{}
	for _, a := range t.Attr {
		if _, twice := has[a.Key]; twice {
			v.say("<%s> has %s twice", t.Data, a.Key)
		}
		has[a.Key] = a.Val
		switch a.Key {
		case "id":
			v.ids[a.Val]++
		case "for", "aria-labelledby", "aria-describedby", "aria-controls":
			v.refers = append(v.refers, strings.Fields(a.Val)...)
		case "style", "onclick", "onload":
			v.say("<%s> has %s", t.Data, a.Key)
		case "href", "src", "action":
			if strings.ContainsAny(a.Val, " \"<>") {
				v.say("%s is %q", a.Key, a.Val)
			}
		}
	}
	for element, needed := range map[string]string{"img": "alt", "html": "lang", "a": "href", "th": "scope"} {
		if _, there := has[needed]; t.Data == element && !there {
			v.say("<%s> has no %s", element, needed)
		}
	}
}

func (v *validity) end() []string {
	if len(v.open) > 0 {
		v.say("%v never end", v.open)
	}
	for id, n := range v.ids {
		if n > 1 || id == "" {
			v.say("the identifier %q stands %d times", id, n)
		}
	}
	for _, id := range v.refers {
		if v.ids[id] == 0 {
			v.say("there is no %q", id)
		}
	}
	if v.h1 != 1 {
		v.say("%d headings of the first rank", v.h1)
	}
	return v.found
}
