package reporting

import (
	"luoshi/calendar"
	"luoshi/ledger"
)

// Identifiers of this package's records, UUIDs like those of the ledger.
type (
	// RoundID names a round.
	RoundID string
	// SubmissionID names one unit's form of a round.
	SubmissionID string
	// ObservationID names an observation.
	ObservationID string
	// EvidenceID names a file that bears out an observation.
	EvidenceID string
	// CorrectionID names a correction.
	CorrectionID string
)

// Basis tells which of the two ways of stating a figure was used; the other one is derived from it.
type Basis string

const (
	OfPeriod   Basis = "period"     // 当期: of the period alone
	Cumulative Basis = "cumulative" // 累计: from the beginning of the year to the end of the period
)

// Figures are the numbers of a row. Each is absent where it was not given.
type Figures struct {
	Given       Basis          `json:"given,omitempty"`      // how Value, Numerator and Denominator are meant
	Value       ledger.Decimal `json:"value,omitzero"`       // in the row's unit; of a project: investment done in the year, yuan
	Numerator   ledger.Decimal `json:"numerator,omitzero"`   // of a rate
	Denominator ledger.Decimal `json:"denominator,omitzero"` // of a rate
	Growth      ledger.Decimal `json:"growth,omitzero"`      // percent against the same period of the year before; falls are negative
	Base        ledger.Decimal `json:"base,omitzero"`        // that period's level, by the same basis as Value
	Arrived     ledger.Decimal `json:"arrived,omitzero"`     // of a project: funds that have arrived this year, yuan
	Paid        ledger.Decimal `json:"paid,omitzero"`        // of a project: funds paid this year, yuan
	Percent     ledger.Decimal `json:"percent,omitzero"`     // of a task: how much is done as the unit sees it, 0 to 100
}

// Said is where a matter stands in the words of its unit; what figures and calendar say is kept apart.
type Said string

const (
	NotStarted Said = "not_started" // 未启动
	UnderWay   Said = "under_way"   // 正在推进
	InTrouble  Said = "in_trouble"  // 推进受阻
	Completed  Said = "completed"   // 已完成
)

// SaidAll are all of them in the order of a matter's life.
func SaidAll() []Said { return []Said{NotStarted, UnderWay, InTrouble, Completed} }

// Origin is how a figure came into the form.
type Origin string

const (
	Typed     Origin = "typed"     // by keyboard or paste
	Template  Origin = "template"  // in a filled Excel template
	Imported  Origin = "imported"  // from another table
	Delivered Origin = "delivered" // by another system over the API
	Prefilled Origin = "prefilled" // from what is already held, and left as it was
)

// Observation is a 填报值: what a unit says on one subject for one period.
type Observation struct {
	Subject Subject `json:"subject"`
	Figures
	Said      Said          `json:"said,omitempty"`
	Note      string        `json:"note,omitempty"`     // 备注, 形象进度
	Reason    string        `json:"reason,omitempty"`   // 偏差原因: why it differs from the target's path
	Override  string        `json:"override,omitempty"` // why a warning of the checks is passed over
	Nodes     []NodeReached `json:"nodes,omitempty"`    // of a project, and milestones of a commitment
	Obstacles []Obstacle    `json:"obstacles,omitempty"`
	Origin    Origin        `json:"origin,omitempty"`
	Source    string        `json:"source,omitempty"` // where it came from: the file, the system, the submission
}

// NodeReached is a node of a project, or a milestone of a commitment, that was reached.
type NodeReached struct {
	Number int           `json:"number"`
	On     calendar.Date `json:"on"`
}

// Obstacle is a problem that a unit reports, and whom it asks to solve it.
type Obstacle struct {
	Text string        `json:"text"`
	Ask  ledger.UnitID `json:"ask,omitempty"`
}

// IsEmpty tells whether nothing was said: a row that is still to be filled.
func (o Observation) IsEmpty() bool {
	return o.Figures.empty() && o.Said == "" && o.Note == "" && o.Reason == "" && len(o.Nodes) == 0 && len(o.Obstacles) == 0
}

func (f Figures) empty() bool {
	f.Given = ""
	return f == Figures{}
}

// State is how far a submission is. The names are those of flow/definitions/submission.txt.
type State string

const (
	Drafted   State = "draft"      // 填报中
	Submitted State = "submitted"  // 待单位审签
	Approved  State = "approved"   // 待复核
	Reviewed  State = "reviewed"   // 已复核, 待锁定
	Statistic State = "statistics" // 待统计部门核定
	Locked    State = "locked"     // 已锁定: counts
	Returned  State = "returned"   // 已退回
)
