package supervision

import (
	"slices"

	"luoshi/calendar"
	"luoshi/flow"
	"luoshi/ledger"
)

// OrderID names an order.
type OrderID string

// Kind is what sort of paper an order is.
type Kind string

// The kinds of orders.
const (
	Assign  Kind = "assign"  // 交办单: do this
	Urge    Kind = "urge"    // 催办单, 督查催办通知: it is late, do it
	Rectify Kind = "rectify" // 整改通知单: this is wrong, mend it
	Graded  Kind = "sheet"   // 蓝黄红单: a warning whose colour follows from a rule
)

// Kinds are all kinds in the order in which they are listed.
func Kinds() []Kind { return []Kind{Assign, Urge, Rectify, Graded} }

// Urgency is how pressing an order is.
type Urgency string

// The urgencies of orders.
const (
	Normal Urgency = "normal" // 普通件
	Urgent Urgency = "urgent" // 急件
	Hard   Urgency = "hard"   // 疑难件: it takes long
)

// Urgencies are all urgencies in the order in which they are listed.
func Urgencies() []Urgency { return []Urgency{Normal, Urgent, Hard} }

// Sheet is the colour of a graded order.
type Sheet string

// The sheets, the mildest first.
const (
	NoSheet Sheet = ""
	Blue    Sheet = "blue"   // 蓝单: 提示
	Yellow  Sheet = "yellow" // 黄单: 预警
	Red     Sheet = "red"    // 红单: 督办, 问责
)

// Sheets are the colours, the mildest first.
func Sheets() []Sheet { return []Sheet{Blue, Yellow, Red} }

// SourceKind is where a matter comes from.
type SourceKind string

// The sources of matters.
const (
	FromLight       SourceKind = "light"       // a promise that goes badly
	FromInstruction SourceKind = "instruction" // 领导批示
	FromMeeting     SourceKind = "meeting"     // 会议议定事项
	FromPaper       SourceKind = "paper"       // 上级文件
	FromInspection  SourceKind = "inspection"  // 督查检查
	FromDeputies    SourceKind = "deputies"    // 人大建议, 政协提案
	FromCitizen     SourceKind = "lead"        // 群众线索
	FromPlan        SourceKind = "plan"        // 年度工作安排
)

// SourceKinds are all sources in the order in which they are listed.
func SourceKinds() []SourceKind {
	return []SourceKind{
		FromLight, FromPlan, FromInstruction, FromMeeting, FromPaper, FromInspection, FromDeputies, FromCitizen,
	}
}

// Source is why a matter is seen to. A second source joins the order that a matter has already.
type Source struct {
	Kind    SourceKind    `json:"kind"`
	Ref     string        `json:"ref,omitempty"`     // what it is in the ledger: a commitment, a document
	Title   string        `json:"title"`             // 区政府第12次常务会议纪要
	Wording string        `json:"wording,omitempty"` // what it says: the words of the instruction, why the light is red
	On      calendar.Date `json:"on,omitzero"`
	By      string        `json:"by,omitempty"` // who gave it: 林澜副区长
}

// Term is how long a unit has: so many days from the day of issue.
type Term struct {
	Days int           `json:"days"`
	Unit flow.TermUnit `json:"unit"`
}

// Order is a supervision order.
type Order struct {
	ID          OrderID               `json:"id"`
	Number      string                `json:"number,omitempty"` // 督〔2026〕17号; empty until it is issued
	Kind        Kind                  `json:"kind"`
	Parent      OrderID               `json:"parent,omitempty"` // of which it is a part; empty where it is whole
	Plan        ledger.PlanID         `json:"plan,omitempty"`
	Commitments []ledger.CommitmentID `json:"commitments,omitempty"`
	Projects    []ledger.ProjectID    `json:"projects,omitempty"`
	Title       string                `json:"title"`
	Basis       string                `json:"basis"`       // 督办依据
	Requirement string                `json:"requirement"` // 督办要求
	Lead        ledger.UnitID         `json:"lead"`
	Cooperating []ledger.UnitID       `json:"cooperating,omitempty"`
	Sources     []Source              `json:"sources"`
	Term        Term                  `json:"term,omitzero"`     // either it
	Due         calendar.Date         `json:"due,omitzero"`      // or a date is given
	Interim     int                   `json:"interim,omitempty"` // how often to report meanwhile, in working days; 0 for never
	Urgency     Urgency               `json:"urgency"`
	Sheet       Sheet                 `json:"sheet,omitempty"`   // of a graded order
	Contact     string                `json:"contact,omitempty"` // whom to ask, and how to reach him
}

// Units are the units of an order, the one that leads first.
func (o *Order) Units() []ledger.UnitID { return append([]ledger.UnitID{o.Lead}, o.Cooperating...) }

// From tells whether a source of some kind stands behind the order.
func (o *Order) From(kind SourceKind) bool {
	return slices.ContainsFunc(o.Sources, func(s Source) bool { return s.Kind == kind })
}

// NeedsApproval tells whether a leader has to approve the order before it goes out: who gave an instruction sees what
// becomes of it, and a red sheet is a serious matter.
func (o *Order) NeedsApproval() bool { return o.From(FromInstruction) || o.Sheet == Red }

// SameMatter tells whether two orders are about one matter, so that there has to be but one: they share a commitment, a
// project or the record that a source names.
func (o *Order) SameMatter(other *Order) bool {
	if shares(o.Commitments, other.Commitments) || shares(o.Projects, other.Projects) {
		return true
	}
	return slices.ContainsFunc(o.Sources, func(s Source) bool {
		return s.Ref != "" && slices.ContainsFunc(other.Sources, func(t Source) bool { return t.Kind == s.Kind && t.Ref == s.Ref })
	})
}

func shares[T comparable](a, b []T) bool {
	return slices.ContainsFunc(a, func(v T) bool { return slices.Contains(b, v) })
}

// Join is the order with what another one on the same matter adds: its sources and what they are about.
func (o Order) Join(other Order) Order {
	o.Sources, o.Commitments, o.Projects = joined(o.Sources, other.Sources), joined(o.Commitments, other.Commitments),
		joined(o.Projects, other.Projects)
	return o
}

func joined[T comparable](a, b []T) []T {
	a = slices.Clone(a)
	for _, v := range b {
		if !slices.Contains(a, v) {
			a = append(a, v)
		}
	}
	return a
}
