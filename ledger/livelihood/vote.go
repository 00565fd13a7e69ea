package livelihood

import (
	"cmp"
	"slices"
)

// Candidate names a candidate.
type Candidate string

// Turn is one vote: on whom, and for how many seats. The first is on all candidates; a further one on those whose votes
// were equal.
type Turn struct {
	On    []Candidate `json:"on"` // in the order of the ballot
	Seats int         `json:"seats"`
}

// Sheet is what was counted of ballots on paper.
type Sheet struct {
	Issued   int               `json:"issued"`   // ballots that were handed out
	Received int               `json:"received"` // that came back
	Valid    int               `json:"valid"`    // of those
	Votes    map[Candidate]int `json:"votes"`
}

// CheckSheet is what is wrong with a counted sheet; nil where nothing is. Electronic is how many deputies have voted by
// themselves: together they are no more than there are.
func (r Rule) CheckSheet(t Turn, s Sheet, others int) *Problem {
	sum, foreign, above := 0, false, false
	for c, votes := range s.Votes {
		sum += votes
		foreign = foreign || !slices.Contains(t.On, c)
		above = above || votes < 0 || votes > s.Valid
	}
	return first(
		problem(s.Received < 1, "sheet.empty"),
		problem(s.Received > s.Issued, "sheet.received", s.Received, s.Issued),
		problem(s.Valid < 0 || s.Valid > s.Received, "sheet.valid", s.Valid, s.Received),
		problem(s.Issued+others > r.Deputies, "sheet.deputies", s.Issued+others, r.Deputies),
		problem(foreign, "sheet.foreign"),
		problem(above, "sheet.above", s.Valid),
		problem(sum > s.Valid*r.marks(t), "sheet.sum", sum, s.Valid*r.marks(t)),
	)
}

// marks is how many candidates may be marked in a turn.
func (r Rule) marks(t Turn) int { return min(r.Marks, len(t.On)) }

// CheckBallot is what is wrong with the marks of a deputy; nil where nothing is. To mark nobody is to abstain.
func (r Rule) CheckBallot(t Turn, marked []Candidate) *Problem {
	seen := map[Candidate]bool{}
	twice, foreign := false, false
	for _, c := range marked {
		twice = twice || seen[c]
		foreign = foreign || !slices.Contains(t.On, c)
		seen[c] = true
	}
	return first(
		problem(foreign, "ballot.foreign"),
		problem(twice, "ballot.twice"),
		problem(len(marked) > r.marks(t), "ballot.marks", r.marks(t)),
	)
}

// Ballots are all ballots of a turn: those that deputies cast by themselves and those on paper.
type Ballots struct {
	Cast   int               `json:"cast"` // by deputies themselves; all of them are valid
	Votes  map[Candidate]int `json:"votes"`
	Sheets []Sheet           `json:"sheets,omitempty"`
}

// Present is how many deputies took part.
func (b Ballots) Present() int {
	n := b.Cast
	for _, s := range b.Sheets {
		n += s.Received
	}
	return n
}

// Valid is how many ballots are valid.
func (b Ballots) Valid() int {
	n := b.Cast
	for _, s := range b.Sheets {
		n += s.Valid
	}
	return n
}

// Of are the votes of a candidate.
func (b Ballots) Of(c Candidate) int {
	n := b.Votes[c]
	for _, s := range b.Sheets {
		n += s.Votes[c]
	}
	return n
}

// Quorate tells whether enough deputies took part.
func (r Rule) Quorate(b Ballots) bool {
	return b.Present() > 0 && r.Quorum.reached(b.Present(), r.Deputies)
}

// Fate is what becomes of a candidate by a vote.
type Fate string

// The fates.
const (
	Chosen Fate = "chosen"
	Lost   Fate = "lost"
	Tied   Fate = "tied" // equal votes at the last seat: there has to be another vote
)

// Outcome is how a candidate did.
type Outcome struct {
	Candidate Candidate `json:"candidate"`
	Votes     int       `json:"votes"`  // in the last turn in which it stood
	Turn      int       `json:"turn"`   // which that was, from 1
	Enough    bool      `json:"enough"` // it has the majority that it needs
	Fate      Fate      `json:"fate"`
}

