package units

import (
	"slices"
	"strconv"

	"luoshi/internal/service/catalogue"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

func kinds(v page.View) []page.Option { return forms.Labels(v, "", ledger.UnitKinds()) }

func changeKinds(v page.View) []page.Option {
	return forms.Labels(v, "", []ledger.UnitChangeKind{ledger.Renamed, ledger.Moved, ledger.Merged, ledger.Split, ledger.Abolished})
}

// below are the units that stand right beneath one, or at the top.
func below(all []catalogue.Branch, above ledger.UnitID) []catalogue.Branch {
	var found []catalogue.Branch
	for _, b := range all {
		if b.Above == above {
			found = append(found, b)
		}
	}
	return found
}

// mostHeirs is how many units may take over from one that is split, as far as the form goes.
const mostHeirs = 4

// heirFields is how many fields the form has for units that take over.
func heirFields(c ledger.UnitChange) int { return max(mostHeirs, len(c.Into)+1) }

// heir is the unit of one of those fields.
func heir(c ledger.UnitChange, i int) string {
	if i < len(c.Into) {
		return string(c.Into[i])
	}
	return ""
}

// titled is the title in the form of a post: what was typed, or what it is.
func (s postPage) titled() string {
	if typed := s.Typed["title"]; typed != "" {
		return typed
	}
	return s.Value.Title
}

// heirErrors are what is wrong with one of the heirs; what is wrong with all of them stands at the first.
func heirErrors(f changeForm, i int) []string {
	if i == 0 && len(f.Change.Into) == 0 {
		return f.At("into")
	}
	return f.At("into/" + strconv.Itoa(i))
}

// held tells whether somebody holds the post with no last day yet.
func (s postPage) held() bool {
	return slices.ContainsFunc(s.Holders, func(h ledger.Holder) bool { return h.To.IsZero() })
}
