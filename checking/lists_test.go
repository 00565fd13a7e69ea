package checking

import (
	"testing"

	"luoshi/reading/lexicon"
)

func TestLists(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"a quoted count behind its items", "统筹水、路、电、气、网“五网”建设。", "ok 五网 | 统筹水、路、电、气、网"},
		{"one item too few", "统筹供水、道路、供电、燃气“五网”建设。", "warning 五网 | 统筹供水、道路、供电、燃气"},
		{"a slogan adds up", "落实大招商、大建设、大服务、新作风“三大一新”要求。", "ok 三大一新 | 落实大招商、大建设、大服务、新作风"},
		{"a slogan that does not add up", "落实大招商、大建设、大服务、新作风“四大一新”要求。", "warning 四大一新 | 落实大招商、大建设、大服务、新作风"},
		{"a slogan whose last number is none", "完善数量、质量、生态“三位一体”体系。", "ok 三位一体 | 完善数量、质量、生态"},
		{"verbs that are gathered", "坚持改革、开放、创新四大动力。", "warning 四大动力 | 坚持改革、开放、创新"},
		{"a count behind its items", "打好蓝天、碧水、净土三大保卫战。", "ok 三大保卫战 | 打好蓝天、碧水、净土"},
		{"one item too many", "打好蓝天、碧水、净土、绿地三大保卫战。", "warning 三大保卫战 | 打好蓝天、碧水、净土、绿地"},
		{"the last two joined", "抓好产业、生态和民生三件大事。", "ok 三件大事 | 抓好产业、生态和民生"},
		{"等 leaves the rest unnamed", "实施清水、绿廊等6项工程。", "ok 6项 | 实施清水、绿廊等"},
		{"等 with more than are counted", "实施清水、绿廊、净土、蓝天等三项工程。", "warning 三项 | 实施清水、绿廊、净土、蓝天等"},
		{"items behind a colon", "垃圾分三类:厨余垃圾、可回收物、其他垃圾。", "ok 三类 | 厨余垃圾、可回收物、其他垃圾"},
		{"too few behind a colon", "垃圾分四类:厨余垃圾、可回收物、其他垃圾。", "warning 四类 | 厨余垃圾、可回收物、其他垃圾"},
		{"items in brackets", "统筹“三区”（东区、西区、北区）发展。", "ok 三区 | 东区、西区、北区"},
		{"ordinals", "重点抓好三项工作:一是修路。二是建桥。三是治水。", "ok 三项 | 一是修路。二是建桥。三是"},
		{"an ordinal too few", "重点抓好三项工作:一是修路。二是建桥。", "warning 三项 | 一是修路。二是"},
		{"ordinals of the next list", "抓好两项工作:一是修路。二是建桥。还要办好三件事:一是治水。二是植树。三是清淤。", "ok 两项 | 一是修路。二是\nok 三件 | 一是治水。二是植树。三是"},
		{"an outline", "办好以下三件实事:\n1.修建北山公园。\n2.新建溪口小学。\n3.改造老街。", "ok 三件 | 1.修建北山公园。\n2.新建溪口小学。\n3.改造老街"},
		{"an outline with an item missing", "办好以下四件实事:\n1.修建北山公园。\n2.新建溪口小学。\n3.改造老街。", "error 四件 | 1.修建北山公园。\n2.新建溪口小学。\n3.改造老街"},
		{"the list under a heading", "(一)打造“三项工程”\n实施强链工程、补链工程、延链工程。加快建设。", "ok 三项工程 | 实施强链工程、补链工程、延链工程"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := marks(findingsOf(t, "list", planFrame+test.text, true)); got != test.want {
				t.Errorf("%s\n got: %s\nwant: %s", test.text, got, test.want)
			}
		})
	}
}

// TestListsSilent: what only looks like a counted list is left alone.
func TestListsSilent(t *testing.T) {
	for _, text := range []string{
		"增强“四个意识”、坚定“四个自信”、做到“两个维护”。",
		"完善设施、优化服务、做优“五个一”品牌。",
		"第三类企业:甲公司、乙公司。",
		"新建公园、绿廊4个。",
		"开拓国内、服务国外三个市场。",
		"统筹“三自一包”（自留地、自由市场、自负盈亏，包产到户）。",
		"规划、建设、运营四个园区。",
		"全区、各镇两级联动。",
		"推动教育、医疗发展,建设三项工程。",
		"聚焦三大任务:抓好修路,带动建桥、治水。",
		"“十五五”规划:编制、报批、公布。",
	} {
		if got := marks(findingsOf(t, "list", planFrame+text, true)); got != "" {
			t.Errorf("%s\n got: %s", text, got)
		}
	}
}

func TestCountedFile(t *testing.T) {
	for line := range lexicon.Lines(countedFile) {
		if len(line.Words) == 0 {
			t.Errorf("%s: no words", line.Head)
		}
		seen := map[string]bool{}
		for _, word := range line.Words {
			if seen[word] {
				t.Errorf("%s: %s stands twice", line.Head, word)
			}
			seen[word] = true
		}
	}
	words := listWords()
	if len(words.partial) == 0 || len(words.joints) == 0 || len(words.marks) == 0 || len(words.ordinals) < 20 {
		t.Error("a line is missing")
	}
}
