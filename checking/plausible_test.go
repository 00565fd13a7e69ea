package checking

import (
	"context"
	"slices"
	"strings"
	"testing"

	"luoshi/document"
	"luoshi/reading"
	"luoshi/reading/lexicon"
	"luoshi/reading/numeral"
)

// planFrame and reportFrame begin documents of the fictional district whose sentences the tests check.
const (
	planFrame   = "望溪区人民政府2026年工作安排\n"
	reportFrame = "关于望溪区2026年上半年国民经济和社会发展计划执行情况的报告\n——2026年8月27日在望溪区第五届人民代表大会常务委员会第四次会议上\n"
)

// findingsOf runs one rule over a text, with what holds where all is asked for.
func findingsOf(t *testing.T, rule, text string, all bool) []Finding {
	t.Helper()
	doc, err := document.Open(context.Background(), "望溪.txt", []byte(text), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	found := Check(reading.Read(doc, reading.Options{}), Options{Only: []string{rule}, All: all})
	for i := range found {
		checkShape(t, doc, &found[i])
	}
	return found
}

// checkShape holds for every finding: it speaks both languages, and its places are where they say.
func checkShape(t *testing.T, doc *document.Document, f *Finding) {
	t.Helper()
	if f.Message.ZH == "" || f.Message.EN == "" || len(f.Places) == 0 {
		t.Errorf("finding without message or place: %+v", f)
	}
	if f.Severity != OK && (f.Suggestion.ZH == "" || f.Suggestion.EN == "") {
		t.Errorf("%s: no suggestion in both languages", f.Message.ZH)
	}
	characters := []rune(doc.Text)
	for _, there := range f.Places {
		n := len([]rune(there.Surface))
		if there.Span.In(doc.Text) != there.Surface || string(characters[there.At:there.At+n]) != there.Surface {
			t.Errorf("%s: %q does not stand at %d", f.Message.ZH, there.Surface, there.At)
		}
	}
}

// marks are findings as the tests write them: severity and the surfaces of the places.
func marks(found []Finding) string {
	var lines []string
	for _, f := range found {
		var surfaces []string
		for _, there := range f.Places {
			surfaces = append(surfaces, there.Surface)
		}
		lines = append(lines, f.Severity.String()+" "+strings.Join(surfaces, " | "))
	}
	return strings.Join(lines, "\n")
}

func TestPlausible(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"an income of hundreds of millions", planFrame + "全区居民人均可支配收入达到2.7亿元。", "warning 2.7亿元"},
		{"an income in 元", planFrame + "全区居民人均可支配收入达到27478元。", ""},
		{"a district's GDP without its 亿", planFrame + "地区生产总值达到747.7元。", "warning 747.7元"},
		{"a district's GDP", planFrame + "地区生产总值达到747.7亿元。", ""},
		{"GDP that grows by two thirds in a year", planFrame + "地区生产总值增长66%。", "warning 66%"},
		{"GDP that grows by two thirds in ten years", planFrame + "地区生产总值比2016年增长66%。", ""},
		{"industry may grow faster", planFrame + "软件业营业收入增长66%。", ""},
		{"unemployment of half the people", planFrame + "城镇登记失业率控制在45%以内。", "warning 45%"},
		{"one sum in 万 here and 亿 there", reportFrame + "上半年绿色信贷余额12.5亿元。经开区工作有序推进。绿色信贷余额12.5万元。", "warning 12.5亿元 | 12.5万元"},
		{"two sums of one magnitude", reportFrame + "上半年绿色信贷余额12.5亿元。经开区工作有序推进。绿色信贷余额15亿元。", ""},
		{"investment is another thing each time", reportFrame + "新开工项目总投资1.2亿元。其中北山项目总投资1.2万元。", ""},

		{"a rate above all", planFrame + "生活垃圾无害化处理率达到108%。", "error 108%"},
		{"a rate of all", planFrame + "生活垃圾无害化处理率达到100%。", ""},
		{"a negative rate", planFrame + "全年城镇登记失业率-3%。", "warning 3%"},
		{"a gross rate may pass 100%", planFrame + "学前教育毛入学率达到102%。", ""},
		{"so may completion", reportFrame + "固定资产投资完成率达到120%。", ""},
		{"and growth", reportFrame + "实际利用外资增长135%。", ""},
		{"and cover in insurance", reportFrame + "拨备覆盖率达到210%。", ""},
		{"a part above the whole", reportFrame + "工业投资占全部投资的128%。", "error 128%"},
		{"progress against a plan", reportFrame + "完成投资13亿元,占年度计划的128%。", ""},
		{"progress that lost its decimal point", reportFrame + "完成投资13亿元,占年度计划的2252%。", "warning 2252%"},
		{"progress in a table", reportFrame + "项目投资情况\n类别|年度计划投资（亿元）|完成投资（亿元）|完成年度计划（%）\n合计|16.40|17.66|107.68\n道路|10.00|10.66|106.60\n", ""},
		{"a share in a table", reportFrame + "项目投资情况\n类别|年度计划投资（亿元）|完成投资（亿元）|占比（%）\n合计|16.40|17.66|107.68\n道路|10.00|10.66|6.60\n", "warning 107.68"},
		{"a fall below nothing", reportFrame + "化学需氧量排放量下降120%。", "warning 120%"},
		{"profit may fall below nothing", reportFrame + "规模以上工业企业利润下降120%。", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := marks(findingsOf(t, "plausible", test.text, false)); got != test.want {
				t.Errorf("%s\n got: %s\nwant: %s", test.text, got, test.want)
			}
		})
	}
}

