package orders

import (
	"net/http"

	"luoshi/internal/web"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/supervision"
)

// sheetView is an order as it is printed.
type sheetView struct {
	orderView
	Issuer string // the government whose office issues it
}

// sheet is an order in the form of an office's paper.
func (p *Pages) sheet(w http.ResponseWriter, r *http.Request) error {
	view, err := p.load(r)
	if err != nil {
		return err
	}
	issuer, err := p.issuer(r, view.Order.Lead)
	if err != nil {
		return err
	}
	return web.Show(w, r, sheetPage(sheetView{view, issuer}))
}

// issuer is the government at the top of the tree to which a unit belongs.
func (p *Pages) issuer(r *http.Request, unit ledger.UnitID) (string, error) {
	tree, err := p.core.Tree(r.Context())
	if err != nil {
		return "", err
	}
	today := p.core.Today()
	for range tree.Units() {
		parent := tree.Parent(unit, today)
		if parent == "" {
			break
		}
		unit = parent
	}
	return tree.Name(unit, today), nil
}

// heading is what stands in large letters above the paper.
func (s sheetView) heading(v page.View) string {
	if s.Kind == supervision.Graded {
		return v.T("orders.sheet.heading." + string(s.Sheet))
	}
	return v.T("orders.sheet.heading." + string(s.Kind))
}

// dated is the day of issue; of a draft it is left to be written by hand.
func (s sheetView) dated(v page.View) string {
	if s.Issued.IsZero() {
		return v.T("orders.sheet.undated")
	}
	return v.Date(s.Issued)
}

// cooperating are the names of the units that cooperate.
func (s sheetView) cooperating(v page.View) string {
	var names []string
	for _, u := range s.Units {
		names = append(names, u.Name)
	}
	return joined(v, names)
}

// signed is who has signed for the order, and when.
func (s sheetView) signed(v page.View) string {
	for _, step := range s.Trail {
		if step.Action == "sign" {
			return v.T("orders.signed.by", step.At, s.Person(step.By))
		}
	}
	return ""
}
