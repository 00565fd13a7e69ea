package intake

import (
	"bytes"
	"fmt"

	"luoshi/ledger"
	"luoshi/reading"
)

// Corrections are what people made of the figures that were read, for whoever improves the reader.
type Corrections struct {
	Corrected []reading.Quantity // read otherwise than people see it, or not read at all: as it should be
	Removed   []reading.Quantity // read as a promise and none: as it was read
}

// place is where a figure stands in the document.
type place struct{ at, end int }

// Corrections compares the decided items with the proposal, in the order of the document.
func (r *Review) Corrections() Corrections {
	read := map[place]ledger.Target{}
	for _, item := range r.proposal.Items {
		for _, t := range item.Targets {
			read[placeOf(t)] = t
		}
	}
	kept, undecided := map[place]bool{}, map[place]bool{}
	var c Corrections
	for _, item := range r.items {
		for _, t := range item.Targets {
			switch item.Status {
			case Pending:
				undecided[placeOf(t)] = true
			case Accepted:
				kept[placeOf(t)] = true
				if before, was := read[placeOf(t)]; recordable(t) && !(was && sameRecord(t, before)) {
					c.Corrected = append(c.Corrected, record(t))
				}
			}
		}
	}
	for _, item := range r.proposal.Items {
		for _, t := range item.Targets {
			if recordable(t) && !kept[placeOf(t)] && !undecided[placeOf(t)] {
				c.Removed = append(c.Removed, record(t))
			}
		}
	}
	return c
}

func placeOf(t ledger.Target) place { return place{t.Quoted.At(), t.Quoted.End()} }

// recordable tells whether a target is a number that the document states.
func recordable(t ledger.Target) bool { return t.Value.Known() && !t.Quoted.IsZero() }

// sameRecord tells whether two targets are one record: what the ledger adds to it does not count.
func sameRecord(a, b ledger.Target) bool {
	for _, t := range []*ledger.Target{&a, &b} {
		t.Number, t.Code, t.Indicator, t.Basis, t.Scope = 0, "", "", "", ""
	}
	return a.Same(b)
}

// record is a target as a quantity of reading.
func record(t ledger.Target) reading.Quantity {
	return reading.Quantity{
		At: t.Quoted.At(), Surface: t.Quoted.Wording(), Value: t.Value.Number(), Upper: t.Upper.Number(),
		Unit: t.Unit, Cmp: comparators[t.Cmp], Measure: measures[t.Measure], Kind: reading.Target,
		Firm: t.Firm, Subject: t.Subject, By: t.By, Clause: -1, Cell: -1, Table: -1,
	}
}

var (
	comparators = byName(reading.Equal, reading.Between, func(c reading.Comparator) ledger.Comparator { return ledger.Comparator(c.String()) })
	measures    = byName(reading.Level, reading.Share, func(m reading.Measure) ledger.Measure { return ledger.Measure(m.String()) })
)

// byName are the values from the first to the last by their names in records.
func byName[V ~uint8, N ~string](first, last V, name func(V) N) map[N]V {
	values := map[N]V{}
	for v := first; v <= last; v++ {
		values[name(v)] = v
	}
	return values
}

// JSONL writes quantities as records of the reading guide, one a line.
func JSONL(doc string, quantities []reading.Quantity) ([]byte, error) {
	var lines bytes.Buffer
	for i := range quantities {
		line, err := quantities[i].JSON(doc)
		if err != nil {
			return nil, fmt.Errorf("write record at %d: %w", quantities[i].At, err)
		}
		lines.Write(line)
		lines.WriteByte('\n')
	}
	return lines.Bytes(), nil
}
