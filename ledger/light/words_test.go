package light

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"luoshi/ledger"
)

// TestEveryStepHasWords: every code that the rules name has a sentence in both languages with the same facts, and no
// sentence is left over.
func TestEveryStepHasWords(t *testing.T) {
	facts := regexp.MustCompile(`\{\d\}`)
	for code, words := range whys() {
		zh, en := facts.FindAllString(words.ZH, -1), facts.FindAllString(words.EN, -1)
		slices.Sort(zh)
		slices.Sort(en)
		if words.ZH == "" || words.EN == "" || !slices.Equal(zh, en) {
			t.Errorf("%s: %q and %q do not say the same", code, words.ZH, words.EN)
		}
	}
	code := source(t)
	for _, found := range regexp.MustCompile(`(?:step|say|person|done)\("([a-z_.]+)"`).FindAllStringSubmatch(code, -1) {
		if _, ok := whys()[found[1]]; !ok && !strings.HasSuffix(found[1], ".") {
			t.Errorf("%s has no words", found[1])
		}
	}
	for name := range whys() {
		stem := name
		for !strings.Contains(code, `"`+stem) && strings.Contains(stem, ".") {
			stem = stem[:strings.LastIndex(stem, ".")]
		}
		if !strings.Contains(code, `"`+stem) {
			t.Errorf("%s is never said", name)
		}
	}
}

// source is the code of the package.
func source(t *testing.T) string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, file := range files {
		if !strings.HasSuffix(file, "_test.go") {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			all.Write(text)
		}
	}
	return all.String()
}

func TestEveryValueHasALabel(t *testing.T) {
	var all []ledger.Wording
	for _, c := range Colours() {
		all = append(all, c.Label())
	}
	for _, k := range PathKinds() {
		all = append(all, k.Label())
	}
	for _, s := range []StandingState{NotBegun, Running, DueSoon, Overdue, OpenEnded} {
		all = append(all, s.Label())
	}
	for _, m := range []Method{AsReported, RunRate, Seasonal, LastValue, CarriedGrowth} {
		all = append(all, m.Label())
	}
	for _, o := range []Outlook{LikelyMet, LikelyMissed, Open} {
		all = append(all, o.Label())
	}
	for _, w := range all {
		if w.ZH == w.EN || w.ZH == "" || w.EN == "" {
			t.Errorf("%+v is no label", w)
		}
	}
}

func TestFiguresAreShownAsPeopleWriteThem(t *testing.T) {
	for fact, want := range map[string]ledger.Wording{
		amount(figure("74770000000"), "元"): {ZH: "747.7亿元", EN: "74,770,000,000 yuan"},
		amount(figure("12000"), "人"):       {ZH: "1.2万人", EN: "12,000 people"},
		amount(figure("5200"), "人"):        {ZH: "5200人", EN: "5,200 people"},
		amount(figure("-0.5"), "%"):        {ZH: "-0.5%", EN: "-0.5%"},
		amount(figure("3"), "家"):           {ZH: "3家", EN: "3 家"},
		inPeriod(month(2026, 6)):           {ZH: "2026年6月", EN: "2026-06"},
		named("colour", Red):               {ZH: "红灯（滞后）", EN: "red (behind)"},
		"grade:sanming/sheet_orange":       {ZH: "橙色督查单", EN: "orange sheet"},
		"2026-06-30":                       {ZH: "2026-06-30", EN: "2026-06-30"},
		"标题: 有冒号":                          {ZH: "标题: 有冒号", EN: "标题: 有冒号"},
	} {
		if got := show(fact); got != want {
			t.Errorf("%s: got %+v", fact, got)
		}
	}
}
