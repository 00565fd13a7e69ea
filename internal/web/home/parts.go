package home

import (
	"net/url"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// rightsTable is the table of rights, as far as the page of help shows it.
type rightsTable = *access.Table

// keys are those of app.js, and of every browser.
var keys = []struct{ key, name string }{
	{"/", "slash"}, {"?", "question"}, {"Esc", "escape"}, {"Tab", "tab"}, {"Enter", "enter"},
}

// commitmentsUntil is the list of those that are due soon.
func commitmentsUntil(today calendar.Date) string {
	return commitmentsAt(url.Values{
		"plan": {""}, "state": {string(ledger.InForce)}, "to": {today.AddDays(soonDays).String()}, "sort": {"by"},
	})
}

// elsewhere is what the menu leads to besides the desk.
func elsewhere(v page.View) []page.MenuItem {
	var items []page.MenuItem
	for _, group := range v.Menu {
		for _, item := range group.Items {
			if item.Path != "/" {
				items = append(items, item)
			}
		}
	}
	return items
}
