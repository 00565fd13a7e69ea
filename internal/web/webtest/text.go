package webtest

import (
	"strings"

	"golang.org/x/net/html"
)

// Text is what a reader sees of the page: without marks, and with runs of spaces as one.
func (p *Page) Text() string {
	node, err := html.Parse(strings.NewReader(p.Body))
	if err != nil {
		p.tb.Fatal(err)
	}
	var b strings.Builder
	walk(node, func(n *html.Node) bool {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
			b.WriteByte(' ')
		}
		return n.Data != "script" && n.Data != "style" && n.Data != "head"
	})
	return strings.Join(strings.Fields(b.String()), " ")
}

// Field is the value of a field of the page's forms, by its name; the first where several have it. The search in the
// frame is no part of the page.
func (p *Page) Field(name string) string {
	p.tb.Helper()
	node, err := html.Parse(strings.NewReader(p.Body))
	if err != nil {
		p.tb.Fatal(err)
	}
	content := node
	walk(node, func(n *html.Node) bool {
		if n.Data == "main" {
			content = n
		}
		return content == node
	})
	found, value := false, ""
	walk(content, func(n *html.Node) bool {
		if !found && n.Type == html.ElementNode && attribute(n, "name") == name {
			found, value = true, fieldValue(n)
		}
		return !found
	})
	if !found {
		p.tb.Fatalf("%s has no field %s", p.Path, name)
	}
	return value
}

func fieldValue(n *html.Node) string {
	switch n.Data {
	case "textarea":
		if n.FirstChild != nil {
			return n.FirstChild.Data
		}
		return ""
	case "select":
		chosen := ""
		walk(n, func(o *html.Node) bool {
			if o.Data == "option" && has(o, "selected") {
				chosen = attribute(o, "value")
			}
			return true
		})
		return chosen
	default:
		return attribute(n, "value")
	}
}

// walk visits a node and, where visit says so, what is in it.
func walk(n *html.Node, visit func(*html.Node) bool) {
	if !visit(n) {
		return
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		walk(child, visit)
	}
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
