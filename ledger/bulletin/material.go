package bulletin

import (
	"luoshi/calendar"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

// Material is what the ledger says of a plan on a day: all that a bulletin is made of.
type Material struct {
	Plan   ledger.PlanID
	Title  string           // of the plan
	Period reporting.Period // that the bulletin is of
	On     calendar.Date
	// Matters are the commitments with their lights, in the order of the plan.
	Matters []Matter
	Names   map[ledger.UnitID]string
	Items   []Item    // livelihood items, in the order of the plan; none where none are kept
	Reports []Reports // by unit, in the order of the units
	Orders  *Orders   // nil where none are kept
	// Most is how many lines the tables of single matters have.
	Most int
}

// Matter is a commitment with its light.
type Matter struct {
	ID            ledger.CommitmentID
	Title         string
	Unit          ledger.UnitID // that leads it
	By            calendar.Date
	Colour        light.Colour
	Overdue       bool           // its deadline is over and it is not done
	Done, Due     ledger.Decimal // per cent of it that is done, and that should be
	Gap           ledger.Decimal // the one less the other, in points; absent where nothing is measured
	FiguresUpTill reporting.Period
}

// Item is a livelihood item with how far it is.
type Item struct {
	ID                 ledger.CommitmentID
	Title              string
	Unit               ledger.UnitID // that leads it
	State              string        // as it is printed
	Closed             bool
	Answers, Satisfied int // of those who were asked whether they are satisfied
}

// Reports is how a unit reported in the rounds of the period.
type Reports struct {
	Unit                           ledger.UnitID
	Asked, Late, Missing, Returned int // rounds, those sent in late, those not sent in, how often one was returned
}

// Orders are how supervision orders went in the period.
type Orders struct {
	Units   []UnitOrders // in the order of the units
	Overdue []Order      // those longest overdue first
}

// UnitOrders are the orders that a unit leads.
type UnitOrders struct {
	Unit                                      ledger.UnitID
	Issued, Closed, Returned, Overdue, Sheets int // sheets are 蓝黄红单
}

// Order is one that is overdue.
type Order struct {
	ID, Number, Title string
	Unit              ledger.UnitID
	Due               calendar.Date
}
