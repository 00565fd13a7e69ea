package light

import (
	"math/big"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"luoshi/calendar"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// rounds is how many matters a property is tried on.
const rounds = 3000

// chance makes matters by chance, the same ones every time.
type chance struct{ *rand.Rand }

func byChance() chance { return chance{rand.New(rand.NewPCG(2026, 5))} }

func pickOne[T any](c chance, all ...T) T { return all[c.IntN(len(all))] }

// matter is one of any kind. Its figures are of whatever was locked, with gaps.
func (c chance) matter() Matter {
	m := Matter{
		Kind:  pickOne(c, reporting.OfTarget, reporting.OfIndicator, reporting.OfTask, reporting.OfProject),
		Begin: day("2026-01-01"), By: pickOne(c, day("2026-12-31"), day("2026-12-31"), day("2026-06-30"), day("2026-09-15")),
		Path: pickOne(c, Path{}, Path{Kind: AtEnd}, Path{Kind: ByQuarters, Weights: [4]ledger.Decimal{ledger.Int(10), ledger.Int(20), ledger.Int(30), ledger.Int(40)}}),
	}
	m.Terms = reporting.Terms{
		Aggregation: pickOne(c, ledger.Aggregations()...), Direction: pickOne(c, ledger.More, ledger.Less), Unit: pickOne(c, "元", "%"),
	}
	m.Target = ledger.Target{
		Number: 1, Subject: "指标", Cmp: pickOne(c, ledger.Comparators()...), Value: ledger.Int(int64(c.IntN(120) - 10)), Unit: m.Terms.Unit,
		Measure: pickOne(c, ledger.Measures()...), By: m.By, Firm: c.IntN(2) == 0,
	}
	m.Target.Upper = ledger.Int(130)
	if c.IntN(8) == 0 {
		m.Target.Value, m.Target.Words = ledger.Decimal{}, pickOne(c, "保持正增长", "稳步下降", "零增长", "完成市下达任务", "持续改善")
		m.Reference = pickOne(c, ledger.Decimal{}, ledger.Int(int64(c.IntN(100))))
	}
	if c.IntN(2) == 0 {
		m.Base = ledger.Int(int64(c.IntN(100) + 1))
	}
	if c.IntN(2) == 0 {
		m.Due = month(2026, c.IntN(12)+1)
	}
	for i := range c.IntN(4) {
		s := Milestone{Number: i + 1, Title: "节点", By: month(2026, c.IntN(12)+1).Span().To}
		if c.IntN(2) == 0 {
			s.Reached = month(2026, c.IntN(12)+1).Span().From
		}
		m.Milestones = append(m.Milestones, s)
	}
	m.Evidence, m.Fulfilled = c.IntN(2), c.IntN(20) == 0
	m.Works = Works{Planned: ledger.Int(int64(c.IntN(120))), Start: month(2026, c.IntN(12)+1).Span().From, Started: c.IntN(2) == 0, Registers: c.IntN(2) == 0}
	sum := 0
	for n := range c.IntN(13) {
		if sum += c.IntN(20); c.IntN(6) > 0 {
			m.Points = append(m.Points, c.point(n+1, sum))
		}
	}
	return m
}

func (c chance) point(n, figure int) reporting.Point {
	return reporting.Point{
		Period: month(2026, n), Given: reporting.Cumulative, State: reporting.Locked, Cumulative: ledger.Int(int64(figure)),
		Growth: ledger.Int(int64(c.IntN(30) - 10)), Base: ledger.Int(int64(c.IntN(90) + 1)), Percent: ledger.Int(int64(min(figure, 100))),
	}
}

func (c chance) day() calendar.Date { return day("2026-01-01").AddDays(c.IntN(430)) }

// TestUnlockedFiguresChangeNoLight: a light rests on locked figures and the date alone.
func TestUnlockedFiguresChangeNoLight(t *testing.T) {
	c := byChance()
	for range rounds {
		m, on, r := c.matter(), c.day(), pickOne(c, Rules()...)
		before := Judge(m, r, on)
		other := m
		other.Points = slices.Clone(m.Points)
		for range c.IntN(4) + 1 {
			p := c.point(c.IntN(12)+1, c.IntN(500))
			p.State = pickOne(c, reporting.Drafted, reporting.Submitted, reporting.Approved, reporting.Statistic, reporting.Reviewed, reporting.Returned)
			other.Points = slices.Insert(other.Points, c.IntN(len(other.Points)+1), p)
		}
		if after := Judge(other, r, on); !reflect.DeepEqual(before, after) {
			t.Fatalf("%+v\nbefore %+v\nafter  %+v", m, before, after)
		}
		if again := Judge(m, r, on); !reflect.DeepEqual(before, again) {
			t.Fatalf("the same matter has two lights: %+v, %+v", before, again)
		}
	}
}

// TestBetterFiguresAreNeverWorse: where more is better, more of any figure makes no light worse; where less is, less.
func TestBetterFiguresAreNeverWorse(t *testing.T) {
	c := byChance()
	tried := 0
	for range 4 * rounds {
		m, on, r := c.matter(), c.day(), pickOne(c, Rules()...)
		m.Target.Measure = ledger.Level
		up := m.Kind == reporting.OfProject || m.Kind == reporting.OfTask || upward(&m.Target, m.Terms.Direction)
		if m.Target.IsWorded() || m.Terms.Aggregation == ledger.AsGrowth {
			continue
		}
		better := m
		better.Points = slices.Clone(m.Points)
		more := int64(c.IntN(40))
		if !up {
			more = -more
		}
		for i := c.IntN(len(m.Points) + 1); i < len(m.Points); i++ {
			p := &better.Points[i]
			p.Cumulative = reporting.Sum(p.Cumulative, ledger.Int(more))
			p.Percent = reporting.Sum(p.Percent, ledger.Int(more))
			tried++
		}
		was, is := Judge(m, r, on), Judge(better, r, on)
		if is.Colour.Worse(was.Colour) {
			t.Fatalf("%s by %d: %s became %s\n%s\n%s", r.Name, more, was.Colour, is.Colour, zh(was.Why), zh(is.Why))
		}
	}
	if tried < rounds {
		t.Errorf("tried on %d figures only", tried)
	}
}

// TestHigherGrowthIsNeverWorse is the same for targets of growth.
func TestHigherGrowthIsNeverWorse(t *testing.T) {
	c := byChance()
	for range rounds {
		cmp := pickOne(c, ledger.AtLeast, ledger.MoreThan, ledger.Equal, ledger.Approximately)
		g := c.IntN(40) - 20
		low := growth(cmp, number(c.IntN(20)-5), ledger.More, number(g))
		high := low
		high.Points = grown(2026, number(g+c.IntN(10)))
		r := pickOne(c, Rules()...)
		was, is := Judge(low, r, day("2026-03-01")), Judge(high, r, day("2026-03-01"))
		if is.Colour.Worse(was.Colour) {
			t.Fatalf("%s: %s became %s\n%s\n%s", r.Name, was.Colour, is.Colour, zh(was.Why), zh(is.Why))
		}
	}
}

// TestThresholdsAreMonotone: the farther behind, the worse the grade, in every rule.
func TestThresholdsAreMonotone(t *testing.T) {
	for _, r := range Rules() {
		for _, grades := range [][]Grade{r.Grades, r.Levels} {
			last := grades[0].Colour
			for tenth := int64(-500); tenth <= 1100; tenth++ {
				g := grades[pick(grades, big.NewRat(tenth, 10))]
				if last.Worse(g.Colour) {
					t.Fatalf("%s: %d tenths behind is %s, less was %s", r.Name, tenth, g.Colour, last)
				}
				last = g.Colour
			}
		}
	}
}

// TestPathsOnlyRise: what should be done never gets less, begins at nothing and ends at all.
func TestPathsOnlyRise(t *testing.T) {
	c := byChance()
	for range 200 {
		m := c.matter()
		m.Path.Kind = pickOne(c, append(PathKinds(), "")...)
		before := new(big.Rat)
		for on := m.Begin.AddDays(-1); !m.By.AddDays(1).Before(on); on = on.AddDays(1) {
			share := m.Share(on)
			if share.Cmp(before) < 0 || share.Cmp(big.NewRat(1, 1)) > 0 {
				t.Fatalf("%s on %s: %s after %s", m.Path.Kind, on, share, before)
			}
			before = share
		}
		if before.Cmp(big.NewRat(1, 1)) != 0 || m.Share(m.Begin.AddDays(-1)).Sign() != 0 {
			t.Fatalf("%s ends at %s", m.Path.Kind, before)
		}
	}
}

// TestEveryLightAnswersWhy: in words that are there, with no fact left open, and with a colour.
func TestEveryLightAnswersWhy(t *testing.T) {
	c := byChance()
	for range rounds {
		m, on := c.matter(), c.day()
		l := Judge(m, pickOne(c, Rules()...), on)
		if len(l.Why) == 0 || !slices.Contains(Colours(), l.Colour) || l.Person && l.Colour != Grey && m.Kind != reporting.OfProject && m.Kind != reporting.OfTask {
			t.Fatalf("%+v", l)
		}
		for _, s := range l.Why {
			if w := s.Words(); w.ZH == s.Code || len(w.ZH) == 0 || holdsPlace(w.ZH) || holdsPlace(w.EN) {
				t.Fatalf("%s says %+v", s.Code, w)
			}
		}
	}
}

func holdsPlace(words string) bool { return slices.Contains([]byte(words), '{') }

func BenchmarkJudge(b *testing.B) {
	behind := jobs("800 1700 2600 3400 4300 5200 6100 6900 7500 8100")
	level := measured(target("城镇登记失业率", ledger.AtMost, "4", "%"), ledger.AsLatest, ledger.Less, "3.9 3.9 4.0 4.1 4.1 4.2 4.1 4.1 4.2 4.2")
	quarters := behind
	quarters.Path = Path{Kind: ByQuarters, Weights: [4]ledger.Decimal{ledger.Int(20), ledger.Int(25), ledger.Int(25), ledger.Int(30)}}
	unlocked := behind
	unlocked.Points = append(slices.Clone(behind.Points), reporting.Point{Period: month(2026, 11), State: reporting.Submitted})
	for _, matter := range []struct {
		name string
		Matter
	}{{"path", behind}, {"quarters", quarters}, {"level", level}, {"unlocked", unlocked}, {"task", permits("2026-03-30")}, {"project", port("- - 6e6 12e6 18e6 24e6")}} {
		for _, name := range []string{"simple", "sanming"} {
			b.Run(matter.name+"/"+name, func(b *testing.B) {
				r, on := rule(b, name), day("2026-11-20")
				b.ReportAllocs()
				for b.Loop() {
					Judge(matter.Matter, r, on)
				}
			})
		}
	}
}

func BenchmarkForecast(b *testing.B) {
	m := measured(target("社会消费品零售总额", ledger.AtLeast, "1300", "元"), ledger.AsSum, ledger.More, "110 220 330 440 550 660")
	before := [][]reporting.Point{sums(2023, steady), sums(2024, backload), sums(2025, steady)}
	for b.Loop() {
		ForecastOf(m, before, day("2026-08-01"))
	}
}
