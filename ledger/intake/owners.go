package intake

import (
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/ledger"
)

// Owners are the units that a text names on a date: the first that is known leads, the others
// cooperate. Names that fit no unit, or several, are left to people.
func Owners(text string, tree *ledger.Tree, on calendar.Date) (lead ledger.UnitID, cooperating []ledger.UnitID) {
	for _, name := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("、,，;； ", r) }) {
		unit, ok := tree.Find(name, on)
		switch {
		case !ok || unit == lead || slices.Contains(cooperating, unit):
		case lead == "":
			lead = unit
		default:
			cooperating = append(cooperating, unit)
		}
	}
	return lead, cooperating
}
