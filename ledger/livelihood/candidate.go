package livelihood

import (
	_ "embed" // what pages call things
	"slices"
	"strings"
	"sync"

	"luoshi/ledger"
)

// State is how far a candidate is.
type State string

// The states of candidates.
const (
	Received State = "received"  // nobody has looked at it yet
	Shown    State = "shown"     // everybody can see it
	Listed   State = "listed"    // it is on the ballot
	Rejected State = "rejected"  // it was not taken up
	SetAside State = "set_aside" // it was looked at and left out
	Merged   State = "merged"    // it is part of another one
	Elected  State = "chosen"
	Defeated State = "lost"
)

// States are all states, in the order in which lists show them.
func States() []State {
	return []State{Elected, Listed, Shown, Received, Defeated, SetAside, Merged, Rejected}
}

// Public tells whether everybody may see a candidate of that state.
func (s State) Public() bool {
	return slices.Contains([]State{Shown, Listed, Elected, Defeated, SetAside, Merged}, s)
}

// moves are how the office moves a candidate on before the vote, by the names of what is done.
var moves = map[string]struct {
	from   []State
	to     State
	reason bool
}{
	"show":      {[]State{Received, Rejected}, Shown, false},
	"reject":    {[]State{Received, Shown}, Rejected, true},
	"list":      {[]State{Received, Shown, SetAside}, Listed, false},
	"set-aside": {[]State{Shown, Listed}, SetAside, true},
	"unlist":    {[]State{Listed, SetAside}, Shown, false},
	"merge":     {[]State{Received, Shown, Listed, SetAside}, Merged, false},
	"part":      {[]State{Merged}, Shown, false},
}

// Moves are what can be done with a candidate of that state.
func (s State) Moves() []string {
	var names []string
	for _, name := range []string{"list", "show", "unlist", "part", "merge", "set-aside", "reject"} {
		if slices.Contains(moves[name].from, s) {
			names = append(names, name)
		}
	}
	return names
}

// Move is the state to which something leads.
func (s State) Move(name, reason string) (State, *Problem) {
	m, known := moves[name]
	return m.to, first(
		problem(!known || !slices.Contains(m.from, s), "candidate.move"),
		problem(m.reason && strings.TrimSpace(reason) == "", "candidate.reason"),
	)
}

// NeedsReason tells whether a move must be explained.
func NeedsReason(move string) bool { return moves[move].reason }

// Origin is who suggested a candidate.
type Origin string

// The origins.
const (
	FromPublic Origin = "public"
	FromDeputy Origin = "deputy"
	FromUnit   Origin = "unit"
	FromOffice Origin = "office"
)

// Origins are all origins.
func Origins() []Origin { return []Origin{FromPublic, FromDeputy, FromUnit, FromOffice} }

// Stage is what a picture shows of the work.
type Stage string

// The stages.
const (
	Before Stage = "before"
	During Stage = "during"
	After  Stage = "after"
)

// Stages are all stages, in their order.
func Stages() []Stage { return []Stage{Before, During, After} }

//go:embed labels.txt
var labelLines string

var labels = sync.OnceValue(func() map[string]ledger.Wording {
	all := map[string]ledger.Wording{}
	for line := range strings.Lines(labelLines) {
		if f := strings.Split(line, "|"); len(f) == 3 && !strings.HasPrefix(line, "#") {
			all[strings.TrimSpace(f[0])] = ledger.Wording{ZH: strings.TrimSpace(f[1]), EN: strings.TrimSpace(f[2])}
		}
	}
	return all
})

// Label is what pages call the state.
func (s State) Label() ledger.Wording { return labels()["state."+string(s)] }

// Label is what pages call the origin.
func (o Origin) Label() ledger.Wording { return labels()["origin."+string(o)] }

// Label is what pages call the base.
func (b Base) Label() ledger.Wording { return labels()["base."+string(b)] }

// Label is what pages call the way.
func (t Ties) Label() ledger.Wording { return labels()["ties."+string(t)] }

// Label is what pages call the fate.
func (f Fate) Label() ledger.Wording { return labels()["fate."+string(f)] }

// Label is what pages call the stage.
func (s Stage) Label() ledger.Wording { return labels()["stage."+string(s)] }
