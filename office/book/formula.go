package book

import (
	"cmp"
	"fmt"
	"math/big"
	"strings"

	"luoshi/office/paper"
)

// sums are the numbers of a table, and where in its sheet its rows begin.
type sums struct {
	values map[paper.Place]*big.Rat
	first  int
}

func newSums(t *paper.Table, first int) sums {
	values := map[paper.Place]*big.Rat{}
	for r, slots := range paper.Lay(t.Rows, len(t.Columns)) {
		for _, s := range slots {
			if s.Cell == nil || s.Below || s.Cell.Value == "" {
				continue
			}
			if v, ok := new(big.Rat).SetString(worth(s.Cell)); ok {
				values[paper.Place{Row: r, Column: s.Column}] = v
			}
		}
	}
	return sums{values, first}
}

// formula is the formula of a cell. It is empty where the table's numbers do not give the printed value, as when those
// that are printed are rounded: a workbook shows what the document says.
func (s sums) formula(c *paper.Cell) string {
	if c.Formula.Operation == "" || c.Value == "" || !s.gives(c) {
		return ""
	}
	cells := c.Formula.Of
	name := func(i int) string { return at(cells[i].Column, s.first+cells[i].Row) }
	body := ""
	switch c.Formula.Operation {
	case paper.Sum:
		body = "SUM(" + ranges(cells, s.first) + ")"
	case paper.Share:
		body = name(0) + "/" + name(1) + "*100"
	case paper.Less:
		body = name(0) + "-" + name(1)
	}
	if c.Exact != "" {
		return body // others compute with what it is, not with what it shows
	}
	return fmt.Sprintf("ROUND(%s,%d)", body, places(c.Value))
}

// worth is the number that a cell holds: what it prints, or what that is rounded from.
func worth(c *paper.Cell) string { return cmp.Or(c.Exact, c.Value) }

// places is how many decimals a number has.
func places(value string) int {
	_, decimals, _ := strings.Cut(value, ".")
	return len(decimals)
}

// gives tells whether a formula gives the value that its cell prints.
func (s sums) gives(c *paper.Cell) bool {
	operands := make([]*big.Rat, len(c.Formula.Of))
	for i, p := range c.Formula.Of {
		operands[i] = s.values[p]
		if operands[i] == nil {
			if c.Formula.Operation != paper.Sum {
				return false
			}
			operands[i] = new(big.Rat) // an empty cell adds nothing
		}
	}
	result := new(big.Rat)
	switch c.Formula.Operation {
	case paper.Sum:
		for _, v := range operands {
			result.Add(result, v)
		}
	case paper.Share:
		if operands[1].Sign() == 0 {
			return false
		}
		result.Quo(operands[0], operands[1])
		result.Mul(result, big.NewRat(100, 1))
	case paper.Less:
		result.Sub(operands[0], operands[1])
	}
	if whole, ok := new(big.Rat).SetString(c.Exact); c.Exact != "" && (!ok || whole.Cmp(result) != 0) {
		return false
	}
	printed, ok := new(big.Rat).SetString(c.Value)
	rounded, also := new(big.Rat).SetString(result.FloatString(places(c.Value)))
	return ok && also && rounded.Cmp(printed) == 0
}

// ranges are cells as Excel writes them, those that stand beneath each other as one range.
func ranges(cells []paper.Place, first int) string {
	var all []string
	for i := 0; i < len(cells); {
		last := i
		for last+1 < len(cells) && cells[last+1] == (paper.Place{Row: cells[last].Row + 1, Column: cells[last].Column}) {
			last++
		}
		one := at(cells[i].Column, first+cells[i].Row)
		if last > i {
			one += ":" + at(cells[last].Column, first+cells[last].Row)
		}
		all = append(all, one)
		i = last + 1
	}
	return strings.Join(all, ",")
}
