package judge_test

import (
	"math/big"
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/checking/judge"
	"luoshi/indicator"
	"luoshi/reading"
	"luoshi/reading/numeral"
)

var comparators = map[string]reading.Comparator{
	"=": reading.Equal, "≥": reading.AtLeast, ">": reading.MoreThan, "≤": reading.AtMost, "<": reading.LessThan, "≈": reading.Approximately,
}

// figure reads a short notation: a measure (+ growth, - decline, none for a level, / share), a
// comparator (none for a plain number), the number, “..” and an upper end for a range, and the unit.
func figure(t *testing.T, s string) judge.Figure {
	t.Helper()
	f := judge.Figure{Surface: s}
	for prefix, m := range map[string]reading.Measure{"+": reading.Growth, "-": reading.Decline, "/": reading.Share} {
		if rest, ok := strings.CutPrefix(s, prefix); ok {
			f.Measure, s = m, rest
			break
		}
	}
	for mark, c := range comparators {
		if rest, ok := strings.CutPrefix(s, mark); ok {
			f.Cmp, s = c, rest
			break
		}
	}
	f.Surface = s
	end := strings.IndexFunc(s, func(r rune) bool { return (r < '0' || r > '9') && r != '.' && r != '-' })
	if end < 0 {
		end = len(s)
	}
	number, unit := s[:end], s[end:]
	for _, m := range []struct {
		name string
		exp  string
	}{{"亿", "e8"}, {"万", "e4"}} {
		if rest, ok := strings.CutPrefix(unit, m.name); ok {
			unit = rest
			number += m.exp
			break
		}
	}
	f.Unit = unit
	low, high, ranged := strings.Cut(number, "..")
	f.Value = decimal(t, low)
	if ranged {
		f.Cmp, f.Upper = reading.Between, decimal(t, high)
	}
	return f
}

