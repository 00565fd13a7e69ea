package checking

import (
	"strings"
	"testing"

	"luoshi/reading/lexicon"
)

func TestQuality(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"a number is enough for the year's plan", "新建口袋公园5个。", ""},
		{"a thing that can be counted, and is not", "改造老旧小区。", "warning 改造老旧小区"},
		{"一批 instead of a number", "培育一批专精特新企业。", "warning 培育一批专精特新企业"},
		{"一批 by a deadline", "6月底前建成一批口袋公园。", ""},
		{"one thing that has a name", "建成北山片区全民健身中心。", "note 建成北山片区全民健身中心"},
		{"one thing that has a name and a deadline", "9月底前建成北山片区全民健身中心。", ""},
		{"a verb that nobody can verify", "加强基层治理。", "note 加强基层治理"},
		{"a profession of faith", "贯彻新发展理念。", ""},
		{"the same verb with a figure", "提升绿地广场6座。", ""},
		{"the same verb with deadline but nothing else", "6月底前完善社区治理机制。", "note 6月底前完善社区治理机制"},
		{"a softened promise", "力争引进企业5家。", "note 力争引进企业5家"},
		{"an owner makes it somebody's", "出台养老服务办法(牵头单位:区民政局)。", ""},
		{"without number, deadline or owner", "出台养老服务办法。", "note 出台养老服务办法"},
		{"one promise twice", "新建北山片区口袋公园五座。办好运动会3场。新建北山片区口袋公园五座。", "warning 新建北山片区口袋公园五座 | 新建北山片区口袋公园五座"},
		{"nearly the same words", "新建溪口大道沿线公共充电桩60个。办好运动会3场。新建溪口大道沿线的公共充电桩60个。", "warning 新建溪口大道沿线公共充电桩60个 | 新建溪口大道沿线的公共充电桩60个"},
		{"other figures are no duplicate", "新建溪口大道沿线公共充电桩60个。办好运动会3场。新建溪口大道沿线公共充电桩80个。", ""},
		{"other places are none", "新建溪口大道沿线公共充电桩60个。办好运动会3场。新建云岭公园周边公共充电桩60个。", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := marks(findingsOf(t, "quality", planFrame+test.text, false)); got != test.want {
				t.Errorf("%s\n got: %s\nwant: %s", test.text, got, test.want)
			}
		})
	}
}

// TestQualityMessages: a message names what is missing and the suggestion says how to add it.
func TestQualityMessages(t *testing.T) {
	tests := []struct{ text, message, suggestion string }{
		{"加强基层治理。", "数量、时限、责任单位", "6月底前"},
		{"6月底前完善社区治理机制。", "数量、责任单位", "牵头单位"},
		{"培育一批专精特新企业。", "可以计数", "将“一批”改为具体数量"},
		{"力争引进企业5家。", "力争", "删去“力争”"},
	}
	for _, test := range tests {
		found := findingsOf(t, "quality", planFrame+test.text, false)
		if len(found) != 1 || !strings.Contains(found[0].Message.ZH, test.message) || !strings.Contains(found[0].Suggestion.ZH, test.suggestion) {
			t.Errorf("%s: %+v", test.text, found)
		}
	}
}

// TestQualityOnlyOfPlans: what a report has done, and headings, promise nothing.
func TestQualityOnlyOfPlans(t *testing.T) {
	for name, text := range map[string]string{
		"a report":  reportFrame + "上半年加强了基层治理。改造了老旧小区。",
		"a heading": planFrame + "一、加强基层治理\n新建口袋公园5个。\n二、培育一批专精特新企业\n引进企业5家。",
	} {
		if got := marks(findingsOf(t, "quality", text, false)); got != "" {
			t.Errorf("%s\n got: %s", name, got)
		}
	}
}

// TestQualityFile: every line is there and names no word twice, no verb is both vague and measurable, and
// the verbs that make many things are among the measurable.
func TestQualityFile(t *testing.T) {
	lines := map[string]map[string]bool{}
	for line := range lexicon.Lines(qualityFile) {
		words := map[string]bool{}
		for _, word := range line.Words {
			if words[word] {
				t.Errorf("%s: %s stands twice", line.Head, word)
			}
			words[word] = true
		}
		lines[line.Head] = words
	}
	for _, name := range []string{"vague", "measurable", "plural", "countable", "unsaid", "deadline", "soft", "doctrine"} {
		if len(lines[name]) == 0 {
			t.Errorf("no line %s", name)
		}
	}
	for verb := range lines["measurable"] {
		if lines["vague"][verb] {
			t.Errorf("%s is both vague and measurable", verb)
		}
	}
	for verb := range lines["plural"] {
		if !lines["measurable"][verb] {
			t.Errorf("%s is not measurable", verb)
		}
	}
}
