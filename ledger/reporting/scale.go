package reporting

import (
	"math/big"
	"strconv"
	"sync"

	"luoshi/ledger"
)

// magnitudes are the words before a unit by their power of ten: 万, 亿.
var magnitudes = sync.OnceValue(func() map[int]string {
	words := map[int]string{}
	for _, power := range []int{4, 8} {
		words[power] = vocabulary()["magnitude_"+strconv.Itoa(power)][0]
	}
	return words
})

// yuan is the unit of investment.
func yuan() string { return vocabulary()["money"][0] }

// scaleOf is the power of ten in which figures of a size are stated: money from 100 million on in 亿, anything from a
// million on in 万. Amounts of money whose size is not known are stated in 万, as the statistical forms do.
func scaleOf(t Terms, figures ...ledger.Decimal) int {
	if t.isShare() || t.Aggregation == ledger.AsGrowth || t.Unit == "" {
		return 0
	}
	largest := new(big.Rat)
	for _, d := range figures {
		if size := new(big.Rat).Abs(d.Rat()); size.Cmp(largest) > 0 {
			largest = size
		}
	}
	money := isWord("money", t.Unit)
	switch {
	case money && largest.Cmp(powerOfTen(8)) >= 0:
		return 8
	case largest.Cmp(powerOfTen(6)) >= 0 || money && t.Additive && largest.Sign() == 0:
		return 4
	}
	return 0
}

// powerOfTen is 10^n, for n from 0.
func powerOfTen(n int) *big.Rat {
	return new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil))
}
