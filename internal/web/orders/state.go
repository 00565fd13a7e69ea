package orders

import (
	"strings"
	"sync"

	"luoshi/flow"
	uses "luoshi/internal/service/supervision"
	"luoshi/internal/service/workflow"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/supervision"
)

// group is a tab of the list: states that one person sees as one, and the steps that can be taken there of many at once.
type group struct {
	name   string
	states []string
	steps  []bulk
}

// bulk is a step of many orders: the right that it asks for, and whether it needs a reason.
type bulk struct {
	name, right string
	reason      bool
}

// groups are the tabs in the order in which an order goes through them.
var groups = []group{
	{"draft", []string{"draft", "approval", "approved"}, []bulk{
		{"submit", "order.issue", false}, {"approve", "order.approve", false}, {"issue", "order.issue", false}, {"rework", "order.approve", true},
	}},
	{"sign", []string{"issued", "declined"}, []bulk{{"sign", "order.sign", false}, {urge, "order.urge", false}}},
	{"handling", []string{"handling", "prepared", "returned"}, []bulk{{"reply", "order.answer", false}, {urge, "order.urge", false}}},
	{"asked", []string{"extension-asked", "suspension-asked"}, []bulk{
		{"suspend", "order.grant", false}, {"refuse-extension", "order.grant", true}, {"refuse-suspension", "order.grant", true},
	}},
	{"suspended", []string{"suspended"}, []bulk{{"resume", "order.resume", false}}},
	{"review", []string{"replied", "accepted"}, []bulk{
		{"accept", "order.review", false}, {"close", "order.close", false}, {"return", "order.review", true},
	}},
	{"ended", []string{"closed", "cancelled", "dropped"}, nil},
}

// urge reminds the unit by hand. It is no step of flow order, but is done to many orders at once like one.
const urge = "urge"

// groupOf is the tab of some name; the zero group where there is none.
func groupOf(name string) group {
	for _, g := range groups {
		if g.name == name {
			return g
		}
	}
	return group{}
}

// stateTones are the tones of the states of flow order.
var stateTones = map[string]page.Tone{
	"draft": page.Neutral, "approval": page.Info, "approved": page.Info, "issued": page.Warning, "declined": page.Warning,
	"handling": page.Info, "prepared": page.Info, "extension-asked": page.Warning, "suspension-asked": page.Warning,
	"suspended": page.Neutral, "replied": page.Info, "returned": page.Danger, "accepted": page.Success, "closed": page.Success,
	"dropped": page.Neutral, "cancelled": page.Neutral,
}

// toneOf is the tone of a state; one that a later workflow adds has none of its own.
func toneOf(state string) page.Tone {
	if tone, known := stateTones[state]; known {
		return tone
	}
	return page.Neutral
}

// kindName is what an order is called: its kind, or the colour of its sheet.
func kindName(kind supervision.Kind, sheet supervision.Sheet) ledger.Wording {
	if kind == supervision.Graded && sheet != supervision.NoSheet {
		return sheet.Label()
	}
	return kind.Label()
}

// soon is how many working days before the due day an order stands out.
const soon = 3

// Left says how long an order has yet, and how that is.
func Left(v page.View, o uses.Summary) (text string, tone page.Tone) {
	switch {
	case o.Due.IsZero() || !o.Ended.IsZero():
		return "", page.Neutral
	case o.Paused:
		return v.T("orders.paused"), page.Neutral
	case o.Left < 0:
		return v.T("orders.late", -o.Left), page.Danger
	case o.Left == 0 && o.Running:
		return v.T("orders.today"), page.Danger
	case o.Left <= soon && o.Running:
		return v.T("orders.left", o.Left), page.Warning
	}
	return v.T("orders.left", o.Left), page.Neutral
}

// due is the last day of an order, said to be an estimate where holidays on the way are not announced yet.
func due(v page.View, o uses.Summary) string {
	if o.Estimated {
		return v.T("orders.estimated", o.Due)
	}
	return v.Date(o.Due)
}

// states are those that an address names, apart by commas.
func states(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ',' })
}

var definition = sync.OnceValue(func() *flow.Definition { return workflow.Shipped("order") })

// stepTitles are what the buttons of all steps say, by the names of the steps.
func stepTitles(v page.View) map[string]string {
	titles := map[string]string{}
	for i := range definition().Actions {
		a := &definition().Actions[i]
		titles[a.Name] = stepTitle(v, a)
	}
	titles[urge] = v.T("orders.urge")
	return titles
}