// Result is how a vote went, with all its turns.
type Result struct {
	Outcomes []Outcome `json:"outcomes"` // those that were chosen first, each by its votes
	Next     *Turn     `json:"next,omitempty"`
}

// Settled tells that no further vote is needed.
func (r Result) Settled() bool { return r.Next == nil }

// Decide tells how a vote went by its turns and the ballots of each. Seats for which no candidate has the majority stay
// empty.
func (r Rule) Decide(turns []Turn, ballots []Ballots) Result {
	var result Result
	for i, turn := range turns {
		if i >= len(ballots) {
			break
		}
		counted := r.count(turn, ballots[i], i+1)
		if i == 0 {
			result.Outcomes = counted
			continue
		}
		for _, o := range counted {
			at := slices.IndexFunc(result.Outcomes, func(old Outcome) bool { return old.Candidate == o.Candidate })
			if at >= 0 {
				result.Outcomes[at] = o
			}
		}
	}
	result.Outcomes = inOrder(result.Outcomes)
	result.Next = next(turns, result.Outcomes)
	return result
}

// next is the vote that is still needed, on those that are tied.
func next(turns []Turn, outcomes []Outcome) *Turn {
	if len(turns) == 0 {
		return nil
	}
	last := turns[len(turns)-1]
	again := Turn{Seats: last.Seats}
	for _, o := range outcomes {
		stood := slices.Contains(last.On, o.Candidate)
		switch {
		case o.Fate == Tied:
			again.On = append(again.On, o.Candidate)
		case o.Fate == Chosen && stood:
			again.Seats--
		}
	}
	if len(again.On) == 0 {
		return nil
	}
	// The ballot keeps its order.
	slices.SortFunc(again.On, func(a, b Candidate) int {
		return cmp.Compare(slices.Index(last.On, a), slices.Index(last.On, b))
	})
	return &again
}

// count is how the candidates of a turn did. In a further turn those with more votes are chosen, whatever the majority.
func (r Rule) count(t Turn, b Ballots, turn int) []Outcome {
	all := make([]Outcome, len(t.On))
	base := r.Deputies
	if r.Base == OfValid {
		base = b.Valid()
	}
	var able []int // the votes of those who may be chosen, the most first
	for i, c := range t.On {
		votes := b.Of(c)
		enough := turn > 1 || r.Majority.passed(votes, base)
		all[i] = Outcome{Candidate: c, Votes: votes, Turn: turn, Enough: enough, Fate: Lost}
		if enough && votes > 0 {
			able = append(able, votes)
		}
	}
	slices.SortFunc(able, func(a, b int) int { return b - a })
	for i := range all {
		if all[i].Enough && all[i].Votes > 0 {
			all[i].Fate = r.fate(all[i].Votes, able, t.Seats)
		}
	}
	return all
}

// fate is what votes bring among those of all who may be chosen.
func (r Rule) fate(votes int, able []int, seats int) Fate {
	better, equal := 0, 0
	for _, v := range able {
		switch {
		case v > votes:
			better++
		case v == votes:
			equal++
		}
	}
	switch {
	case better+equal <= seats:
		return Chosen
	case better >= seats:
		return Lost
	}
	return map[Ties]Fate{Again: Tied, All: Chosen, None: Lost}[r.Ties]
}

// inOrder sorts outcomes: chosen, tied, lost; who was chosen in an earlier turn comes before who was in a later one, and who
// lost in a later turn before who lost earlier; then by votes, and by the order of the ballot where those are equal.
func inOrder(all []Outcome) []Outcome {
	rank := map[Fate]int{Chosen: 0, Tied: 1, Lost: 2}
	slices.SortStableFunc(all, func(a, b Outcome) int {
		turns := a.Turn - b.Turn
		if a.Fate == Lost {
			turns = -turns
		}
		return cmp.Or(rank[a.Fate]-rank[b.Fate], turns, b.Votes-a.Votes)
	})
	return all
}
