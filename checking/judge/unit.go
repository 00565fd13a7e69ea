package judge

import (
	_ "embed"
	"math/big"
	"strings"
	"sync"
)

//go:embed units.txt
var unitLines string

// measureUnit is one unit of a dimension, in terms of the dimension's first unit.
type measureUnit struct {
	dimension string
	factor    *big.Rat
}

// units is the table of units.txt.
var units = sync.OnceValue(func() map[string]measureUnit {
	table := map[string]measureUnit{}
	for line := range strings.Lines(unitLines) {
		fields := strings.Fields(line)
		if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		for _, entry := range fields[1:] {
			name, factor, scaled := strings.Cut(entry, "=")
			unit := measureUnit{dimension: fields[0], factor: one}
			if scaled {
				unit.factor, _ = new(big.Rat).SetString(factor)
			}
			table[name] = unit
		}
	}
	return table
})

// counts tells whether a unit counts people or things one by one.
func (u measureUnit) counts() bool { return u.dimension == "people" || u.dimension == "count" }

// CountsThings tells whether a unit is a counter: 个, 家, 项.
func CountsThings(unit string) bool { return dimension(unit) == "count" }

// dimension is what a unit measures; "" where the table does not know it.
func dimension(unit string) string { return units()[unit].dimension }

// convert is the factor from one unit to another. Units that the table does not know convert only to
// themselves; a missing unit goes with whatever counts things.
func convert(from, to string) (*big.Rat, bool) {
	if from == to {
		return one, true
	}
	a, b := units()[from], units()[to]
	if from == "" && b.counts() || to == "" && a.counts() {
		return one, true
	}
	if a.dimension == "" || a.dimension != b.dimension {
		return nil, false
	}
	return new(big.Rat).Quo(a.factor, b.factor), true
}
