package load

import (
	"hash/fnv"
	"math/big"

	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// lane is how a matter goes through the year, the same in every run for the same place in a form.
type lane struct {
	row   reporting.Row
	seed  uint32
	basis reporting.Basis
}

func laneOf(row reporting.Row, unit, place int) lane {
	h := fnv.New32a()
	_, _ = h.Write([]byte{byte(unit), byte(unit >> 8), byte(place)}) // a hash takes everything
	l := lane{row: row, seed: h.Sum32() % 1000, basis: reporting.Cumulative}
	if l.seed%3 == 0 {
		l.basis = reporting.OfPeriod
	}
	return l
}

// pace is how much of what the plan has for a year the matter reaches in it, in percent: 70 to 119.
func (l lane) pace() int64 { return 70 + int64(l.seed%50) }

// observation is what the unit says for a month.
func (l lane) observation(month int) reporting.Observation {
	o := reporting.Observation{
		Subject: l.row.Subject, Said: reporting.UnderWay, Origin: reporting.Typed, Note: "按计划推进",
		Override: "数据已核实", // whatever the checks wonder about
	}
	reached := l.pace() * int64(month) / 12
	switch l.row.Subject.Kind {
	case reporting.OfTask:
		o.Percent = ledger.Int(min(99, reached))
	case reporting.OfProject:
		o.Figures = reporting.Figures{Given: reporting.Cumulative, Value: share(l.row.Planned, min(100, reached))}
		o.Arrived, o.Paid = share(l.row.Planned, min(100, reached)/2), share(l.row.Planned, min(100, reached)/4)
	default:
		o.Given, o.Value = l.basis, l.cumulative(month)
		if l.basis == reporting.OfPeriod {
			o.Value = reporting.Less(o.Value, l.cumulative(month-1))
		}
	}
	if l.pace() < 90 {
		o.Reason = "受汛期和要素保障影响，进度略慢"
	}
	o.Figures = asked(l.row, o.Figures)
	if !l.row.Asks(reporting.FieldSaid) {
		o.Said = ""
	}
	return o
}

// cumulative is what was reached by the end of a month. The parts that units have of an indicator are small.
func (l lane) cumulative(month int) ledger.Decimal {
	yearly := l.row.Base
	if len(l.row.Targets) > 0 {
		yearly = l.row.Targets[0].Target.Value
	}
	return share(yearly, l.pace()*int64(month)/12)
}

// share is so many percent of a figure, without a fraction.
func share(of ledger.Decimal, percent int64) ledger.Decimal {
	if !of.Known() {
		return of
	}
	return reporting.Rounded(new(big.Rat).Mul(of.Rat(), big.NewRat(percent, 100)), 0)
}

// asked are figures without those that a row does not ask for.
func asked(row reporting.Row, f reporting.Figures) reporting.Figures {
	for _, field := range []reporting.Field{reporting.FieldValue, reporting.FieldArrived, reporting.FieldPaid, reporting.FieldPercent} {
		if !row.Asks(field) {
			f.SetFigure(field, ledger.Decimal{})
		}
	}
	return f
}
