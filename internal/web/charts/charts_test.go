package charts

import (
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/internal/service/progress"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

func on(month, day int) calendar.Date {
	return calendar.Date{Year: 2026, Month: int8(month), Day: int8(day)}
}

func month(n int) reporting.Period {
	return reporting.Period{Frequency: reporting.Monthly, Year: 2026, Number: n}
}

// spent is a course in yuan whose second month is on the wrong side of its path, if less is better or not.
func spent(first, second int64, cmp ledger.Comparator) progress.Course {
	return progress.Course{
		Title: "压减支出", Measure: "元", Target: ledger.Target{Cmp: cmp, Measure: ledger.Level},
		Marks: []light.Mark{
			{Period: month(1), Expected: ledger.Int(first), Actual: ledger.Int(first)},
			{Period: month(2), Expected: ledger.Int(second), Actual: ledger.Int(second + 1)},
			{Period: month(3), Expected: ledger.Int(second)},
		},
	}
}

func TestFiguresAreShownInTheirMagnitude(t *testing.T) {
	for _, c := range []struct {
		largest int64
		lang    page.Lang
		unit    string
		first   string
	}{
		{80_000, page.Chinese, "元", "40,000"}, {800_000, page.Chinese, "万元", "4"}, {30_000_000_000, page.Chinese, "亿元", "0.0004"},
		{800_000, page.English, "million 元", "0.04"},
	} {
		v := page.View{Lang: c.lang}
		r := ready(v, spent(40_000, c.largest, ledger.AtLeast), Options{ID: "x"})
		if got := r.shown(v, ledger.Int(40_000)); r.Unit != c.unit || got != c.first {
			t.Errorf("up to %d it is %s %s, want %s %s", c.largest, got, r.Unit, c.first, c.unit)
		}
	}
}

func TestWhatIsBehindDependsOnTheBound(t *testing.T) {
	for cmp, behind := range map[ledger.Comparator]bool{ledger.AtLeast: false, ledger.AtMost: true, ledger.LessThan: true} {
		r := ready(page.View{Lang: page.Chinese}, spent(10, 20, cmp), Options{})
		if r.Lines[0].Behind || r.Lines[1].Behind != behind || r.Lines[2].Behind {
			t.Errorf("with %s: %+v", cmp, r.Lines)
		}
		if told := r.told(page.View{Lang: page.Chinese}); !strings.HasPrefix(told, "截至2026年2月，已锁定21元，应完成20元") || strings.Contains(told, "落后") != behind {
			t.Error(told)
		}
	}
}

func TestABarIsWhole(t *testing.T) {
	tally := progress.Tally{All: 7, Colours: map[light.Colour]int{light.Red: 3, light.Green: 2, light.Blue: 1, light.Grey: 1}}
	all := segments(tally)
	end := 0.0
	for _, s := range all {
		if s.From < end-1e-9 || s.From > end+1e-9 {
			t.Errorf("%s begins at %v, the one before ends at %v", s.Colour, s.From, end)
		}
		end = s.From + s.Length
	}
	if len(all) != 4 || all[0].Colour != light.Blue || all[3].Colour != light.Red || end < 99.99 || end > 100.01 {
		t.Errorf("%+v", all)
	}
	if got := told(page.View{Lang: page.Chinese}, "全部", tally); got != "全部：蓝灯 1、绿灯 2、灰灯 1、红灯 3" {
		t.Error(got)
	}
}

func TestAStripHasTheYearUpToNow(t *testing.T) {
	history := []progress.Turn{
		{Number: 3, On: on(7, 1), Earlier: light.Red, Colour: light.Green},
		{Number: 2, On: on(3, 1), Earlier: light.Green, Colour: light.Red},
		{Number: 1, On: calendar.Date{Year: 2025, Month: 12, Day: 20}, Colour: light.Green},
	}
	got := stretches(history, 2026, on(8, 3))
	if len(got) != 3 || got[0].From != on(1, 1) || got[1].From != on(3, 1) || got[1].To != on(7, 1) || got[2].To != on(8, 3) {
		t.Fatalf("%+v", got)
	}
	for i := 1; i < len(got); i++ {
		if before := got[i-1].Start + got[i-1].Width; before < got[i].Start-.01 || before > got[i].Start+.01 {
			t.Errorf("stretch %d begins at %.2f, the one before ends at %.2f", i, got[i].Start, before)
		}
	}
	if last := got[2].Start + got[2].Width; last > 60 {
		t.Errorf("the strip goes up to %.0f %% of the year on 3 August", last)
	}
	if stretches(nil, 2026, on(8, 3)) != nil {
		t.Error("a light without history has a strip")
	}
}
