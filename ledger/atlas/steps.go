package atlas

import (
	"math"

	"luoshi/ledger"
)

// Steps is in how many steps shares are coloured: more nobody tells apart.
const Steps = 5

// Scale are the steps in which shares in per cent are coloured: the first begins at Low, and each is Wide.
type Scale struct{ Low, Wide int }

// widths are those that people count in.
var widths = []int{1, 2, 5, 10, 20}

// ScaleOf is the finest scale that holds some shares. What is not known holds nothing; beyond a hundred the last step has
// no end.
func ScaleOf(shares ...ledger.Decimal) Scale {
	low, high := math.Inf(1), math.Inf(-1)
	for _, share := range shares {
		if share.Known() {
			f, _ := share.Rat().Float64()
			low, high = math.Min(low, f), math.Max(high, f)
		}
	}
	if low > high {
		return Scale{Wide: widths[len(widths)-1]}
	}
	for _, wide := range widths {
		s := Scale{Low: wide * int(math.Floor(math.Max(low, 0)/float64(wide))), Wide: wide}
		if high < float64(s.Low+Steps*wide) || high <= 100 && s.Low+Steps*wide >= 100 {
			return s
		}
	}
	return Scale{Wide: widths[len(widths)-1]}
}

// Step is in which step a share falls, from 1 to Steps; 0 where it is not known.
func (s Scale) Step(share ledger.Decimal) int {
	if !share.Known() {
		return 0
	}
	step := 1
	for step < Steps && share.Cmp(ledger.Int(int64(s.From(step+1)))) >= 0 {
		step++
	}
	return step
}

// From is where a step begins, in per cent.
func (s Scale) From(step int) int { return s.Low + (step-1)*s.Wide }
