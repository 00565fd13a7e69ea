package reporting

import "luoshi/ledger"

// IndicatorAccount is one indicator with all that its line in the table says.
type IndicatorAccount struct {
	Indicator ledger.Indicator
	Targets   []ledger.Target // that follow it, the one of the plan's own government first
	Point     Point           // of the period; zero where nothing was reported
	Reason    string          // why it differs from the target, where the figure itself does not say
}

// IndicatorLine is one line of 主要经济社会指标完成情况表: 指标名称, 单位, 预期目标, 完成数, 增长%, 备注.
type IndicatorLine struct {
	Indicator ledger.IndicatorID `json:"indicator"`
	Name      string             `json:"name"`
	Unit      string             `json:"unit"`  // with magnitude: 亿元
	Scale     int                `json:"scale"` // the power of ten of the unit
	Expected  ledger.Wording     `json:"expected"`
	Done      ledger.Decimal     `json:"done,omitzero"` // in Unit
	Growth    ledger.Decimal     `json:"growth,omitzero"`
	Remark    ledger.Wording     `json:"remark"`
	Locked    bool               `json:"locked"`
	Reason    string             `json:"reason,omitempty"`
}

// IndicatorTable is the table of indicators, in the order given.
func IndicatorTable(accounts []IndicatorAccount) []IndicatorLine { return nil }

// ProjectAccount is one project with what is known of it at the end of the period.
type ProjectAccount struct {
	Project ledger.Project
	Point   Point  // of the period; zero where nothing was reported
	Reason  string // why it lags, where the figure itself does not say
}

// MissKind is what a project misses.
type MissKind string

const (
	MissStart MissKind = "not_started" // it was to begin, and has not
	MissPace  MissKind = "behind"      // it goes on, but behind its plan
)

// Miss is a project that lags, with the reason.
type Miss struct {
	Project ledger.ProjectID `json:"project"`
	Name    string           `json:"name"`
	Kind    MissKind         `json:"kind"`
	Reason  string           `json:"reason,omitempty"`
}

// ProjectLine is one line of 政府投资项目进展情况表. Money is in yuan and exact, per cent have two decimals as printed.
type ProjectLine struct {
	Category  ledger.ProjectCategory `json:"category,omitempty"` // empty for the total
	Count     int                    `json:"count"`
	Planned   ledger.Decimal         `json:"planned"`             // 年度计划投资
	Done      ledger.Decimal         `json:"done"`                // 累计完成投资
	Share     ledger.Decimal         `json:"share,omitzero"`      // 占年度计划比例
	ToStart   int                    `json:"to_start"`            // 新开工
	Started   int                    `json:"started"`             // 已开工 (已完工) of those
	StartRate ledger.Decimal         `json:"start_rate,omitzero"` // 开工率
	Ongoing   int                    `json:"ongoing"`             // 续建
	Finished  int                    `json:"finished"`            // 已完工 of all
	Silent    int                    `json:"silent"`              // without a locked figure of the period
	Misses    []Miss                 `json:"misses,omitempty"`
	Remark    ledger.Wording         `json:"remark"`
}

// ProjectTable is the table of projects of a year by category, behind a line of the total. Categories without a
// project are left out.
func ProjectTable(period Period, accounts []ProjectAccount) []ProjectLine { return nil }
