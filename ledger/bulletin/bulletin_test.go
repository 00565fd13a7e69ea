package bulletin_test

import (
	"flag"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"luoshi/ledger"
	"luoshi/ledger/bulletin"
	"luoshi/ledger/light"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestWhatABulletinSays(t *testing.T) {
	got := print(bulletin.Compose(sample()))
	const file = "testdata/sample.txt"
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the bulletin says\n%s", got)
	}
}

func TestNothingToTell(t *testing.T) {
	m := sample()
	m.Matters, m.Reports, m.Orders = nil, nil, nil
	got := print(bulletin.Compose(m))
	for _, want := range []string{"还没有可以通报的承诺事项", "没有慢于序时进度的事项", "没有逾期未完成的事项", "没有数据报送任务"} {
		if !strings.Contains(got, want) {
			t.Errorf("it does not say %s:\n%s", want, got)
		}
	}
	if strings.Contains(got, "督办") {
		t.Error("it speaks of orders where none are kept")
	}
}

// TestEveryNumberHasItsSource reads bulletins back as documents.
func TestEveryNumberHasItsSource(t *testing.T) {
	c := bulletin.Compose(sample())
	read := bulletin.ReadBack(c, nil)
	if bad := bulletin.Unsourced(read); len(bad) > 0 {
		t.Errorf("without a source: %+v", bad)
	}
	found := 0
	for _, r := range read {
		if r.Sourced {
			found++
		}
	}
	if figures := len(c.Figures()); found < figures*9/10 {
		t.Errorf("of %d figures only %d were read back", figures, found)
	}
	for _, f := range c.Figures() {
		if f.From == nil || f.Text != f.Value.Plain() {
			t.Errorf("figure %+v is not what it stands for, or says not where it is from", f)
		}
	}
	rounds(t, func(t *testing.T, r *rand.Rand) {
		c := bulletin.Compose(random(r))
		if bad := bulletin.Unsourced(bulletin.ReadBack(c, nil)); len(bad) > 0 {
			t.Errorf("without a source: %+v in\n%s", bad, print(c))
		}
	})
}

// TestAWrongFigureIsFound changes a printed figure, which reading back must notice.
func TestAWrongFigureIsFound(t *testing.T) {
	c := bulletin.Compose(sample())
	sentence := c.Sections[0].Sentences[0]
	i := slices.IndexFunc(sentence, func(p bulletin.Part) bool { return p.Key == "overview.all" })
	sentence[i].Text = "23"
	bad := bulletin.Unsourced(bulletin.ReadBack(c, nil))
	if len(bad) != 1 || !strings.HasPrefix(bad[0].Surface, "23") || bad[0].Place != bulletin.Overview {
		t.Errorf("found %+v", bad)
	}
}

func TestNumbersThatPeopleType(t *testing.T) {
	c := bulletin.Compose(sample())
	blocks := bulletin.Blocks{
		bulletin.Opening:  "现将有关情况通报如下。\n\n承诺事项共22项。",
		bulletin.Overview: "争取年底前再完成7项。",
	}
	read := bulletin.ReadBack(c, blocks)
	typed := bulletin.Typed(read)
	if len(typed) != 1 || typed[0].Surface != "7项" || typed[0].Place != bulletin.Overview {
		t.Errorf("typed %+v", typed)
	}
	if bad := bulletin.Unsourced(read); len(bad) > 0 {
		t.Errorf("what people type is no fault of what is generated: %+v", bad)
	}
}

func TestWhatHasMoved(t *testing.T) {
	before := bulletin.Compose(sample())
	if moved := bulletin.Changes(before, before); len(moved) > 0 {
		t.Errorf("nothing moved, and %+v", moved)
	}
	m := sample()
	m.Matters[6].Colour = light.Blue // a canteen is done
	m.Reports[2] = bulletin.Reports{Unit: "water", Asked: 1, Late: 1}
	moved := map[string]bulletin.Change{}
	for _, change := range bulletin.Changes(before, bulletin.Compose(m)) {
		moved[change.Key] = change
	}
	for key, want := range map[string]bulletin.Change{
		"overview.done":         {Section: bulletin.Overview, Label: ledger.Wording{ZH: "已完成事项", EN: "done"}, Before: "6", After: "7"},
		"overview.done_share":   {Section: bulletin.Overview, Label: ledger.Wording{ZH: "已完成的占比", EN: "share done"}, Before: "27", After: "32"},
		"lights/civil.done":     {Section: bulletin.Lights, Row: "区民政局", Label: ledger.Wording{ZH: "已完成（项）", EN: "done"}, Before: "4", After: "5"},
		"reports/water.missing": {Section: bulletin.Filed, Row: "区水务局", Label: ledger.Wording{ZH: "逾期未报（次）", EN: "not sent in"}, Before: "1", After: "0"},
		"ahead/c6.gap":          {Section: bulletin.Ahead, Row: "建成社区食堂6处", Label: ledger.Wording{ZH: "超序时（百分点）", EN: "points ahead"}, Before: "3.1"},
	} {
		want.Key = key
		if got := moved[key]; got != want {
			t.Errorf("of %s it says %+v", key, got)
		}
	}
	if _, told := moved["overview.all"]; told {
		t.Error("it tells of what did not move")
	}
}

