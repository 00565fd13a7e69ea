// Package html reads web pages into parts: what a reader sees of them, with headings, data tables and
// the numbers of lists; navigation, page heads and feet are marked as furniture. Pages are read as a
// stream of tags, never as a tree, so that a hostile page costs no more than its size.
package html

import (
	"context"
	"errors"
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"luoshi/document/fault"
	"luoshi/document/limit"
	"luoshi/document/part"
	"luoshi/document/tally"
)

const (
	// longestToken bounds one tag or one run of text, in bytes; an image within an address is long.
	longestToken = 8 << 20
	// containersPerDepth is how many open elements weigh as much as one level of nesting elsewhere:
	// pages nest boxes for looks alone.
	containersPerDepth = 4
)

// Parts reads the visible text of a page in its order. The bytes may be in any encoding that the page
// declares, or in UTF-8 or GB18030 without declaring it. Every error is a *fault.Fault.
func Parts(ctx context.Context, data []byte, lim limit.Limits) ([]part.Part, error) {
	text, err := decode(data)
	if err != nil {
		return nil, err
	}
	r := &reader{
		tokens: html.NewTokenizer(strings.NewReader(text)),
		tally:  tally.New(ctx, lim),
	}
	r.tokens.SetMaxBuf(longestToken)
	r.flows = []*flow{{}}
	if err := r.read(); err != nil {
		return nil, err
	}
	parts := r.flows[0].parts
	if len(parts) == 0 {
		return nil, fault.New(fault.Empty, nil)
	}
	markTitle(parts, r.titles)
	return parts, nil
}

// reader walks through the tokens of a page.
type reader struct {
	tokens *html.Tokenizer
	tally  *tally.Tally
	open   []element // containers that are open
	flows  []*flow   // the page's and those of the cells that are open; never empty
	tables []*table  // that are open
	line   line      // the paragraph being collected
	titles []string  // what the page calls itself, outside of its visible text
}

// element is an open element that matters to what follows.
type element struct {
	tag       atom.Atom
	name      string // for elements without an atom
	furniture bool
	list      *list
}

// flow collects paragraphs and tables: of the page, or of one cell.
type flow struct{ parts []part.Part }

// read goes through the page.
func (r *reader) read() error {
	for {
		kind := r.tokens.Next()
		if err := r.tally.Step(); err != nil {
			return err
		}
		var err error
		switch kind {
		case html.ErrorToken:
			return r.end(r.tokens.Err())
		case html.TextToken:
			err = r.text(r.tokens.Text())
		case html.StartTagToken, html.SelfClosingTagToken:
			err = r.startTag()
		case html.EndTagToken:
			name, _ := r.tokens.TagName()
			err = r.endTag(atom.Lookup(name), string(name))
		}
		if err != nil {
			return err
		}
	}
}

// end closes what is open when the page ends.
func (r *reader) end(err error) error {
	if errors.Is(err, html.ErrBufferExceeded) {
		return fault.New(fault.TooLarge, err, fault.LimitText, tally.Size(longestToken))
	}
	if !errors.Is(err, io.EOF) {
		return fault.New(fault.Corrupt, err, "HTML", fault.DamageTags)
	}
	for len(r.tables) > 0 {
		if err := r.closeTable(); err != nil {
			return err
		}
	}
	return r.breakLine()
}

// text adds a run of text to the paragraph.
func (r *reader) text(run []byte) error {
	if err := r.tally.Text(len(run)); err != nil {
		return err
	}
	if r.within(atom.Pre) {
		return r.preformatted(run)
	}
	r.line.write(run)
	return nil
}

// preformatted adds text whose line breaks count.
func (r *reader) preformatted(run []byte) error {
	for i, line := range strings.Split(string(run), "\n") {
		if i > 0 {
			if err := r.breakLine(); err != nil {
				return err
			}
		}
		r.line.write([]byte(line))
	}
	return nil
}

// startTag acts on a start tag.
func (r *reader) startTag() error {
	name, more := r.tokens.TagName()
	return r.actOnStart(atom.Lookup(name), string(name), more)
}

