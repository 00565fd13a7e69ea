package ledger

import "luoshi/calendar"

// ProjectCategory is what a project builds.
type ProjectCategory string

const (
	Industry       ProjectCategory = "industry"       // 产业
	Infrastructure ProjectCategory = "infrastructure" // 基础设施
	Wellbeing      ProjectCategory = "wellbeing"      // 社会民生
	Ecology        ProjectCategory = "ecology"        // 生态环保
	CityRenewal    ProjectCategory = "city_renewal"   // 城市更新
	OtherProject   ProjectCategory = "other"
)

// ProjectCategories are all categories in the order in which they are listed.
func ProjectCategories() []ProjectCategory {
	return []ProjectCategory{Industry, Infrastructure, Wellbeing, Ecology, CityRenewal, OtherProject}
}

// Stage is how far a project has come.
type Stage string

const (
	Reserve   Stage = "reserve"   // 储备
	Preparing Stage = "preparing" // 前期
	Starting  Stage = "starting"  // 新开工: construction begins in the plan's year
	Ongoing   Stage = "ongoing"   // 续建: it began in an earlier year
	Finished  Stage = "finished"  // 完工
	Exited    Stage = "exited"    // 退出: given up, with a reason
)

var stageMoves = moves[Stage]{
	Reserve:   {Preparing, Exited},
	Preparing: {Starting, Reserve, Exited},
	Starting:  {Ongoing, Finished, Exited},
	Ongoing:   {Finished, Exited},
	Finished:  {},
	Exited:    {Reserve},
}

// Next is what may follow the stage.
func (s Stage) Next() []Stage { return stageMoves.next(s) }

// Stages are all stages in the order of a project's life.
func Stages() []Stage {
	return []Stage{Reserve, Preparing, Starting, Ongoing, Finished, Exited}
}

// Project is an investment project. Money is in yuan.
type Project struct {
	ID         ProjectID       `json:"id"`
	Plan       PlanID          `json:"plan"`
	Number     string          `json:"number,omitempty"` // 项目代码
	Name       string          `json:"name"`
	Category   ProjectCategory `json:"category"`
	Stage      Stage           `json:"stage"`
	Lead       UnitID          `json:"lead,omitempty"`
	Content    string          `json:"content,omitempty"` // 建设内容
	Place      Place           `json:"place,omitzero"`
	Start      calendar.Date   `json:"start,omitzero"`      // of construction: planned, or as it was
	Completion calendar.Date   `json:"completion,omitzero"` // planned, or as it was once finished
	Total      Decimal         `json:"total,omitzero"`      // 总投资
	Years      []Investment    `json:"years,omitempty"`     // by year
	Funds      []Fund          `json:"funds,omitempty"`
	Nodes      []Node          `json:"nodes,omitempty"`
	Obstacles  []Obstacle      `json:"obstacles,omitempty"`
	ExitReason string          `json:"exit_reason,omitempty"`
}

// Investment is one year of a project's money.
type Investment struct {
	Year    int     `json:"year"`
	Planned Decimal `json:"planned,omitzero"` // 年度计划投资
	Done    Decimal `json:"done,omitzero"`    // 完成投资
}

// FundSource is where money comes from.
type FundSource string

const (
	CentralBudget FundSource = "central_budget" // 中央预算内
	UpperBudget   FundSource = "upper_budget"   // 省市资金
	OwnBudget     FundSource = "own_budget"     // 本级财政
	SpecialBond   FundSource = "special_bond"   // 专项债券
	BankLoan      FundSource = "bank_loan"      // 银行贷款
	OwnCapital    FundSource = "own_capital"    // 企业自筹
	OtherFund     FundSource = "other"
)

// FundSources are all sources in the order in which they are listed.
func FundSources() []FundSource {
	return []FundSource{CentralBudget, UpperBudget, OwnBudget, SpecialBond, BankLoan, OwnCapital, OtherFund}
}

// Fund is money of one source. No more can arrive than was planned, or be paid than has arrived.
type Fund struct {
	Source  FundSource `json:"source"`
	Planned Decimal    `json:"planned,omitzero"`
	Arrived Decimal    `json:"arrived,omitzero"`
	Paid    Decimal    `json:"paid,omitzero"`
}

// Node is a 节点: a step of a project, such as 可研批复 or 主体封顶.
type Node struct {
	Number int           `json:"number"` // within the project, from 1
	Title  string        `json:"title"`
	By     calendar.Date `json:"by"`
	Done   calendar.Date `json:"done,omitzero"` // zero while it is open
}

// Obstacle is a 存在问题: what stands in a project's way and who is to clear it.
type Obstacle struct {
	Number int           `json:"number"` // within the project, from 1
	Text   string        `json:"text"`
	Unit   UnitID        `json:"unit,omitempty"`
	Raised calendar.Date `json:"raised"`
	Solved calendar.Date `json:"solved,omitzero"` // zero while it stands
}

// Place is where a project stands. Degrees are those of WGS 84 and either both known or neither.
type Place struct {
	Unit      UnitID  `json:"unit,omitempty"` // the street office
	Address   string  `json:"address,omitempty"`
	Longitude Decimal `json:"longitude,omitzero"`
	Latitude  Decimal `json:"latitude,omitzero"`
}
