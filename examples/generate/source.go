package main

import (
	"errors"
	"io"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A block is a heading, a paragraph or a table of a source.
type block struct {
	tag   string // h1, h2, h3, p, table
	class string
	text  string
	rows  [][]cell
}

// A cell is a table's cell as the source has it, with the rows and columns it spans.
type cell struct {
	text             string
	header           bool
	rowSpan, colSpan int
}

// A source is an example document as it was written.
type source struct {
	title  string
	blocks []block
}

func (s *source) tables() []block {
	var tables []block
	for _, b := range s.blocks {
		if b.tag == "table" {
			tables = append(tables, b)
		}
	}
	return tables
}

func parse(r io.Reader) (*source, error) {
	root, err := html.Parse(r)
	if err != nil {
		return nil, err
	}
	s := &source{}
	for node := range root.Descendants() {
		switch node.DataAtom {
		case atom.Title:
			s.title = textOf(node)
		case atom.H1, atom.H2, atom.H3, atom.P:
			s.blocks = append(s.blocks, block{tag: node.Data, class: attribute(node, "class"), text: textOf(node)})
		case atom.Table:
			s.blocks = append(s.blocks, block{tag: node.Data, rows: rowsOf(node)})
		}
	}
	if s.title == "" || len(s.blocks) == 0 {
		return nil, errors.New("it has no title or no text")
	}
	return s, nil
}

func rowsOf(table *html.Node) [][]cell {
	var rows [][]cell
	for node := range table.Descendants() {
		switch node.DataAtom {
		case atom.Tr:
			rows = append(rows, nil)
		case atom.Th, atom.Td:
			last := len(rows) - 1
			rows[last] = append(rows[last], cell{
				text: textOf(node), header: node.DataAtom == atom.Th,
				rowSpan: span(node, "rowspan"), colSpan: span(node, "colspan"),
			})
		}
	}
	return rows
}

func textOf(node *html.Node) string {
	var text strings.Builder
	for n := range node.Descendants() {
		if n.Type == html.TextNode {
			text.WriteString(n.Data)
		}
	}
	return strings.TrimSpace(text.String())
}

func attribute(node *html.Node, key string) string {
	for _, a := range node.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func span(node *html.Node, key string) int {
	n, err := strconv.Atoi(attribute(node, key))
	if err != nil || n < 1 {
		return 1
	}
	return n
}
