package transfer

import "luoshi/ledger"

// Count tells of the records of a kind in a parcel.
type Count struct {
	Kind      ledger.Wording
	New, Same int // those that come in, and those that are there already
}

// Difference is a record that is there and is another.
type Difference struct {
	Kind     ledger.Wording
	ID, Name string
	// Table and Columns say where it differs; without columns, in its rows altogether.
	Table   string
	Columns []string
}

// Report is what a parcel would bring, or has brought.
type Report struct {
	Plan        Plan
	Counts      []Count
	Files       int // documents' files that are not there yet
	Differences []Difference
}

// News is how many records come in.
func (r Report) News() int {
	news := 0
	for _, c := range r.Counts {
		news += c.New
	}
	return news
}