func TestPlausibleDates(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"February has no 30th", "2月30日前完成清淤。", "error 2月30日"},
		{"nor in Chinese numerals", "二月三十日前完成清淤。", "error 二月三十日"},
		{"nor in a range", "2月10日至30日开展清淤。", "error 2月10日至30日"},
		{"June has no 31st", "2026年6月31日前建成。", "error 2026年6月31日"},
		{"29 February of a common year", "2026年2月29日前建成。", "error 2026年2月29日"},
		{"29 February of a leap year", "2028年2月29日前建成。", ""},
		{"29 February of an unnamed year", "2月29日前建成。", ""},
		{"a date with dashes", "于2026-02-30前建成。", "error 2026-02-30"},
		{"a date with dashes that exists", "于2026-02-28前建成。", ""},
		{"a number with dashes", "受理电话2026-35-12。", ""},
		{"the 45th", "3月45日前建成。", "error 3月45日"},
		{"a thirteenth month", "13月底前建成。", "error 13月"},
		{"a month of zero", "0月5日前建成。", "error 0月"},
		{"a sum of months", "工期13个月。", ""},
		{"months as a decimal", "库存去化周期降至2026.13月。", ""},
		{"months run together", "六七月份开展清淤。", ""},
		{"a lunar month", "农历二月三十日举办灯会。", ""},
		{"a fifth quarter", "第五季度建成投用。", "error 第五季度"},
		{"quarters in a row", "投资连续五季度增长。", ""},
		{"the fourth quarter", "四季度建成投用。", ""},
		{"the last two quarters", "三四季度建成投用。", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := marks(findingsOf(t, "plausible", planFrame+test.text, false)); got != test.want {
				t.Errorf("%s\n got: %s\nwant: %s", test.text, got, test.want)
			}
		})
	}
}

func TestPlausibleTimes(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"due before the plan begins", planFrame + "2025年6月底前建成北山水厂。", "warning 2025年6月底前建成北山水厂"},
		{"due within the plan", planFrame + "2026年6月底前建成北山水厂。", ""},
		{"due after the plan", planFrame + "2028年6月底前建成北山水厂。", ""},
		{"a look back", planFrame + "巩固2025年12月底前完成的整治成果。", ""},
		{"a result from behind the report's date", reportFrame + "今年11月,北山水厂建成投用。", "warning 今年11月,北山水厂建成投用"},
		{"a promise that only looks like a result", reportFrame + "今年11月上旬举办招商大会。", ""},
		{"a result before it", reportFrame + "今年5月,北山水厂建成投用。", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := marks(findingsOf(t, "plausible", test.text, false)); got != test.want {
				t.Errorf("%s\n got: %s\nwant: %s", test.text, got, test.want)
			}
		})
	}
}

// TestPlausibleSuggestsAUnit: where one step of 10^4 would set a figure right, the suggestion says so.
func TestPlausibleSuggestsAUnit(t *testing.T) {
	for text, want := range map[string]string{
		"全区居民人均可支配收入达到2.7亿元。": "2.7万元",
		"地区生产总值达到747.7元。":     "747.7万元",
		"城镇新增就业15000万亿人。":     "15000亿人",
	} {
		found := findingsOf(t, "plausible", planFrame+text, false)
		if len(found) != 1 || !strings.Contains(found[0].Suggestion.ZH, want) {
			t.Errorf("%s: %+v, want a suggestion of %s", text, found, want)
		}
	}
}

func TestAbove(t *testing.T) {
	tests := []struct {
		a, b string
		want bool
	}{
		{"100", "100", false},
		{"100.0", "100", false},
		{"100.01", "100", true},
		{"99.99", "100", false},
		{"1e3", "999", true},
		{"0", "0.001", false},
		{"0.01", "0.001", true},
		{"0.001", "0", true},
		{"2.7e8", "1e6", true},
	}
	for _, test := range tests {
		a, err := numeral.Parse(test.a)
		if err != nil {
			t.Fatal(err)
		}
		b, err := numeral.Parse(test.b)
		if err != nil {
			t.Fatal(err)
		}
		if above(a, b) != test.want {
			t.Errorf("%s above %s: %v", test.a, test.b, !test.want)
		}
	}
}

// TestPlausibleFile: every line holds, no name stands twice for one unit and measure, and no rate is both
// a part and free.
func TestPlausibleFile(t *testing.T) {
	seen := map[string]bool{}
	for line := range lexicon.Lines(plausibleFile) {
		if slices.Contains(boundLists, line.Head) {
			for _, word := range line.Words {
				key := line.Head + word
				if line.Head == "parts" || line.Head == "free" {
					key = "rate " + word
				}
				if seen[key] {
					t.Errorf("%s: %s stands twice", line.Head, word)
				}
				seen[key] = true
			}
			continue
		}
		b := boundIn(line)
		if b.least.Cmp(b.most) >= 0 {
			t.Errorf("%s: %s is not below %s", line.Head, b.least, b.most)
		}
		if b.measure != reading.Level.String() && b.measure != reading.Growth.String() {
			t.Errorf("%s: no measure %s", line.Head, b.measure)
		}
		for _, name := range strings.Fields(line.Head) {
			key := name + " " + b.unit + " " + b.measure
			if seen[key] {
				t.Errorf("%s stands twice", key)
			}
			seen[key] = true
		}
	}
	for _, name := range boundLists {
		if len(boundsOf().lists[name]) == 0 {
			t.Errorf("no list %s", name)
		}
	}
}