func decimal(t *testing.T, s string) numeral.Decimal {
	t.Helper()
	d, err := numeral.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

var (
	more, less       = indicator.More, indicator.Less
	sum, latest      = indicator.Sum, indicator.Latest
	half, whole      = big.NewRat(1, 2), (*big.Rat)(nil)
	threeQuarters    = big.NewRat(3, 4)
	open, missed     = judge.Open, judge.Missed
	behind, ahead    = judge.Behind, judge.Ahead
	met, exceeded    = judge.Met, judge.Exceeded
	growth, averaged = indicator.Growth, indicator.Average
)

// TestJudge is the table of what becomes of a target.
func TestJudge(t *testing.T) {
	tests := []struct {
		name           string
		target, result string
		direction      indicator.Direction
		how            indicator.Aggregation
		elapsed        *big.Rat
		want           judge.Outcome
		gap            string
	}{
		// Growth and rates are compared as printed, also at half-year.
		{"growth short of a plain target", "+8%", "+7.1%", more, growth, half, missed, "-0.9 个百分点"},
		{"growth equal to its target", "+8%", "+8.0%", more, growth, half, met, "0 个百分点"},
		{"growth half a point above is met", "+8%", "+8.5%", more, growth, whole, met, "+0.5 个百分点"},
		{"growth clearly above", "+3.5%", "+17.1%", more, growth, half, exceeded, "+13.6 个百分点"},
		{"growth of a lower bound", "+≥6%", "+6%", more, growth, whole, met, "0 个百分点"},
		{"growth under a lower bound", "+≥6%", "+5.9%", more, growth, whole, missed, "-0.1 个百分点"},
		{"growth about its target from below", "+≈6%", "+5.6%", more, growth, whole, met, "-0.4 个百分点"},
		{"growth too far below about", "+≈6%", "+5.4%", more, growth, whole, missed, "-0.6 个百分点"},
		{"growth about its target from above", "+≈6%", "+6.5%", more, growth, whole, met, "+0.5 个百分点"},
		{"growth far above about", "+≈6%", "+6.6%", more, growth, whole, exceeded, "+0.6 个百分点"},
		{"growth promised, decline reported", "+5%", "-1.2%", more, growth, whole, missed, "-6.2 个百分点"},
		{"growth within a range", "+6.5..7%", "+6.7%", more, growth, whole, met, "0 个百分点"},
		{"growth under a range", "+6.5..7%", "+6.4%", more, growth, whole, missed, "-0.1 个百分点"},
		{"growth over a range", "+6.5..7%", "+7.3%", more, growth, whole, exceeded, "+0.3 个百分点"},
		{"prices under an upper bound", "+≤3%", "+1.9%", less, growth, whole, met, "-1.1 个百分点"},
		{"prices over an upper bound", "+≤3%", "+3.1%", less, growth, whole, missed, "+0.1 个百分点"},
		{"prices of a plain target that should not rise more", "+4%", "+1.8%", less, growth, whole, met, "-2.2 个百分点"},
		{"prices over a plain target", "+4%", "+4.1%", less, growth, whole, missed, "+0.1 个百分点"},
		{"prices about their target", "+≈3%", "+3.3%", less, growth, whole, met, "+0.3 个百分点"},
		{"prices too far above about", "+≈4%", "+5.4%", less, growth, whole, missed, "+1.4 个百分点"},
		{"prices fell where a rise was allowed", "+≈4%", "-0.7%", less, growth, whole, met, "-4.7 个百分点"},
		{"decline reached", "-3%", "-3.2%", less, growth, whole, met, "+0.2 个百分点"},
		{"decline well passed", "-3.4%", "-5%", less, growth, whole, exceeded, "+1.6 个百分点"},
		{"decline short", "-3%", "-1.2%", less, growth, whole, missed, "-1.8 个百分点"},
		{"decline promised, growth reported", "-3%", "+3.8%", less, growth, half, missed, "-6.8 个百分点"},
		{"decline of a lower bound", "-≥5%", "-7.2%", less, growth, whole, exceeded, "+2.2 个百分点"},
		{"decline held within a bound", "-≤5%", "-3%", more, growth, whole, met, "-2 个百分点"},
		{"points against points", "+1个百分点", "+1.2个百分点", more, growth, whole, met, "+0.2 个百分点"},
		{"points are no per cent", "+1个百分点", "+1.2%", more, growth, whole, open, ""},

		// Stocks and rates stand as they are.
		{"a rate under its upper bound", "≤5%", "3.22%", less, latest, half, met, "-1.78 个百分点"},
		{"a rate at its upper bound", "≤4%", "4%", less, latest, half, met, "0 个百分点"},
		{"a rate over its upper bound", "≤4%", "4.1%", less, latest, half, missed, "+0.1 个百分点"},
		{"a rate at its lower bound", "≥98%", "98%", more, latest, half, met, "0 个百分点"},
		{"a rate under its lower bound", "≥95%", "94.4%", more, latest, whole, missed, "-0.6 个百分点"},
		{"a rate kept at all of it", "100%", "100%", more, latest, half, met, "0 个百分点"},
		{"a plain rate that should fall", "4.6%", "4.2%", less, latest, whole, met, "-0.4 个百分点"},
		{"per mille", "≤3‰", "2.1‰", less, latest, whole, met, "-0.9 个千分点"},
		{"a share is a rate", "/≥90%", "/90.4%", more, latest, whole, met, "+0.4 个百分点"},
		{"a share against a level of the same unit", "/80%", "82%", more, latest, whole, exceeded, "+2 个百分点"},
		{"a concentration over its bound", "≤28微克/立方米", "28.6微克/立方米", less, averaged, whole, missed, "+0.6 微克/立方米"},
		{"strictly below a bound", "<60%", "59.6%", less, latest, whole, met, "-0.4 个百分点"},
		{"equal to a bound to stay below", "<60%", "60%", less, latest, whole, open, "0 个百分点"},
		{"equal to a bound to pass", ">200亿元", "200亿元", more, latest, whole, open, "0 亿元"},
		{"a bound passed by a result that passes it too", ">200亿元", ">200亿元", more, latest, whole, met, "0 亿元"},
		{"a result known only as more", "≥98%", "≥99%", more, latest, whole, exceeded, "+1 个百分点"},
		{"fewer than a number above the bound", "≥10家", "<12家", more, sum, whole, open, "+2 家"},
		{"more than a number under the bound", "≤5%", ">4%", less, latest, whole, open, "-1 个百分点"},

		// Amounts that add up: against time within the year, against the bound at its end.
		{"money ahead", "110亿元", "79.13亿元", more, sum, half, ahead, "-30.87 亿元"},
		{"exactly on time", "≥10次", "5次", more, sum, half, ahead, "-5 次"},
		{"area behind", "1545亩", "197.24亩", more, sum, half, behind, "-1347.76 亩"},
		{"behind at three quarters", "100个", "70个", more, sum, threeQuarters, behind, "-30 个"},
		{"nothing done", "2项", "0项", more, sum, half, behind, "-2 项"},
		{"the year's bound already passed", "2500个", "14117个", more, sum, half, exceeded, "+11617 个"},
		{"the year's bound just reached", "43项", "43项", more, sum, half, met, "0 项"},
		{"about the year's bound", "≈100个", "97个", more, sum, half, ahead, "-3 个"},
		{"a budget used in time", "≤100万元", "50万元", less, sum, half, ahead, "-50 万元"},
		{"a budget used too fast", "≤100万元", "70万元", less, sum, half, behind, "-30 万元"},
		{"a budget overspent", "≤100万元", "101万元", less, sum, half, missed, "+1 万元"},
		{"a range under way", "30..50名", "20名", more, sum, half, ahead, "-10 名"},
		{"at the year's end one short", "6个", "5个", more, sum, whole, missed, "-1 个"},
		{"at the year's end reached", "70个", "70个", more, sum, whole, met, "0 个"},
		{"5% more is still met", "100个", "105个", more, sum, whole, met, "+5 个"},
		{"more than 5% more", "100个", "106个", more, sum, whole, exceeded, "+6 个"},
		{"an amount about its target", "≈100个", "95个", more, sum, whole, met, "-5 个"},
		{"an amount too far below about", "≈100个", "94个", more, sum, whole, missed, "-6 个"},
		{"within a range at the year's end", "30..50名", "34名", more, sum, whole, met, "0 名"},
		{"persons and posts of one sort", "900万人", "970万人", more, sum, whole, exceeded, "+70 万人"},

		// Units.
		{"hectares answer mu", "150亩", "10公顷", more, sum, whole, met, "0 亩"},
		{"square kilometres answer square metres", "500000平方米", "0.4平方公里", more, sum, whole, missed, "-100000 平方米"},
		{"kilograms answer tons", "2吨", "1500公斤", more, sum, whole, missed, "-0.5 吨"},
		{"counters stand for each other", "600个", "655枪", more, sum, whole, exceeded, "+55 个"},
		{"ten thousands answer hundred millions", "1亿元", "9900万元", more, sum, whole, missed, "-0.01 亿元"},
		{"currencies never convert", "3000万美元", "3060万元", more, sum, whole, open, ""},
		{"length is not area", "21公里", "21亩", more, sum, whole, open, ""},
		{"times are not people", "1500人", "1612人次", more, sum, whole, open, ""},
		{"growth is not a level", "+15%", "2596万元", more, sum, half, open, ""},
		{"a missing unit counts things", "1000", "1240万人", more, sum, whole, exceeded, "+12399000"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := judge.Judge(figure(t, test.target), figure(t, test.result),
				judge.Terms{Direction: test.direction, Aggregation: test.how, Elapsed: test.elapsed})
			if got.Outcome != test.want || got.Gap != test.gap {
				t.Errorf("%s against %s: %s, gap %q; want %s, %q", test.result, test.target, got.Outcome, got.Gap, test.want, test.gap)
			}
			if (got.Computation == "") != (test.gap == "") {
				t.Errorf("computation %q with gap %q", got.Computation, got.Gap)
			}
		})
	}
}

