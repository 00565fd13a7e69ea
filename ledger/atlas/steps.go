package atlas

import "luoshi/ledger"

// Steps is in how many steps shares are coloured: more nobody tells apart.
const Steps = 5

// Step is in which step a share in per cent falls, from 1 to Steps by even parts of a hundred; 0 where it is not known.
func Step(share ledger.Decimal) int {
	if !share.Known() {
		return 0
	}
	step := 1
	for step < Steps && share.Cmp(ledger.Int(int64(100/Steps*step))) >= 0 {
		step++
	}
	return step
}
