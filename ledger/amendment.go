package ledger

import "luoshi/calendar"

// AmendmentState is how far an amendment is.
type AmendmentState string

const (
	Proposed  AmendmentState = "proposed"   // 已提出
	Agreed    AmendmentState = "agreed"     // 已批准: it may be applied from its effective date on
	Applied   AmendmentState = "applied"    // 已生效: part of a version of the plan
	Refused   AmendmentState = "refused"    // 未批准
	TakenBack AmendmentState = "taken_back" // 已撤回
)

var amendmentMoves = moves[AmendmentState]{
	Proposed:  {Agreed, Refused, TakenBack},
	Agreed:    {Applied, TakenBack},
	Applied:   {},
	Refused:   {},
	TakenBack: {},
}

// Next is what may follow the state.
func (s AmendmentState) Next() []AmendmentState { return amendmentMoves.next(s) }

// Amendment is a 调整 of one commitment of a published plan. It keeps the old content of everything it
// changes, so that nothing is lost by applying it.
type Amendment struct {
	ID         AmendmentID    `json:"id"`
	Plan       PlanID         `json:"plan"`
	Commitment CommitmentID   `json:"commitment"`
	Changes    []Change       `json:"changes"`
	Reason     string         `json:"reason"`
	Basis      Basis          `json:"basis"`
	Effective  calendar.Date  `json:"effective"` // from this day the new content holds
	State      AmendmentState `json:"state"`
	Version    int            `json:"version,omitempty"` // of the plan that it made; 0 until it is applied
}

// Basis is the paper that an amendment rests on.
type Basis struct {
	Title    string        `json:"title"`              // 区政府第12次常务会议纪要
	Number   string        `json:"number,omitempty"`   // 望政纪〔2026〕12号
	Date     calendar.Date `json:"date,omitzero"`      // of issue
	Document Digest        `json:"document,omitempty"` // where the paper itself is kept
}

// Field is what a change is about.
type Field string

const (
	TargetField      Field = "target"      // one target, by its number; added or dropped where one side is none
	DeadlineField    Field = "deadline"    // the deadline of the whole
	LeadField        Field = "lead"        // the lead unit
	CooperatingField Field = "cooperating" // the cooperating units
	PostField        Field = "post"        // the responsible post
	StateField       Field = "state"       // withdrawn, or put in force again
	MilestoneField   Field = "milestone"   // one milestone, by its number; added or dropped where one side is none
)

// Change is one field of a commitment before and after.
type Change struct {
	Field  Field   `json:"field"`
	Target int     `json:"target,omitempty"` // the number of the target or milestone, for TargetField and MilestoneField
	Old    Content `json:"old,omitzero"`
	New    Content `json:"new,omitzero"`
}

// Content is what a field holds. Only the part that fits the field is set.
type Content struct {
	Target    *Target         `json:"target,omitempty"`    // nil where there is none
	Milestone *Milestone      `json:"milestone,omitempty"` // likewise
	Date      calendar.Date   `json:"date,omitzero"`
	Unit      UnitID          `json:"unit,omitempty"`
	Units     []UnitID        `json:"units,omitempty"`
	Post      PostID          `json:"post,omitempty"`
	State     CommitmentState `json:"state,omitempty"`
}
