package document

// ballot counts what speaks for each year, and keeps the best place that does.
type ballot struct {
	votes [lastYear + 2 - firstYear]int
	at    [lastYear + 2 - firstYear]Span
	best  [lastYear + 2 - firstYear]int // weight of the vote whose place was kept
}

func (b *ballot) add(year, weight int, at Span) {
	if year < firstYear || year > lastYear {
		return
	}
	i := year - firstYear
	b.votes[i] += weight
	if weight > b.best[i] && !at.Empty() {
		b.at[i], b.best[i] = at, weight
	}
}

// winner is the year with most votes, the later one of equals; 0 without votes. Lead is how far it is
// ahead.
func (b *ballot) winner() (year, lead int) {
	first, second := -1, 0
	for i, n := range b.votes {
		switch {
		case n == 0:
		case first < 0 || n >= b.votes[first]:
			if first >= 0 {
				second = b.votes[first]
			}
			first = i
		case n > second:
			second = n
		}
	}
	if first < 0 {
		return 0, 0
	}
	return first + firstYear, b.votes[first] - second
}

func (b *ballot) place(year int) Span {
	if year < firstYear || year > lastYear {
		return Span{}
	}
	return b.at[year-firstYear]
}
