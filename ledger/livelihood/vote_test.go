package livelihood

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// rule is that of a small assembly: 3 seats, 30 deputies, more than half of all of them.
func rule(ties Ties) Rule {
	r := Usual()
	r.Seats, r.Marks, r.Spare, r.Deputies, r.Ties = 3, 3, 1, 30, ties
	return r
}

// ballot writes candidates with their votes: "a20 b18".
func ballot(text string, seats, valid int) (Turn, Ballots) {
	t, b := Turn{Seats: seats}, Ballots{Cast: valid, Votes: map[Candidate]int{}}
	for word := range strings.FieldsSeq(text) {
		votes := 0
		if _, err := fmt.Sscanf(word[1:], "%d", &votes); err != nil {
			panic(err)
		}
		t.On = append(t.On, Candidate(word[:1]))
		b.Votes[Candidate(word[:1])] = votes
	}
	return t, b
}

func said(r Result) string {
	var words []string
	for _, o := range r.Outcomes {
		words = append(words, fmt.Sprintf("%s:%s", o.Candidate, o.Fate))
	}
	if r.Next != nil {
		words = append(words, fmt.Sprintf("again %v for %d", r.Next.On, r.Next.Seats))
	}
	return strings.Join(words, " ")
}

func TestWhoIsChosen(t *testing.T) {
	cases := []struct {
		name  string
		rule  Rule
		votes string
		valid int
		want  string
	}{
		{"the most votes", rule(Again), "a16 b20 c18 d17", 30, "b:chosen c:chosen d:chosen a:lost"},
		{"half is not more than half", rule(Again), "a15 b20 c16 d14", 30, "b:chosen c:chosen a:lost d:lost"},
		{"of all deputies, not of those who came", rule(Again), "a14 b12 c13 d11", 21, "a:lost c:lost b:lost d:lost"},
		{"of the valid ballots", func() Rule { r := rule(Again); r.Base = OfValid; return r }(), "a14 b12 c13 d11", 21, "a:chosen c:chosen b:chosen d:lost"},
		{"equal votes that all have a seat", rule(Again), "a18 b18 c18 d17", 30, "a:chosen b:chosen c:chosen d:lost"},
		{"equal votes at the last seat", rule(Again), "a20 b18 c17 d17 e16", 30, "a:chosen b:chosen c:tied d:tied e:lost again [c d] for 1"},
		{"equal votes at two seats", rule(Again), "a20 b17 c17 d17", 30, "a:chosen b:tied c:tied d:tied again [b c d] for 2"},
		{"all of them", rule(All), "a20 b18 c17 d17", 30, "a:chosen b:chosen c:chosen d:chosen"},
		{"none of them", rule(None), "a20 b18 c17 d17", 30, "a:chosen b:chosen c:lost d:lost"},
		{"nobody was marked", rule(All), "a0 b0 c0 d0", 30, "a:lost b:lost c:lost d:lost"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			turn, ballots := ballot(c.votes, 3, c.valid)
			if got := said(c.rule.Decide([]Turn{turn}, []Ballots{ballots})); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// TestAnotherVote decides between candidates with equal votes, by more votes alone, as often as it takes.
func TestAnotherVote(t *testing.T) {
	first, ballots := ballot("a20 b17 c17 d17 e16", 3, 30)
	r := rule(Again)
	next := r.Decide([]Turn{first}, []Ballots{ballots}).Next
	if next == nil || fmt.Sprint(next.On) != "[b c d]" || next.Seats != 2 {
		t.Fatalf("there is to be another vote on %+v", next)
	}
	_, second := ballot("b9 c12 d9", 2, 30)
	result := r.Decide([]Turn{first, *next}, []Ballots{ballots, second})
	if got, want := said(result), "a:chosen c:chosen b:tied d:tied e:lost again [b d] for 1"; got != want {
		t.Fatalf("got %s, want %s", got, want)
	}
	_, third := ballot("b14 d15", 1, 30)
	result = r.Decide([]Turn{first, *next, *result.Next}, []Ballots{ballots, second, third})
	if got, want := said(result), "a:chosen c:chosen d:chosen b:lost e:lost"; got != want || !result.Settled() {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestNobodyIsWrongedByChance looks at random votes: never are more chosen than there are seats, never is somebody chosen
// before another one with more votes, and another vote is always on fewer candidates than there were, or on the same ones.
func TestNobodyIsWrongedByChance(t *testing.T) {
	chance := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same votes in every run
	for range 3000 {
		r := rule(Again)
		r.Seats = 1 + chance.IntN(4)
		turn := Turn{Seats: r.Seats}
		b := Ballots{Cast: 30, Votes: map[Candidate]int{}}
		for i := range 1 + chance.IntN(8) {
			c := Candidate(rune('a' + i))
			turn.On = append(turn.On, c)
			b.Votes[c] = 10 + chance.IntN(15)
		}
		result := r.Decide([]Turn{turn}, []Ballots{b})
		chosen, least, most := 0, 1<<30, -1
		for _, o := range result.Outcomes {
			switch o.Fate {
			case Chosen:
				chosen++
				least = min(least, o.Votes)
			default:
				most = max(most, o.Votes)
			}
		}
		left := 0
		if result.Next != nil {
			left = result.Next.Seats
			if left < 1 || left >= len(result.Next.On) {
				t.Fatalf("%v: another vote on %v for %d", b.Votes, result.Next.On, left)
			}
		}
		if chosen+left > r.Seats || chosen > 0 && least <= most {
			t.Fatalf("%d seats, %v: %s", r.Seats, b.Votes, said(result))
		}
	}
}

func TestSheetsThatCannotBe(t *testing.T) {
	turn, _ := ballot("a0 b0 c0 d0", 3, 0)
	good := Sheet{Issued: 25, Received: 24, Valid: 23, Votes: map[Candidate]int{"a": 20, "b": 19, "c": 18, "d": 12}}
	if p := rule(Again).CheckSheet(turn, good, 5); p != nil {
		t.Fatalf("a sound sheet is refused: %v", p)
	}
	for want, spoil := range map[string]func(*Sheet){
		"sheet.empty":    func(s *Sheet) { s.Received = 0 },
		"sheet.received": func(s *Sheet) { s.Received = 26 },
		"sheet.valid":    func(s *Sheet) { s.Valid = 25 },
		"sheet.deputies": func(s *Sheet) { s.Issued = 26 },
		"sheet.foreign":  func(s *Sheet) { s.Votes["x"] = 1 },
		"sheet.above":    func(s *Sheet) { s.Votes["a"] = 24 },
		"sheet.sum":      func(s *Sheet) { s.Votes["b"], s.Votes["d"] = 23, 23 },
	} {
		t.Run(want, func(t *testing.T) {
			s := good
			s.Votes = maps.Clone(good.Votes)
			spoil(&s)
			if p := rule(Again).CheckSheet(turn, s, 5); p == nil || p.Code != want {
				t.Errorf("found %v", p)
			}
		})
	}
}

func TestBallotsThatCannotBe(t *testing.T) {
	turn, _ := ballot("a0 b0 c0 d0", 3, 0)
	for text, want := range map[string]string{
		"": "", "a": "", "a b c": "", "a b c d": "ballot.marks", "a a": "ballot.twice", "x": "ballot.foreign",
	} {
		var marked []Candidate
		for word := range strings.FieldsSeq(text) {
			marked = append(marked, Candidate(word))
		}
		got := ""
		if p := rule(Again).CheckBallot(turn, marked); p != nil {
			got = p.Code
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestTheQuorumCountsWhoCame(t *testing.T) {
	r := rule(Again) // two thirds of 30 deputies
	for present, want := range map[int]bool{0: false, 19: false, 20: true, 30: true} {
		paper := Ballots{Cast: min(present, 4), Sheets: []Sheet{{Issued: 30, Received: max(present-4, 0)}}}
		if got := r.Quorate(paper); got != want {
			t.Errorf("%d of 30: %v", present, got)
		}
	}
	if r.Quorum.Least(31) != 21 || r.Quorum.Least(30) != 20 {
		t.Error("the smallest number that is at least the quorum is another one")
	}
}

func TestRulesThatCannotBe(t *testing.T) {
	sound := rule(Again)
	if p := sound.Check(); p != nil {
		t.Fatalf("a sound rule is refused: %v", p)
	}
	for want, spoil := range map[string]func(*Rule){
		"rule.seats": func(r *Rule) { r.Seats = 0 }, "rule.marks": func(r *Rule) { r.Marks = 101 },
		"rule.spare": func(r *Rule) { r.Spare = -1 }, "rule.deputies": func(r *Rule) { r.Deputies = 0 },
		"rule.quorum": func(r *Rule) { r.Quorum = Share{} }, "rule.majority": func(r *Rule) { r.Majority = Share{} },
		"rule.base": func(r *Rule) { r.Base = "all" }, "rule.ties": func(r *Rule) { r.Ties = "lot" },
		"rule.satisfied": func(r *Rule) { r.Satisfied = 101 }, "rule.answers": func(r *Rule) { r.Answers = 0 },
	} {
		r := sound
		spoil(&r)
		if p := r.Check(); p == nil || p.Code != want {
			t.Errorf("%s: found %v", want, p)
		}
	}
	if !sound.Enough(4) || sound.Enough(3) {
		t.Error("3 seats and 1 more want 4 candidates")
	}
}

func TestShares(t *testing.T) {
	for text, want := range map[string]string{"2/3": "2/3", "1 / 2": "1/2", "1/1": "1/1", "3/2": "", "2": "", "a/b": "", "1/0": "", "-1/2": ""} {
		s, err := ParseShare(text)
		if got := s.String(); (err != nil) != (want == "") || err == nil && got != want {
			t.Errorf("%q is %s, %v", text, got, err)
		}
	}
	for _, text := range []string{"seats", "seats x", "colour red", "quorum 5/3", "majority 1/2"} {
		if _, err := ParseRule(text); err == nil {
			t.Errorf("%q is read as a rule", text)
		}
	}
}

func TestEverythingIsCalledSomething(t *testing.T) {
	var words []string
	for _, s := range States() {
		words = append(words, s.Label().ZH, s.Label().EN)
	}
	for _, o := range Origins() {
		words = append(words, o.Label().ZH, o.Label().EN)
	}
	for _, s := range Stages() {
		words = append(words, s.Label().ZH, s.Label().EN)
	}
	for _, b := range Bases() {
		words = append(words, b.Label().ZH, b.Label().EN)
	}
	for _, way := range AllTies() {
		words = append(words, way.Label().ZH, way.Label().EN)
	}
	for _, f := range []Fate{Chosen, Tied, Lost} {
		words = append(words, f.Label().ZH, f.Label().EN)
	}
	for _, s := range Scales() {
		words = append(words, s.Label().ZH, s.Label().EN)
		for _, g := range s.Grades() {
			words = append(words, g.Words.ZH, g.Words.EN)
		}
	}
	if slices.Contains(words, "") {
		t.Errorf("something has no name: %q", words)
	}
}

func TestWhatCanBeDoneWithACandidate(t *testing.T) {
	for state, want := range map[State]string{
		Received: "list show merge reject", Shown: "list merge set-aside reject", Listed: "unlist merge set-aside",
		SetAside: "list unlist merge", Merged: "part", Rejected: "show", Elected: "", Defeated: "",
	} {
		if got := strings.Join(state.Moves(), " "); got != want {
			t.Errorf("%s: %s, want %s", state, got, want)
		}
		for _, move := range state.Moves() {
			if _, p := state.Move(move, "理由"); p != nil {
				t.Errorf("%s: %s is refused: %v", state, move, p)
			}
			if _, p := state.Move(move, " "); (p != nil) != NeedsReason(move) {
				t.Errorf("%s: %s without a reason: %v", state, move, p)
			}
		}
		if _, p := state.Move("elect", "理由"); p == nil {
			t.Errorf("%s: anything can be done", state)
		}
	}
}
