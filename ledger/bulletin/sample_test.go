package bulletin_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/ledger"
	"luoshi/ledger/bulletin"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

func day(month, d int) calendar.Date {
	return calendar.Date{Year: 2026, Month: int8(month), Day: int8(d)}
}

func decimal(text string) ledger.Decimal {
	d, err := ledger.ParseDecimal(text)
	if err != nil {
		panic(err)
	}
	return d
}

// sample is what a ledger of 22 matters says on 25 November: 6 done, 16 in progress.
func sample() bulletin.Material {
	m := bulletin.Material{
		Plan: "plan", Title: "望溪区2026年政府工作任务", On: day(11, 25), Most: 5,
		Period: reporting.Period{Frequency: reporting.Monthly, Year: 2026, Number: 10},
		Names:  map[ledger.UnitID]string{"civil": "区民政局", "house": "区住房和城乡建设局", "water": "区水务局"},
		Reports: []bulletin.Reports{
			{Unit: "civil", Asked: 1}, {Unit: "house", Asked: 1, Late: 1, Returned: 2}, {Unit: "water", Asked: 1, Missing: 1},
		},
		Items: []bulletin.Item{
			{ID: "i1", Title: "建成社区食堂6处", Unit: "civil", State: "已销号", Closed: true, Answers: 37, Satisfied: 36},
			{ID: "i2", Title: "改造公厕12座", Unit: "house", State: "办理中"},
		},
		Orders: &bulletin.Orders{
			Units: []bulletin.UnitOrders{{Unit: "house", Issued: 3, Closed: 1, Returned: 1, Overdue: 1, Sheets: 2}, {Unit: "civil"}},
			Overdue: []bulletin.Order{
				{ID: "o1", Number: "督〔2026〕7号", Title: "望溪大桥引桥拆迁（18户）", Unit: "house", Due: day(11, 11)},
			},
		},
	}
	add := func(n int, unit ledger.UnitID, colour light.Colour, title, due, done, gap string, overdue bool) {
		for range n {
			by := day(12, 31)
			if overdue {
				by = day(9, 30)
			}
			m.Matters = append(m.Matters, bulletin.Matter{
				ID: ledger.CommitmentID(fmt.Sprint("c", len(m.Matters))), Title: title, Unit: unit, By: by, Colour: colour, Overdue: overdue,
				Due: decimal(due), Done: decimal(done), Gap: decimal(gap),
			})
		}
	}
	add(4, "civil", light.Blue, "新增养老床位200张", "90.1", "100", "9.9", false)
	add(2, "house", light.Blue, "改造老旧小区12个", "90.1", "100", "9.9", false)
	add(5, "civil", light.Green, "建成社区食堂6处", "90.1", "93.24", "3.14", false)
	add(3, "house", light.Yellow, "新建口袋公园8个", "90.1", "78", "-12.1", false)
	add(2, "water", light.Red, "水库除险加固（5座）", "90.1", "45.55", "-44.55", false)
	add(1, "water", light.Red, "泵站检修3座", "", "", "", true)
	add(5, "water", light.Grey, "推进节水型社会建设", "", "", "", false)
	return m
}

// random is a ledger of any size.
func random(r *rand.Rand) bulletin.Material {
	m := sample()
	m.Matters, m.Reports, m.Orders, m.Items = nil, nil, nil, nil
	m.Most = r.IntN(8)
	units := []ledger.UnitID{"civil", "house", "water", ""}
	for i := range r.IntN(60) {
		c := light.Colours()[r.IntN(5)]
		matter := bulletin.Matter{
			ID: ledger.CommitmentID(fmt.Sprint("c", i)), Title: fmt.Sprintf("建设第%d批项目%d个", i, r.IntN(90)), Unit: units[r.IntN(4)], Colour: c,
			By: day(1+r.IntN(10), 1), Overdue: c != light.Blue && r.IntN(4) == 0,
		}
		if r.IntN(3) > 0 {
			matter.Due, matter.Done = ledger.Int(r.Int64N(101)), ledger.Int(r.Int64N(101))
			matter.Gap = minus(matter.Done, matter.Due)
		}
		m.Matters = append(m.Matters, matter)
	}
	for i := range r.IntN(4) {
		answers := r.IntN(90)
		m.Items = append(m.Items, bulletin.Item{
			ID: ledger.CommitmentID(fmt.Sprint("i", i)), Title: fmt.Sprintf("改造公厕%d座", i), Unit: units[r.IntN(4)], State: "办理中",
			Answers: answers, Satisfied: r.IntN(answers + 1),
		})
	}
	for _, u := range units[:3] {
		m.Reports = append(m.Reports, bulletin.Reports{Unit: u, Asked: r.IntN(3), Late: r.IntN(2), Missing: r.IntN(2), Returned: r.IntN(4)})
	}
	return m
}

func print(c bulletin.Content) string {
	var b strings.Builder
	for _, s := range c.Sections {
		fmt.Fprintf(&b, "## %s\n", s.Title)
		for _, sentence := range s.Sentences {
			fmt.Fprintln(&b, sentence.String())
		}
		for _, t := range s.Tables {
			fmt.Fprintf(&b, "[%s]", t.Title)
			for _, column := range t.Columns {
				fmt.Fprint(&b, " | ", column.Title)
			}
			fmt.Fprintln(&b)
			for _, row := range t.Rows {
				for i, cell := range row {
					if i > 0 {
						fmt.Fprint(&b, " | ")
					}
					fmt.Fprint(&b, cell.Text)
				}
				fmt.Fprintln(&b)
			}
			if t.Left > 0 {
				fmt.Fprintf(&b, "+%d\n", t.Left)
			}
		}
	}
	return b.String()
}

func rounds(t *testing.T, do func(t *testing.T, r *rand.Rand)) {
	t.Helper()
	for seed := range uint64(60) {
		do(t, rand.New(rand.NewPCG(seed, 1)))
	}
}

func minus(a, b ledger.Decimal) ledger.Decimal {
	return ledger.Int(a.Number().Coef - b.Number().Coef)
}