// TestComputation is how the arithmetic is shown.
func TestComputation(t *testing.T) {
	tests := []struct {
		target, result string
		terms          judge.Terms
		want           string
	}{
		{"+8%", "+7.1%", judge.Terms{Aggregation: growth}, "7.1 - 8 = -0.9 个百分点"},
		{"-3%", "-3.2%", judge.Terms{Aggregation: growth}, "降幅 3.2 - 3 = 0.2 个百分点"},
		{"-3%", "+3.8%", judge.Terms{Aggregation: growth}, "降幅 -3.8 - 3 = -6.8 个百分点"},
		{"+≈6%", "+5.6%", judge.Terms{Aggregation: growth}, "5.6 - 6 = -0.4 个百分点，左右允许 ±0.5"},
		{"+6.5..7%", "+6.7%", judge.Terms{Aggregation: growth}, "6.7 对 6.5–7，差 0 个百分点"},
		{"1545亩", "197.24亩", judge.Terms{Elapsed: half}, "197.24 ÷ 1545 = 12.77%，序时 50%，差 37.23 个百分点"},
		{"110亿元", "79.13亿元", judge.Terms{Elapsed: half}, "79.13 ÷ 110 = 71.94%，序时 50%，快 21.94 个百分点"},
		{"150亩", "1公顷", judge.Terms{}, "15 - 150 = -135 亩"},
	}
	for _, test := range tests {
		got := judge.Judge(figure(t, test.target), figure(t, test.result), test.terms)
		if got.Computation != test.want {
			t.Errorf("%s against %s: %q, want %q", test.result, test.target, got.Computation, test.want)
		}
	}
}

