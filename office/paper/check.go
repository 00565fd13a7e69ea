package paper

import (
	"errors"
	"fmt"
	"regexp"
)

// Check says what of a document no format could print: all of it, each with its place.
func (d Document) Check() error {
	var problems []error
	for i, b := range d.Body {
		if err := b.check(); err != nil {
			problems = append(problems, fmt.Errorf("block %d: %w", i+1, err))
		}
	}
	return errors.Join(problems...)
}

func (b Block) check() error {
	switch b.Kind {
	case Heading:
		if b.Level < 1 || b.Level > 4 {
			return fmt.Errorf("heading of level %d", b.Level)
		}
	case Paragraph:
	case Tabular:
		if b.Table == nil {
			return errors.New("table without content")
		}
		return b.Table.check()
	case Graphic:
		if b.Chart == nil {
			return errors.New("chart without content")
		}
		return b.Chart.check()
	default:
		return fmt.Errorf("kind %q", b.Kind)
	}
	return nil
}

func (t Table) check() error {
	if len(t.Columns) == 0 {
		return fmt.Errorf("table %q has no columns", t.Caption)
	}
	for i, c := range t.Columns {
		if c.Width <= 0 {
			return fmt.Errorf("table %q: column %d has no width", t.Caption, i+1)
		}
	}
	for _, part := range [][][]Cell{t.Header, t.Rows} {
		if err := t.checkRows(part); err != nil {
			return fmt.Errorf("table %q: %w", t.Caption, err)
		}
	}
	return nil
}

func (t Table) checkRows(rows [][]Cell) error {
	for r, slots := range Lay(rows, len(t.Columns)) {
		own := 0
		for _, s := range slots {
			if s.Cell == nil || s.Below {
				continue
			}
			own++
			if s.Wide != max(s.Cell.Columns, 1) || s.High != max(s.Cell.Rows, 1) {
				return fmt.Errorf("row %d: cell %d reaches out of the table or into another cell", r+1, own)
			}
			if err := s.Cell.check(t); err != nil {
				return fmt.Errorf("row %d: cell %d: %w", r+1, own, err)
			}
		}
		if own < len(rows[r]) {
			return fmt.Errorf("row %d has %d cells, %d find room", r+1, len(rows[r]), own)
		}
	}
	return nil
}

var decimal = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)

func (c Cell) check(t Table) error {
	if c.Value != "" && !decimal.MatchString(c.Value) {
		return fmt.Errorf("%q is no plain decimal", c.Value)
	}
	operands := map[Operation]int{"": 0, Share: 2, Less: 2}
	if want, fixed := operands[c.Formula.Operation]; fixed && len(c.Formula.Of) != want {
		return fmt.Errorf("formula %q of %d cells", c.Formula.Operation, len(c.Formula.Of))
	} else if !fixed && c.Formula.Operation != Sum {
		return fmt.Errorf("formula %q", c.Formula.Operation)
	}
	for _, p := range c.Formula.Of {
		if p.Row < 0 || p.Row >= len(t.Rows) || p.Column < 0 || p.Column >= len(t.Columns) {
			return fmt.Errorf("formula of row %d, column %d, which the table lacks", p.Row, p.Column)
		}
	}
	return nil
}

func (c Chart) check() error {
	if c.Kind != Bars && c.Kind != Lines {
		return fmt.Errorf("chart %q of kind %q", c.Caption, c.Kind)
	}
	if len(c.Labels) == 0 || len(c.Series) == 0 {
		return fmt.Errorf("chart %q is empty", c.Caption)
	}
	for _, s := range c.Series {
		if len(s.Values) != len(c.Labels) {
			return fmt.Errorf("chart %q: %d values of %q at %d labels", c.Caption, len(s.Values), s.Name, len(c.Labels))
		}
		for _, v := range s.Values {
			if v != "" && !decimal.MatchString(v) {
				return fmt.Errorf("chart %q: %q is no plain decimal", c.Caption, v)
			}
		}
	}
	return nil
}
