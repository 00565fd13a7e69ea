package page

import (
	_ "embed" // the menu
	"fmt"
	"strings"

	"luoshi/internal/access"
	"luoshi/ledger"
)

// MenuGroup is a heading of the menu with what stands under it.
type MenuGroup struct {
	Icon  string
	Title ledger.Wording
	Items []MenuItem
}

// MenuItem is a line of the menu.
type MenuItem struct {
	Path, Icon string
	// Action is what the item is open to; empty for whoever has signed in.
	Action access.Action
	Title  ledger.Wording
}

//go:embed menu.txt
var menuFile string

// Menu is the menu that comes with the program, with everything in it.
func Menu() ([]MenuGroup, error) { return parseMenu(menuFile) }

func parseMenu(text string) ([]MenuGroup, error) {
	var groups []MenuGroup
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(strings.Trim(line, "[]"), "|")
		for i := range f {
			f[i] = strings.TrimSpace(f[i])
		}
		switch {
		case line[0] == '[' && len(f) == 3:
			groups = append(groups, MenuGroup{Icon: f[0], Title: ledger.Wording{ZH: f[1], EN: f[2]}})
		case len(f) == 5 && len(groups) > 0:
			item := MenuItem{Path: f[0], Icon: f[1], Title: ledger.Wording{ZH: f[3], EN: f[4]}}
			if f[2] != "signed-in" {
				item.Action = access.Action(f[2])
			}
			last := &groups[len(groups)-1]
			last.Items = append(last.Items, item)
		default:
			return nil, fmt.Errorf("menu.txt:%d: want “[icon | 中文 | English]” or “path | icon | action | 中文 | English”", number)
		}
	}
	return groups, nil
}

// Only is the menu without what is not open, and without groups that are empty then.
func Only(groups []MenuGroup, open func(MenuItem) bool) []MenuGroup {
	var kept []MenuGroup
	for _, g := range groups {
		var items []MenuItem
		for _, item := range g.Items {
			if open(item) {
				items = append(items, item)
			}
		}
		if len(items) > 0 {
			kept = append(kept, MenuGroup{Icon: g.Icon, Title: g.Title, Items: items})
		}
	}
	return kept
}

// current tells whether an item leads to the page, or to what is above it.
func (v View) current(item MenuItem) bool {
	path := v.Path()
	return path == item.Path || item.Path != "/" && strings.HasPrefix(path, item.Path+"/")
}
