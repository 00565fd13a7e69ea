package html

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// void elements have no end.
var void = set(atom.Area, atom.Base, atom.Br, atom.Col, atom.Embed, atom.Hr, atom.Img, atom.Input, atom.Link,
	atom.Meta, atom.Param, atom.Source, atom.Track, atom.Wbr, atom.Frame, atom.Bgsound)

// unseen elements show none of their text on the page, or text that is not of it.
var unseen = set(atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Iframe, atom.Object, atom.Audio, atom.Video,
	atom.Canvas, atom.Select, atom.Datalist, atom.Textarea, atom.Svg, atom.Button, atom.Rt, atom.Rp, atom.Noframes, atom.Noembed)

// blocks are the containers that set their text apart from what is around them.
var blocks = set(atom.Html, atom.Body, atom.Div, atom.Section, atom.Article, atom.Main, atom.Nav, atom.Aside, atom.Header, atom.Footer,
	atom.Ul, atom.Ol, atom.Dl, atom.Blockquote, atom.Pre, atom.Address, atom.Fieldset, atom.Form, atom.Center, atom.Figure,
	atom.Figcaption, atom.Details, atom.Summary, atom.Dialog, atom.Hgroup, atom.Menu, atom.Search, atom.Legend)

// endedBy says, for elements whose end tag may be left out, which start tags imply their end, and
// which end tags of elements around them do.
var endedBy = map[atom.Atom]struct{ starts, ends map[atom.Atom]bool }{
	atom.P:  {set(atom.P, atom.Div, atom.Table, atom.Ul, atom.Ol, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6), set(atom.Div, atom.Td, atom.Body, atom.Section, atom.Article)},
	atom.Li: {set(atom.Li), set(atom.Ul, atom.Ol)},
	atom.Td: {set(atom.Td, atom.Th, atom.Tr), set(atom.Tr, atom.Table, atom.Tbody, atom.Thead, atom.Tfoot)},
	atom.Th: {set(atom.Td, atom.Th, atom.Tr), set(atom.Tr, atom.Table, atom.Tbody, atom.Thead, atom.Tfoot)},
	atom.Tr: {set(atom.Tr, atom.Tbody), set(atom.Table, atom.Tbody, atom.Thead, atom.Tfoot)},
	atom.Rt: {set(atom.Rt, atom.Rp), set(atom.Ruby)},
	atom.Rp: {set(atom.Rt, atom.Rp), set(atom.Ruby)},
}

func set(tags ...atom.Atom) map[atom.Atom]bool {
	s := make(map[atom.Atom]bool, len(tags))
	for _, tag := range tags {
		s[tag] = true
	}
	return s
}

// skip passes over an element that shows nothing. The tag that implies its end is acted on.
func (r *reader) skip(tag atom.Atom, name string) error {
	if void[tag] {
		return nil
	}
	implied := endedBy[tag]
	for depth := 1; depth > 0; {
		if err := r.tally.Step(); err != nil {
			return err
		}
		switch r.tokens.Next() {
		case html.ErrorToken:
			return r.end(r.tokens.Err())
		case html.StartTagToken:
			raw, more := r.tokens.TagName()
			inner := atom.Lookup(raw)
			switch {
			case depth == 1 && implied.starts[inner]:
				return r.actOnStart(inner, string(raw), more)
			case inner == tag && string(raw) == name:
				depth++
			}
		case html.EndTagToken:
			raw, _ := r.tokens.TagName()
			inner := atom.Lookup(raw)
			switch {
			case inner == tag && string(raw) == name:
				depth--
			case depth == 1 && implied.ends[inner]:
				return r.endTag(inner, string(raw))
			}
		}
	}
	return nil
}
