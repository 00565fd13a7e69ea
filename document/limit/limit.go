// Package limit holds the bounds within which a file of foreign origin is opened.
package limit

import "time"

// Limits bounds what opening one file may cost. A zero field means the default.
type Limits struct {
	Bytes    int64         // size of the file itself
	Expanded int64         // sum of everything unpacked from it
	Ratio    int64         // unpacked size over packed size, for each entry above 1 MiB
	Entries  int           // entries of an archive, sheets and pages included
	Depth    int           // nesting of elements, of tables and of archives
	Text     int64         // bytes of canonical text
	Cells    int           // cells of all tables together
	Blocks   int           // paragraphs and rows of tables together; headings and items of the outline
	Pages    int           // pages of a PDF or an OFD
	Time     time.Duration // wall time for one file
}

// Default is what a server with little memory can bear: a yearbook opens, a bomb does not.
var Default = Limits{
	Bytes:    64 << 20,
	Expanded: 192 << 20,
	Ratio:    200,
	Entries:  4096,
	Depth:    128,
	Text:     32 << 20,
	Cells:    1 << 20,
	Blocks:   500_000,
	Pages:    2000,
	Time:     60 * time.Second,
}

// WithDefaults fills the zero fields of l from Default.
func (l Limits) WithDefaults() Limits {
	fill(&l.Bytes, Default.Bytes)
	fill(&l.Expanded, Default.Expanded)
	fill(&l.Ratio, Default.Ratio)
	fill(&l.Entries, Default.Entries)
	fill(&l.Depth, Default.Depth)
	fill(&l.Text, Default.Text)
	fill(&l.Cells, Default.Cells)
	fill(&l.Blocks, Default.Blocks)
	fill(&l.Pages, Default.Pages)
	fill(&l.Time, Default.Time)
	return l
}

func fill[T int | int64 | time.Duration](field *T, value T) {
	if *field == 0 {
		*field = value
	}
}