// actOnStart acts on a start tag whose attributes are still to be read.
func (r *reader) actOnStart(tag atom.Atom, name string, more bool) error {
	a := r.attributes(more)
	switch {
	case tag == atom.Meta:
		if strings.EqualFold(a.name, "ArticleTitle") {
			r.titles = append(r.titles, a.content)
		}
		return nil
	case tag == atom.Title:
		return r.pageTitle()
	case tag == atom.Br:
		return r.lineBreak()
	case a.hidden || unseen[tag]:
		return r.skip(tag, name)
	}
	if isTablePart(tag) {
		return r.startTablePart(tag, a)
	}
	return r.startBlock(tag, name, a)
}

// startBlock opens a container, a heading or a list item; inline elements change nothing.
func (r *reader) startBlock(tag atom.Atom, name string, a attributes) error {
	switch {
	case headingDepth(tag) > 0:
		if err := r.breakLine(); err != nil {
			return err
		}
		r.line.heading = headingDepth(tag)
	case tag == atom.P, tag == atom.Hr, tag == atom.Dt, tag == atom.Dd:
		return r.breakLine()
	case tag == atom.Li:
		if err := r.breakLine(); err != nil {
			return err
		}
		if l := r.currentList(); l != nil {
			r.line.number = l.next(a.value)
		}
	case blocks[tag]:
		if err := r.breakLine(); err != nil {
			return err
		}
		return r.push(element{tag: tag, name: name, furniture: r.isFurniture(tag, a), list: newList(tag, a)})
	}
	return nil
}

// push opens an element, within the limit on nesting.
func (r *reader) push(e element) error {
	if n := len(r.open); n > 0 {
		e.furniture = e.furniture || r.open[n-1].furniture
	}
	r.open = append(r.open, e)
	return r.tally.Depth(len(r.open) / containersPerDepth)
}

// endTag closes an element and what was left open within it.
func (r *reader) endTag(tag atom.Atom, name string) error {
	switch {
	case isTablePart(tag):
		return r.endTablePart(tag)
	case headingDepth(tag) > 0:
		err := r.breakLine()
		r.line.heading = 0
		return err
	case tag == atom.P, tag == atom.Li, tag == atom.Dt, tag == atom.Dd:
		return r.breakLine()
	}
	for i := len(r.open) - 1; i >= 0 && r.open[i].tag != atom.Td; i-- {
		if r.open[i].tag == tag && r.open[i].name == name {
			if err := r.breakLine(); err != nil {
				return err
			}
			r.open = r.open[:i]
			return nil
		}
	}
	return nil
}

// lineBreak acts on <br>: a new paragraph, save in a heading, where it only fits the text to the page.
func (r *reader) lineBreak() error {
	if r.line.heading > 0 {
		r.line.breakHeading()
		return nil
	}
	return r.breakLine()
}

// breakLine ends the paragraph that is being collected.
func (r *reader) breakLine() error {
	p, ok := r.line.take()
	if !ok {
		return nil
	}
	if n := len(r.open); n > 0 {
		p.Furniture = r.open[n-1].furniture
	}
	into := r.flows[len(r.flows)-1]
	into.parts = append(into.parts, p)
	return r.tally.Part()
}

// pageTitle reads what stands in <title>.
func (r *reader) pageTitle() error {
	if r.tokens.Next() == html.TextToken && len(r.titles) < 8 {
		r.titles = append(r.titles, string(r.tokens.Text()))
	}
	return nil
}

// within tells whether an element of the tag is open.
func (r *reader) within(tag atom.Atom) bool {
	for _, e := range r.open {
		if e.tag == tag {
			return true
		}
	}
	return false
}

// currentList is the innermost list that is open within the current cell.
func (r *reader) currentList() *list {
	for i := len(r.open) - 1; i >= 0 && r.open[i].tag != atom.Td; i-- {
		if r.open[i].list != nil {
			return r.open[i].list
		}
	}
	return nil
}

// isFurniture tells whether a container surrounds the text rather than belonging to it. The head and
// foot of an article belong to the article.
func (r *reader) isFurniture(tag atom.Atom, a attributes) bool {
	switch tag {
	case atom.Nav, atom.Aside:
		return true
	case atom.Header, atom.Footer:
		return !r.within(atom.Article) && !r.within(atom.Main)
	case atom.Body, atom.Html, atom.Main, atom.Article, atom.Form:
		return false
	}
	return a.furniture
}
