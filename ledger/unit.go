package ledger

import "luoshi/calendar"

// UnitKind tells what a unit is.
type UnitKind string

const (
	Government      UnitKind = "government"       // 本级政府, the root of its tree
	Department      UnitKind = "department"       // 部门
	StreetOffice    UnitKind = "street_office"    // 街道办事处, 镇, 乡
	Company         UnitKind = "company"          // 国有企业 and other companies that answer for promises
	OtherGovernment UnitKind = "other_government" // 上级或其他政府
)

// UnitKinds are all kinds in the order in which they are listed.
func UnitKinds() []UnitKind {
	return []UnitKind{Government, Department, StreetOffice, Company, OtherGovernment}
}

// Unit is a 责任单位 as it was founded. What became of it afterwards stands in UnitChanges, so that a
// paper of an earlier year can still name it as it was then.
type Unit struct {
	ID      UnitID        `json:"id"`
	Parent  UnitID        `json:"parent,omitempty"` // empty at the top of the tree
	Kind    UnitKind      `json:"kind"`
	Name    string        `json:"name"`              // at its founding: 望溪区工业和信息化局
	Aliases []string      `json:"aliases,omitempty"` // other names that papers use: 区工信局
	Since   calendar.Date `json:"since,omitzero"`    // the zero date where it has always been
	Order   int           `json:"order,omitempty"`   // place among the units of one parent
}

// UnitChangeKind tells how a unit changed.
type UnitChangeKind string

const (
	Renamed   UnitChangeKind = "renamed"   // 更名: it lives on under another name
	Moved     UnitChangeKind = "moved"     // 划转: it lives on under another parent
	Merged    UnitChangeKind = "merged"    // 并入: it ends, one unit takes over
	Split     UnitChangeKind = "split"     // 拆分: it ends, several units take over
	Abolished UnitChangeKind = "abolished" // 撤销: it ends, nobody takes over
)

// ends tells whether a unit does not outlive the change.
func (k UnitChangeKind) ends() bool { return k == Merged || k == Split || k == Abolished }

// UnitChange is a dated change of a unit. It takes effect at the beginning of its day.
type UnitChange struct {
	Unit    UnitID         `json:"unit"`
	On      calendar.Date  `json:"on"`
	Kind    UnitChangeKind `json:"kind"`
	Name    string         `json:"name,omitempty"`    // the new name, of Renamed
	Aliases []string       `json:"aliases,omitempty"` // further names in use from then on, of Renamed
	Parent  UnitID         `json:"parent,omitempty"`  // the new parent, of Moved
	Into    []UnitID       `json:"into,omitempty"`    // who takes over: one unit of Merged, two or more of Split
	Basis   string         `json:"basis,omitempty"`   // the paper that orders it: 望编发〔2026〕2号
}
