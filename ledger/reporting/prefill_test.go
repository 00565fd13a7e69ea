package reporting

import (
	"fmt"
	"strings"
	"testing"
)

// shown lists hints: field, kind, figure; a star where it is filled in.
func shown(hints []Hint) string {
	var all []string
	for _, h := range hints {
		text := fmt.Sprintf("%s %s %s%s", h.Field, h.Kind, h.Value.Plain(), h.Said)
		if h.Filled {
			text += "*"
		}
		all = append(all, text)
	}
	return strings.Join(all, ", ")
}

func TestAFormComesWithWhatIsAlreadyKnown(t *testing.T) {
	subject := IndicatorSubject("a")
	valued := Row{Subject: subject, Terms: flow, Fields: []Field{FieldValue, FieldBase}}
	stocked := Row{Subject: subject, Terms: stock, Fields: []Field{FieldValue}}
	built := Row{Subject: ProjectSubject("p"), Terms: flow, Fields: []Field{FieldValue, FieldArrived, FieldPaid, FieldSaid}}
	quarter := func(n int, text string) Point {
		p := Derive(flow, []Stated{given(1, text)})[0]
		p.Period = Period{Quarterly, 2026, n}
		return p
	}
	of := func(year int, p Point) Point { p.Period.Year = year; return p }
	held := Held{Subject: subject, Period: month(3), Unit: education, Source: "区统计局", Figures: Figures{Given: OfPeriod, Value: figure("7")}}
	funded := Point{Period: month(2), Arrived: figure("8"), Paid: figure("3"), Said: UnderWay, Cumulative: figure("5")}
	for _, c := range []struct {
		name    string
		row     Row
		period  Period
		earlier []Point
		held    []Held
		value   string
		hints   string
	}{
		{"nothing is known", valued, month(3), nil, nil, "", ""},
		{"the flow of the month before is only shown", valued, month(3), Derive(flow, []Stated{given(2, "累计 12")}), nil, "", "value last 12"},
		{"a stock stays until somebody says otherwise", stocked, month(3), Derive(stock, []Stated{given(2, "累计 12")}), nil, "12", "value last 12*"},
		{"what others hold comes first", stocked, month(3), Derive(stock, []Stated{given(2, "累计 12")}), []Held{held}, "7", "value held 7*, value last 12"},
		{"what others hold of another month is not it", valued, month(4), nil, []Held{held}, "", ""},
		{"months make the quarter", valued, period("2026-Q1"), append(Derive(flow, []Stated{given(1, "当期 5"), given(2, "当期 6"), given(3, "当期 7")}), quarter(1, "累计 1")), nil, "18", "value sum 18*"},
		{"but only all of them", valued, period("2026-Q1"), Derive(flow, []Stated{given(1, "当期 5"), given(2, "当期 6")}), nil, "", ""},
		{"the year before is the base", valued, month(3), []Point{of(2025, Derive(flow, []Stated{given(3, "累计 20")})[0])}, nil, "", "base year_before 20*, value year_before 20"},
		{"funds and standing stay", built, month(3), []Point{funded}, nil, "", "value last 5, arrived last 8*, paid last 3*, said last under_way*"},
	} {
		t.Run(c.name, func(t *testing.T) {
			o, hints := Prefill(c.row, c.period, c.earlier, c.held)
			equal(t, "value", o.Value.Plain(), c.value)
			equal(t, "hints", shown(hints), c.hints)
			equal(t, "marked", o.Origin == Prefilled, strings.Contains(c.hints, "*"))
		})
	}
}

func TestFiguresOfTwoViewsAreNotMixed(t *testing.T) {
	r := Row{Subject: IndicatorSubject("a"), Terms: stock, Fields: []Field{FieldValue, FieldBase}}
	before := Point{Period: Period{Monthly, 2025, 3}, Cumulative: figure("20")}
	o, _ := Prefill(r, month(3), []Point{before}, []Held{{Subject: r.Subject, Period: month(3), Figures: Figures{Given: OfPeriod, Value: figure("7")}}})
	equal(t, "given", o.Given, OfPeriod)
	equal(t, "a cumulative base", o.Base.Known(), false)
}

func TestTheBurdenIsCountedInCells(t *testing.T) {
	form := sampleForm("2026-M03", finance)
	held := []Held{{Subject: IndicatorSubject("revenue"), Period: month(3), Source: "区统计局", Figures: Figures{Given: Cumulative, Value: figure("7e8"), Growth: figure("7.1")}}}
	earlier := func(s Subject) []Point {
		if s == ProjectSubject("school") {
			return []Point{{Period: month(2), Arrived: figure("8"), Said: UnderWay}}
		}
		return nil
	}
	got := Burden{Unit: finance}
	for _, row := range form.Rows {
		_, hints := Prefill(row, form.Round.Period, earlier(row.Subject), held)
		got.Count(row, hints)
	}
	repeats := got.Repeats
	got.Repeats = nil
	equal(t, "the form", fmt.Sprint(got), fmt.Sprint(Burden{Unit: finance, Rows: 6, Asked: 13, New: 9, Prefilled: 4, Twice: 2}))
	equal(t, "asked twice", fmt.Sprint(repeats), "[{indicator:revenue 一般公共预算收入 [区统计局]}]")
}
