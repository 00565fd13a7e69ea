package present

import (
	"luoshi/checking"
	"luoshi/matching"
	"luoshi/reading"
)

// paint is an ANSI sequence that starts a colour; the empty one paints nothing.
type paint string

func (p paint) paint(s string) string {
	if p == "" || s == "" {
		return s
	}
	return string(p) + s + "\x1b[0m"
}

// palette is the colours of a table on a terminal.
type palette struct {
	plain, name, heading, faint paint
	kinds                       [3]paint // by reading.Kind
	severities                  [5]paint // by checking.Severity
	verdicts                    [8]paint // by matching.Verdict
}

func newPalette(colour bool) palette {
	if !colour {
		return palette{}
	}
	return palette{
		name:    "\x1b[1m",
		heading: "\x1b[4m",
		faint:   "\x1b[2m",
		kinds: [3]paint{
			reading.Target:  "\x1b[34m",
			reading.Result:  "\x1b[32m",
			reading.Context: "\x1b[2m",
		},
		severities: [5]paint{
			checking.OK: "\x1b[32m", checking.Note: "\x1b[2m", checking.Rounding: "\x1b[34m",
			checking.Warning: "\x1b[33m", checking.Error: "\x1b[31m",
		},
		verdicts: [8]paint{
			matching.NotReported: "\x1b[35m", matching.ReportedWithoutFigure: "\x1b[34m", matching.NotComparable: "\x1b[2m",
			matching.Behind: "\x1b[33m", matching.Ahead: "\x1b[32m", matching.Missed: "\x1b[31m",
			matching.Kept: "\x1b[32m", matching.Exceeded: "\x1b[32m",
		},
	}
}
