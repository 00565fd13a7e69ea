// Package disclosed is what the public is told of a plan, and how anyone can check that it was told just so: promises
// with their lights and locked figures as records in one spelling, editions as trees over these records, and proofs that
// an edition stands in the signed log. Everything is pure; it needs neither the database nor the program of the district.
//
// What is no field of these types is not public. Accounts, persons, notes and whatever is not locked have no place here.
package disclosed

import (
	"luoshi/calendar"
	"luoshi/internal/audit/canonical"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

// Promise is what the public is told of a commitment.
type Promise struct {
	Key          string                 `json:"key"` // by which it is found: its number
	ID           ledger.CommitmentID    `json:"id"`
	Number       string                 `json:"number,omitempty"`
	Title        string                 `json:"title"`
	Wording      string                 `json:"wording"`          // as promised, verbatim
	Source       string                 `json:"source,omitempty"` // the document that says so
	Section      int                    `json:"section,omitempty"`
	Kind         ledger.CommitmentKind  `json:"kind"`
	State        ledger.CommitmentState `json:"state"`
	By           calendar.Date          `json:"by,omitzero"`
	Firm         bool                   `json:"firm"`
	Lead         string                 `json:"lead,omitempty"` // the name of the unit
	Cooperating  []string               `json:"cooperating,omitempty"`
	Targets      []Target               `json:"targets,omitempty"`
	Light        *Light                 `json:"light,omitempty"`
	Turns        []Turn                 `json:"turns,omitempty"` // of the light, the first one first
	Measured     []Measured             `json:"measured,omitempty"`
	Amendments   []Amendment            `json:"amendments,omitempty"`   // the first one first
	Corrections  []Correction           `json:"corrections,omitempty"`  // of its figures, the first one first
	Pictures     []Picture              `json:"pictures,omitempty"`     // of a livelihood item, the first one first
	Satisfaction []Satisfaction         `json:"satisfaction,omitempty"` // with a livelihood item
}

// Colour is what the light of a promise shows; empty where none is shown.
func (p *Promise) Colour() light.Colour {
	if p.Light == nil {
		return ""
	}
	return p.Light.Colour
}

// Said is a text in both languages.
type Said struct {
	ZH string `json:"zh"`
	EN string `json:"en"`
}

// Wording is the text as the ledger has texts.
func (s Said) Wording() ledger.Wording { return ledger.Wording(s) }

// Target is what a promise is held to.
type Target struct {
	Subject string            `json:"subject"`
	Cmp     ledger.Comparator `json:"cmp"`
	Value   ledger.Decimal    `json:"value,omitzero"`
	Upper   ledger.Decimal    `json:"upper,omitzero"`
	Words   string            `json:"words,omitempty"`
	Unit    string            `json:"unit"`
	Measure ledger.Measure    `json:"measure"`
	Scope   string            `json:"scope,omitempty"`
	By      calendar.Date     `json:"by,omitzero"`
	Firm    bool              `json:"firm"`
}

// Ledger is the target as the ledger has targets, for pages that word it.
func (t Target) Ledger() ledger.Target {
	return ledger.Target{
		Subject: t.Subject, Cmp: t.Cmp, Value: t.Value, Upper: t.Upper, Words: t.Words, Unit: t.Unit, Measure: t.Measure, Scope: t.Scope, By: t.By, Firm: t.Firm,
	}
}

// Light is how well a promise goes, and why.
type Light struct {
	Colour   light.Colour     `json:"colour"`
	Since    calendar.Date    `json:"since"`
	ByHand   bool             `json:"by_hand,omitempty"` // set by the office and not by the rule
	Reason   string           `json:"reason,omitempty"`  // why it was set by hand
	Why      []Said           `json:"why,omitempty"`     // the computation, in order
	AsOf     reporting.Period `json:"as_of,omitzero"`    // the period whose figure was judged
	Progress ledger.Decimal   `json:"progress,omitzero"` // per cent of the promise that is done
	Due      ledger.Decimal   `json:"due,omitzero"`      // per cent of it that should be done
}

// Turn is that a light turned.
type Turn struct {
	On      calendar.Date `json:"on"`
	Earlier light.Colour  `json:"earlier,omitempty"`
	Colour  light.Colour  `json:"colour,omitempty"`
	ByHand  bool          `json:"by_hand,omitempty"`
}

// Measured is what is measured of a promise.
type Measured struct {
	Kind      reporting.SubjectKind `json:"kind"`
	ID        string                `json:"id"` // of the indicator, the project or the commitment
	Title     string                `json:"title"`
	Unit      string                `json:"unit,omitempty"` // of measure
	Bound     ledger.Decimal        `json:"bound,omitzero"`
	Indicator *Indicator            `json:"indicator,omitempty"`
	By        string                `json:"by,omitempty"` // the name of the unit that reports
	Figures   []Figure              `json:"figures,omitempty"`
	Steps     []Step                `json:"steps,omitempty"`
}

// Indicator is how an indicator is defined.
type Indicator struct {
	Name        string             `json:"name"`
	Scope       string             `json:"scope,omitempty"`
	Aggregation ledger.Aggregation `json:"aggregation,omitempty"`
	Direction   ledger.Direction   `json:"direction,omitempty"`
}

// Figure is a locked figure.
type Figure struct {
	Period     reporting.Period `json:"period"`
	Given      reporting.Basis  `json:"given,omitempty"` // the view that was reported; the other one follows from it
	OfPeriod   ledger.Decimal   `json:"of_period,omitzero"`
	Cumulative ledger.Decimal   `json:"cumulative,omitzero"`
	Growth     ledger.Decimal   `json:"growth,omitzero"`
	Percent    ledger.Decimal   `json:"percent,omitzero"` // of a task that is done, as its unit says
	Said       reporting.Said   `json:"said,omitempty"`
	Reason     string           `json:"reason,omitempty"` // as its unit says
	Corrected  bool             `json:"corrected,omitempty"`
}

// Step is a milestone.
type Step struct {
	Title   string        `json:"title"`
	By      calendar.Date `json:"by"`
	Reached calendar.Date `json:"reached,omitzero"`
}

// Amendment is that a promise was changed.
type Amendment struct {
	On      calendar.Date `json:"on"`
	Version int           `json:"version"` // of the plan that it made
	Basis   string        `json:"basis,omitempty"`
	Reason  string        `json:"reason"`
	Changes []Change      `json:"changes"`
}

// Change is one thing that was changed. What is empty was not there.
type Change struct {
	Field ledger.Field `json:"field"`
	From  Held         `json:"from,omitzero"`
	To    Held         `json:"to,omitzero"`
}

// Held is what a field held.
type Held struct {
	Target *Target                `json:"target,omitempty"`
	Date   calendar.Date          `json:"date,omitzero"`
	Units  []string               `json:"units,omitempty"`
	State  ledger.CommitmentState `json:"state,omitempty"`
	Step   *Step                  `json:"step,omitempty"`
}

// IsZero tells whether nothing was held.
func (h Held) IsZero() bool {
	return h.Target == nil && h.Date.IsZero() && len(h.Units) == 0 && h.State == "" && h.Step == nil
}

// Correction is that a locked figure was put right.
type Correction struct {
	On     calendar.Date    `json:"on"` // when it was approved
	Title  string           `json:"title"`
	Period reporting.Period `json:"period"`
	Before ledger.Decimal   `json:"before,omitzero"`
	After  ledger.Decimal   `json:"after,omitzero"`
	Reason string           `json:"reason"`
	Basis  string           `json:"basis"`
}

// Encode is the one spelling of a record, whose hash is its leaf.
func Encode(record any) ([]byte, error) { return canonical.Marshal(record) }
