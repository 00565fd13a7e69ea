package sheet

import (
	"slices"
	"strings"

	"luoshi/ledger/reporting"
)

// Target is what is expected of a row as plans word it: the bounds of its targets, the investment planned for the
// year, the day by which a task is to be done.
func Target(r reporting.Row, lang string) string {
	t := Template{Lang: lang}
	var said []string
	for _, target := range r.Targets {
		if words := t.in(reporting.Expected(target.Target, r.Terms, r.Scale)); !slices.Contains(said, words) {
			said = append(said, words)
		}
	}
	if r.Planned.Known() {
		said = append(said, t.say("target.planned", r.Show(reporting.FieldValue, r.Planned), r.Measure()))
	}
	if len(said) == 0 && !r.By.IsZero() {
		said = append(said, t.say("target.by", r.By.String()))
	}
	return strings.Join(said, "\n")
}