// TestTotalsAreSums adds up the rows of the table of units.
func TestTotalsAreSums(t *testing.T) {
	rounds(t, func(t *testing.T, r *rand.Rand) {
		c := bulletin.Compose(random(r))
		for _, table := range c.Sections[1].Tables {
			last := table.Rows[len(table.Rows)-1]
			for col, column := range table.Columns {
				if !column.Number || column.Name == "share" {
					continue
				}
				var sum int64
				for _, row := range table.Rows[:len(table.Rows)-1] {
					sum += row[col].Value.Number().Coef
				}
				if last[col].Value.Cmp(ledger.Int(sum)) != 0 {
					t.Errorf("%s come to %d, and the total says %s", column.Title, sum, last[col].Text)
				}
			}
		}
	})
}

// TestTheOrderOfMattersDecidesNothing shuffles what no order decides.
func TestTheOrderOfMattersDecidesNothing(t *testing.T) {
	rounds(t, func(t *testing.T, r *rand.Rand) {
		m := random(r)
		m.Most = 0
		figures := func() map[string]string {
			all := map[string]string{}
			for _, f := range bulletin.Compose(m).Figures() {
				all[f.Key] = f.Text
			}
			return all
		}
		before := figures()
		r.Shuffle(len(m.Matters), func(i, j int) { m.Matters[i], m.Matters[j] = m.Matters[j], m.Matters[i] })
		if after := figures(); !reflect.DeepEqual(before, after) {
			t.Errorf("figures were %v and are %v", before, after)
		}
	})
}

func TestKeysAreTheirOwn(t *testing.T) {
	seen := map[string]string{}
	for _, f := range bulletin.Compose(sample()).Figures() {
		if other, twice := seen[f.Key]; twice {
			t.Errorf("%s is the key of %s and of %s", f.Key, other, f.Text)
		}
		seen[f.Key] = f.Text
	}
}

func TestNumbers(t *testing.T) {
	for n, want := range map[int]string{
		1: "第一期", 10: "第十期", 17: "第十七期", 20: "第二十期", 105: "第一百零五期", 110: "第一百一十期", 1002: "第一千零二期", 0: "",
	} {
		if got := (bulletin.Number{Sign: "望督通", Year: 2026, N: n}).Issue(); got != want {
			t.Errorf("%d is %s", n, got)
		}
	}
	if got := (bulletin.Number{Sign: "望督通", Year: 2026, N: 17}).String(); got != "望督通〔2026〕17号" {
		t.Errorf("it is %s", got)
	}
}

// TestACorrection puts a figure right that an earlier bulletin had wrong.
func TestACorrection(t *testing.T) {
	earlier := bulletin.Earlier{
		ID: "b1", Title: "关于10月工作的通报", Number: bulletin.Number{Sign: "望督通", Year: 2026, N: 16}, Content: bulletin.Compose(sample()),
	}
	if same := print(bulletin.Compose(sample()).Correcting(earlier)); !strings.Contains(same, "原通报中的数字没有变化") {
		t.Errorf("nothing changed, and it says\n%s", same)
	}
	shorter := earlier
	shorter.Content = earlier.Content.Without([]bulletin.Kind{bulletin.Ahead, bulletin.Ordered})
	if same := print(bulletin.Compose(sample()).Correcting(shorter)); !strings.Contains(same, "原通报中的数字没有变化") {
		t.Errorf("what was never said is corrected:\n%s", same)
	}
	m := sample()
	m.Matters[6].Colour = light.Blue
	c := bulletin.Compose(m).Correcting(earlier)
	got := print(c)
	for _, want := range []string{
		"现对《关于10月工作的通报》（望督通〔2026〕16号）中的", "总体进展情况 | 已完成事项 | 6 | 7\n", "各单位进展情况 | 区民政局：绿灯（项） | 5 | 4\n", "| 3.1 | —\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("it does not say %s:\n%s", want, got)
		}
	}
	if bad := bulletin.Unsourced(bulletin.ReadBack(c, nil)); len(bad) > 0 {
		t.Errorf("without a source: %+v", bad)
	}
	again := bulletin.Compose(sample()).Correcting(bulletin.Earlier{ID: "b2", Content: c})
	if strings.Contains(print(again), "corrected") || len(again.Sections[0].Tables[0].Rows) != len(c.Sections[0].Tables[0].Rows) {
		t.Error("a correction of a correction compares what the corrections say")
	}
}
