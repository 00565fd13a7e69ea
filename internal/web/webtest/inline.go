package webtest

import (
	"strings"

	"golang.org/x/net/html"
)

// Inline are scripts and styles within a page, which its policy would keep from working: elements, attributes, and
// addresses that are scripts. A page has none.
func (p *Page) Inline() []string {
	node, err := html.Parse(strings.NewReader(p.Body))
	if err != nil {
		p.tb.Fatal(err)
	}
	var found []string
	walk(node, func(n *html.Node) bool {
		if n.Type != html.ElementNode {
			return true
		}
		if n.Data == "style" || n.Data == "script" && attribute(n, "src") == "" && attribute(n, "type") != "application/json" {
			found = append(found, "<"+n.Data+">")
		}
		for _, a := range n.Attr {
			script := strings.HasPrefix(strings.TrimSpace(strings.ToLower(a.Val)), "javascript:")
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") || script || strings.HasPrefix(a.Key, "hx-on") {
				found = append(found, "<"+n.Data+" "+a.Key+">")
			}
		}
		return true
	})
	return found
}