// TestElapsed is the share of a target's time that is over.
func TestElapsed(t *testing.T) {
	day := func(y int16, m, d int8) calendar.Date { return calendar.Date{Year: y, Month: m, Day: d} }
	tests := []struct {
		deadline, counted calendar.Date
		want              string // "" where all is over
		begun             bool
	}{
		{day(2026, 12, 31), day(2026, 6, 30), "1/2", true},
		{day(2026, 12, 31), day(2026, 9, 30), "3/4", true},
		{day(2026, 12, 31), day(2026, 6, 15), "11/24", true},
		{day(2026, 9, 30), day(2026, 6, 30), "2/3", true},
		{day(2026, 12, 31), day(2026, 12, 31), "", true},
		{day(2026, 6, 30), day(2026, 12, 31), "", true},
		{day(2030, 12, 31), day(2026, 12, 31), "", false},
		{calendar.Date{}, day(2026, 6, 30), "", true},
	}
	for _, test := range tests {
		got, begun := judge.Elapsed(test.deadline, test.counted)
		shown := ""
		if got != nil {
			shown = got.String()
		}
		if shown != test.want || begun != test.begun {
			t.Errorf("by %s, counted %s: %q %v, want %q %v", test.deadline, test.counted, shown, begun, test.want, test.begun)
		}
	}
}

// TestStrict counts any excess where it is asked to; what 左右 allows stays allowed.
func TestStrict(t *testing.T) {
	tests := []struct {
		target, result string
		want           judge.Outcome
	}{
		{"+4%", "+4.1%", exceeded}, {"+4%", "+4.0%", met}, {"+≥4%", "+4.1%", exceeded}, {"140家", "143家", exceeded},
		{"+≈4%", "+4.1%", met}, {"+6.5..7%", "+6.9%", met}, {"≤5.5%", "5.1%", met}, {"-3%", "-3.2%", exceeded},
	}
	for _, test := range tests {
		got := judge.Judge(figure(t, test.target), figure(t, test.result), judge.Terms{Direction: more, Strict: true})
		if got.Outcome != test.want {
			t.Errorf("%s against %s: %s, want %s", test.result, test.target, got.Outcome, test.want)
		}
	}
}

// TestDayToCome does not call a rate missed before the day that was set for it.
func TestDayToCome(t *testing.T) {
	rate := func(value int64, month int) judge.Figure {
		return judge.Figure{Value: numeral.Decimal{Coef: value}, Unit: "%", Cmp: reading.Equal, By: calendar.LastDay(2026, month)}
	}
	tests := []struct {
		due  int
		want judge.Outcome
	}{{9, judge.Behind}, {6, judge.Missed}, {12, judge.Missed}}
	for _, test := range tests {
		target, result := rate(100, test.due), rate(66, 6)
		elapsed, _ := judge.Elapsed(target.By, result.By)
		terms := judge.Terms{Direction: indicator.More, Aggregation: indicator.Latest, Elapsed: elapsed}
		if got := judge.Judge(target, result, terms).Outcome; got != test.want {
			t.Errorf("66%% in June of 100%% due in month %d: %s, want %s", test.due, got, test.want)
		}
	}
}
