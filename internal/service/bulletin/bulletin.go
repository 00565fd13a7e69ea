package bulletin

import (
	"time"

	"luoshi/internal/service"
	"luoshi/ledger"
	"luoshi/ledger/bulletin"
	"luoshi/ledger/reporting"
)

// ID names a bulletin.
type ID string

// State is how far a bulletin is. The names are those of flow/definitions/bulletin.txt.
type State string

// The states of bulletins.
const (
	Drafted  State = "draft"
	Reviewed State = "review" // somebody is about to review it
	Waiting  State = "approval"
	Approved State = "approved"
	Issued   State = "published"
	Dropped  State = "dropped"
)

// States are all states, in the order of a bulletin's life.
func States() []State { return []State{Drafted, Reviewed, Waiting, Approved, Issued, Dropped} }

// Bulletin is a bulletin. Once it is published its paper says all that it ever said.
type Bulletin struct {
	ID         ID               `json:"id"`
	Plan       ledger.PlanID    `json:"plan"`
	Government ledger.UnitID    `json:"government"`
	Period     reporting.Period `json:"period"`
	State      State            `json:"state"`
	Title      string           `json:"title"`
	Number     bulletin.Number  `json:"number,omitzero"` // none before it is published
	Corrects   ID               `json:"corrects,omitempty"`
	Public     bool             `json:"public,omitempty"` // the public may read it once it is published
	Content    bulletin.Content `json:"content"`          // all that is generated
	Blocks     bulletin.Blocks  `json:"blocks,omitempty"`
	Omitted    []bulletin.Kind  `json:"omitted,omitempty"` // sections that are left out
	Recipients []ledger.UnitID  `json:"recipients"`
	Author     ledger.AccountID `json:"author"`
	Made       time.Time        `json:"-"`
	Updated    time.Time        `json:"-"`
	Published  time.Time        `json:"-"`
	Paper      Paper            `json:"-"` // as it was published; zero before
	Digest     string           `json:"digest,omitempty"`
	Revision   int64            `json:"-"`
}

// Paper is a bulletin as it is printed.
type Paper struct {
	Series     string           `json:"series"` // 督查通报
	Office     string           `json:"office"` // that issues it
	Copies     string           `json:"copies,omitempty"`
	Number     bulletin.Number  `json:"number,omitzero"`
	Title      string           `json:"title"`
	On         string           `json:"on,omitempty"` // the day of issue
	Content    bulletin.Content `json:"content"`
	Blocks     bulletin.Blocks  `json:"blocks,omitempty"`
	Recipients []Recipient      `json:"recipients"`
}

// Recipient is a unit that a bulletin goes to, by the name that it has on the day of issue.
type Recipient struct {
	Unit ledger.UnitID `json:"unit"`
	Name string        `json:"name"`
}

// owned is whose a bulletin is: the government's, and everybody's who may read what is public.
func (b Bulletin) owned() service.Owned {
	return service.Owned{Lead: b.Government, Published: b.Public && b.State == Issued}
}

// Shown is what of the content is printed.
func (b Bulletin) Shown() bulletin.Content { return b.Content.Without(b.Omitted) }
