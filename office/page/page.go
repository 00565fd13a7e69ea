// Package page writes an official document as HTML: a page that needs nothing beside it, or a fragment that stands in a
// page of others. It reads well aloud, in a narrow window and on paper: headings are headings, tables have their captions
// and header cells, charts their figures in a table.
//
// Every figure is a <data> element with the figure's key; Options.Href leads from it to where it is from.
package page

import (
	_ "embed"
	"fmt"
	"io"

	"luoshi/office/paper"
)

// Options are how a page is written.
type Options struct {
	// Href is the address behind a figure; a figure without one is no link. Nil where none has.
	Href func(figure string) string
	// Top is the level of the heading that the title is: 1 where it is 0.
	Top int
	// Mark stands above everything of a page that is not final: 送审稿.
	Mark string
}

//go:embed official.css
var stylesheet string

// Stylesheet is what makes the fragment look like the paper that it is.
func Stylesheet() string { return stylesheet }

// Write writes a whole page, with its stylesheet in it.
func Write(w io.Writer, d paper.Document, o Options) error {
	f, err := compose(d, o)
	if err != nil {
		return err
	}
	m := &markup{}
	m.line(`<!DOCTYPE html>`)
	m.line(`<html lang="zh-CN">`)
	m.line(`<head>`)
	m.line(`<meta charset="utf-8">`)
	m.line(`<meta name="viewport" content="width=device-width, initial-scale=1">`)
	m.element("title", "", d.Title)
	m.line(`<style>`)
	m.raw(stylesheet)
	m.line(`</style>`)
	m.line(`</head>`)
	m.line(`<body class="official-page">`)
	m.line(`<main>`)
	m.raw(f)
	m.line(`</main>`)
	m.line(`</body>`)
	m.line(`</html>`)
	return put(w, m.String())
}

// Fragment writes the document alone, as one <article>.
func Fragment(w io.Writer, d paper.Document, o Options) error {
	f, err := compose(d, o)
	if err != nil {
		return err
	}
	return put(w, f)
}

func put(w io.Writer, s string) error {
	if _, err := io.WriteString(w, s); err != nil {
		return fmt.Errorf("write a page: %w", err)
	}
	return nil
}

func compose(d paper.Document, o Options) (string, error) {
	if err := d.Check(); err != nil {
		return "", fmt.Errorf("write a page: %w", err)
	}
	if o.Top == 0 {
		o.Top = 1
	}
	c := &composer{document: &d, options: o}
	if err := c.compose(); err != nil {
		return "", fmt.Errorf("write a page: %w", err)
	}
	return c.String(), nil
}
