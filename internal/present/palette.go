package present

import "luoshi/reading"

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
	}
}
