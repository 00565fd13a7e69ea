package accounting

import (
	"maps"
	"slices"

	"luoshi/internal/account"
)

// Moved is a figure that is no longer what it was. Before is empty for one that came, After for one that went.
type Moved struct {
	Key    string `json:"key"`
	Name   string `json:"name"`
	Before string `json:"before,omitempty"`
	After  string `json:"after,omitempty"`
	// Lasting tells that it is a locked figure or a promise, which does not change with the day.
	Lasting bool `json:"lasting,omitempty"`
}

// Compare tells how the figures of a content differ from what they said before, in the order of their keys.
func Compare(before map[string]Said, now account.Content) []Moved {
	var all []Moved
	for _, key := range slices.Sorted(maps.Keys(before)) {
		f, still := now.Figures[key]
		if !still || f.Text != before[key].Text {
			all = append(all, Moved{Key: key, Name: before[key].Name, Before: before[key].Text, After: f.Text, Lasting: still && lasting(now.Figures, f, 0)})
		}
	}
	for _, key := range slices.Sorted(maps.Keys(now.Figures)) {
		if _, known := before[key]; !known {
			all = append(all, Moved{Key: key, Name: now.Figures[key].Name, After: now.Figures[key].Text})
		}
	}
	return all
}

// deepest bounds how far figures may be made of figures that are made of figures.
const deepest = 8

// lasting tells whether a figure rests on what is locked or promised alone. One that tells of lights or orders holds for
// its day, and the report says which day that is.
func lasting(all map[string]account.Figure, f account.Figure, depth int) bool {
	for _, from := range f.Sources {
		switch from.Kind {
		case account.FromLight, account.FromCount, account.FromOrders:
			return false
		case account.FromFigures:
			for _, key := range from.Of {
				if depth < deepest && !lasting(all, all[key], depth+1) {
					return false
				}
			}
		case account.FromPromise, account.FromObservation, account.FromIndicator, account.FromProject, account.FromItem, account.FromPeer,
			account.FromCalendar, account.FromPerson:
		}
	}
	return true
}

// current are the figures by which a report is measured: what the ledger says now of all that lasts, and what the report
// itself says of what held for its day.
func current(r account.Content, now account.Content) map[string]account.Figure {
	all := maps.Clone(r.Figures)
	for key, f := range now.Figures {
		if _, there := all[key]; there && lasting(now.Figures, f, 0) {
			all[key] = f
		}
	}
	return all
}
