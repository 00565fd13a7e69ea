package ledger

import (
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/reading/numeral"
)

// The samples are of a fictional district, 望溪区, in 2026.

// uuid is the identifier with a number.
func uuid(n int) string { return NewUUID(int64(n), [10]byte{}) }

// day reads a date, for tables.
func day(s string) calendar.Date {
	var d calendar.Date
	if err := d.UnmarshalText([]byte(s)); err != nil {
		panic(err)
	}
	return d
}

// figure reads a decimal, for tables.
func figure(s string) Decimal {
	d, err := ParseDecimal(s)
	if err != nil {
		panic(err)
	}
	return d
}

var digest = Digest(strings.Repeat("0a", 32))

// quote is a passage that begins at a code point.
func quote(at int, words string) Passage {
	p, err := RestorePassage(digest, at, at+len([]rune(words)), words)
	if err != nil {
		panic(err)
	}
	return p
}

const (
	government = 1
	finance    = 2
	education  = 3
	street     = 4
)

func sampleUnits() []Unit {
	return []Unit{
		{ID: UnitID(uuid(government)), Kind: Government, Name: "望溪区人民政府"},
		{ID: UnitID(uuid(finance)), Parent: UnitID(uuid(government)), Kind: Department, Name: "望溪区财政局", Order: 1},
		{ID: UnitID(uuid(education)), Parent: UnitID(uuid(government)), Kind: Department, Name: "望溪区教育局", Aliases: []string{"教育局"}, Order: 2},
		{ID: UnitID(uuid(street)), Parent: UnitID(uuid(government)), Kind: StreetOffice, Name: "柳桥街道办事处", Order: 3},
	}
}

func sampleTarget(number int, subject, value, unit string) Target {
	return Target{
		Number: number, Subject: subject, Cmp: AtLeast, Value: figure(value), Unit: unit, Measure: Level,
		By: day("2026-12-31"), Firm: true,
	}
}

func sampleCommitment(n int, words string, targets ...Target) Commitment {
	return NewCommitment(CommitmentTerms{
		ID: CommitmentID(uuid(100 + n)), Plan: PlanID(uuid(10)), Title: words, Kind: KindTask, State: Prepared,
		Targets: targets, By: day("2026-12-31"), Firm: true, Lead: UnitID(uuid(finance)),
	}, quote(100*n, words))
}

func samplePlan() Plan {
	return Plan{
		ID: PlanID(uuid(10)), Government: UnitID(uuid(government)), Year: 2026, Title: "望溪区2026年政府工作安排",
		State:   Draft,
		Sources: []Source{{Document: digest, Name: "plan.docx", Date: day("2026-01-23")}},
		Outline: []Section{
			{Number: 1, Level: 1, Marker: "一、", Title: "投资消费"},
			{Number: 2, Parent: 1, Level: 2, Marker: "（一）", Title: "项目建设"},
			{Number: 3, Level: 1, Marker: "二、", Title: "民生福祉"},
		},
	}
}

// published is the sample plan in force with commitments.
func published(tb testing.TB, commitments ...Commitment) (Plan, []Commitment) {
	tb.Helper()
	plan := samplePlan()
	plan.State = Approved
	plan, commitments, found := plan.Publish(commitments, day("2026-02-01"), "望政发〔2026〕1号")
	if len(found) > 0 {
		tb.Fatal(found)
	}
	return plan, commitments
}

func sampleAmendment(n int, c Commitment, changes ...Change) Amendment {
	return Amendment{
		ID: AmendmentID(uuid(500 + n)), Plan: c.Plan, Commitment: c.ID, Changes: changes, Reason: "上级任务调整",
		Basis: Basis{Title: "区政府第12次常务会议纪要"}, Effective: day("2026-06-01"), State: Agreed,
	}
}

func sampleProject() Project {
	return Project{
		ID: ProjectID(uuid(700)), Plan: PlanID(uuid(10)), Name: "望溪物流港", Category: Industry, Stage: Ongoing,
		Start: day("2025-03-01"), Completion: day("2026-12-31"), Total: figure("8e8"),
		Years: []Investment{{Year: 2025, Planned: figure("3e8"), Done: figure("2.9e8")}, {Year: 2026, Planned: figure("5e8")}},
		Funds: []Fund{{Source: SpecialBond, Planned: figure("2e8"), Arrived: figure("1.5e8"), Paid: figure("1e8")}},
		Nodes: []Node{{Number: 1, Title: "主体封顶", By: day("2026-06-30")}},
		Obstacles: []Obstacle{
			{Number: 1, Text: "征地未完成", Raised: day("2026-03-01"), Unit: UnitID(uuid(street))},
		},
		Place: Place{Address: "柳桥路1号", Longitude: figure("108.95"), Latitude: figure("34.27")},
	}
}

func sampleIndicator() Indicator {
	return Indicator{
		ID: IndicatorID(uuid(800)), Plan: PlanID(uuid(10)), Code: "economy.gdp", Name: "地区生产总值", Unit: "元",
		Direction: More, Aggregation: AsSum, Base: Exactly(numeral.Decimal{Coef: 6124, Exp: 7}), BaseYear: 2025,
		Series: []YearFigure{{Year: 2025, Actual: figure("612.4e8")}, {Year: 2026, Target: figure("649.1e8")}},
	}
}
