package supervision

import (
	"luoshi/calendar"
	"luoshi/ledger"
)

// Reply is what a unit says to an order: how it stands meanwhile, or that it is done.
type Reply struct {
	Unit     ledger.UnitID `json:"unit,omitempty"` // who says it; a cooperating unit may report, too
	Text     string        `json:"text"`
	Progress int           `json:"progress"` // per cent
	Done     bool          `json:"done,omitempty"`
	Final    bool          `json:"final,omitempty"`   // 办结报告: it is to be reviewed
	Next     string        `json:"next,omitempty"`    // 下一步打算
	Trouble  string        `json:"trouble,omitempty"` // 存在问题: what stands in the way, and who could help
	On       calendar.Date `json:"on,omitzero"`
}

// Part is what one unit gets of an order that is split: an order of its own beneath it.
type Part struct {
	Unit        ledger.UnitID `json:"unit"`
	Title       string        `json:"title,omitempty"` // that of the whole where it is empty
	Requirement string        `json:"requirement"`
	Term        Term          `json:"term,omitzero"`
	Due         calendar.Date `json:"due,omitzero"`
}
