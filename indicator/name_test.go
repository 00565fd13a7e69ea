package indicator

import "testing"

// alike is pairs of subjects with the bounds between which their likeness must lie.
var alike = []struct {
	a, b     string
	min, max Likeness
}{
	// One indicator under two names.
	{"地区生产总值", "GDP", Identical, Identical},
	{"城镇新增就业人数", "新增城镇就业", Identical, Identical},
	{"新**镇就业", "城镇新增就业", Identical, Identical},
	{"空气优良率", "空气质量优良天数比率", Identical, Identical},
	{"停车泊位", "新增机动车泊位", Pairable, Identical},
	{"新增绿地", "新增绿地面积", Pairable, Identical},
	{"引进市外到位资金", "市外到位资金", Pairable, Identical},
	{"收储土地", "收储", Pairable, Identical},
	{"供应", "供应土地", Pairable, Identical},
	{"生活垃圾无害化处理率", "城市生活垃圾无害化处理率", Pairable, Identical - 1},
	{"市场采购贸易出口额", "市场采购贸易总额", Pairable, Identical - 1},
	{"试点任务", "新增试点任务", Pairable, Identical},
	{"招商", "定向招商、项目招商、产业招商", Pairable, Identical},
	{"工业增加值", "规模以上工业增加值", Pairable, Identical - 1},
	{"全市地区生产总值", "地区生产总值", Identical, Identical},

	// Words that the dictionary does not know.
	{"苗圃出苗", "苗圃出苗", SameTopic, SameTopic},
	{"完成河堤加固", "河堤加固", SameTopic, SameTopic},
	{"新增桂花苗", "桂花苗", Pairable, SameTopic - 1},
	{"新增桂花苗", "新增桂花苗面积", Pairable, SameTopic - 1},
	{"揽月行动", "定向揽月行动、专项揽月行动", Pairable, SameTopic - 1},
	{"“望溪”剧场", "望溪剧场", SameTopic, SameTopic},

	// Decoys.
	{"拆迁", "老旧小区改造任务", Unlike, OtherScope},
	{"拆迁", "改造任务", Unlike, OtherScope},
	{"小区", "老旧小区", Unlike, GenericTopic},
	{"企业", "跨境电商企业", Unlike, GenericTopic},
	{"工作站", "工作室", Unlike, OtherKind},
	{"一本率", "本科率", Unlike, OtherKind},
	{"注册商标", "新申请商标注册", Unlike, OtherKind},
	{"社区", "小区", Unlike, OtherKind},
	{"地区生产总值", "固定资产投资", Unlike, Unlike},
	{"民营经济增加值", "数字经济增加值", Unlike, GenericTopic},
	{"民营经济增加值", "增加值", Unlike, GenericTopic},
	{"公共充电桩", "充电桩", Unlike, GenericTopic},
	{"发电装机容量", "新增发电装机容量", Unlike, GenericTopic},
	{"市级示范苗圃", "区级示范苗圃", Unlike, OtherScope},
	{"续建项目", "新开工项目", Unlike, OtherKind},
	{"项目", "项目", GenericTopic, GenericTopic},
	{"", "地区生产总值", Unlike, Unlike},
	{"", "", Unlike, Unlike},
	{"小学校舍面积", "初中校舍面积", Unlike, OtherKind},
	{"炼钢产能", "炼铁产能", Unlike, OtherKind},
}

func TestSame(t *testing.T) {
	for _, c := range alike {
		a, b := NameOf(c.a, ""), NameOf(c.b, "")
		if got := a.Same(b); got < c.min || got > c.max {
			t.Errorf("%s, %s: got %d, want %d to %d", c.a, c.b, got, c.min, c.max)
		}
		if a.Same(b) != b.Same(a) {
			t.Errorf("%s, %s: %d one way, %d the other", c.a, c.b, a.Same(b), b.Same(a))
		}
	}
}

// TestSameItself compares every subject of the tables with itself.
func TestSameItself(t *testing.T) {
	for _, c := range alike {
		for _, subject := range []string{c.a, c.b} {
			n := NameOf(subject, "")
			want := SameTopic
			switch {
			case n.Indicator != nil:
				want = Identical
			case n.Topic == "":
				want = Unlike
			case n.Generic:
				want = GenericTopic
			}
			if got := n.Same(n); got != want {
				t.Errorf("%s: got %d, want %d", subject, got, want)
			}
		}
	}
}

func TestSameInPlaces(t *testing.T) {
	own := NameOf("有效就业岗位", "提供有效就业岗位8.2万余个")
	other := NameOf("有效就业岗位", "为临江县共提供有效就业岗位三千余个")
	masked := NameOf("有效就业岗位", "为**区共提供有效就业岗位三千余个")
	for _, n := range []Name{other, masked} {
		if got := own.Same(n); got >= Pairable {
			t.Errorf("posts here and for %q: got %d", n.whom, got)
		}
	}
	if got := own.Same(own); got != Identical {
		t.Errorf("the same posts: got %d", got)
	}
}

func TestScopeConflict(t *testing.T) {
	type side struct{ subject, context string }
	cases := []struct {
		a, b side
		want bool
	}{
		{side{"地区生产总值(含临港区)", ""}, side{"地区生产总值(不含临港区)", ""}, true},
		{side{"地区生产总值", "含临港区、经开区"}, side{"一般公共预算收入", "不含临港区、经开区"}, true},
		{side{"地区生产总值", "含临港区、经开区"}, side{"地区生产总值", ""}, false},
		{side{"地区生产总值", "含临港区"}, side{"固定资产投资(不含农户)", ""}, false},
		{side{"全市地区生产总值", ""}, side{"全区地区生产总值", ""}, true},
		{side{"地区生产总值", "全市实现地区生产总值900亿元"}, side{"地区生产总值", "全区实现地区生产总值300亿元"}, true},
		{side{"望溪区地区生产总值", ""}, side{"临江县地区生产总值", ""}, true},
		{side{"望溪区地区生产总值", ""}, side{"全区地区生产总值", ""}, false},
		{side{"**区地区生产总值", ""}, side{"望溪区地区生产总值", ""}, false},
		{side{"城镇居民人均可支配收入", ""}, side{"农村居民人均可支配收入", ""}, true},
		{side{"农村低保标准", ""}, side{"城市低保标准", ""}, true},
		{side{"规模以上工业增加值", ""}, side{"全部工业增加值", ""}, true},
		{side{"规上工业增加值", ""}, side{"规模以上工业增加值", ""}, false},
		{side{"规上工业增加值", ""}, side{"工业增加值", ""}, false},
		{side{"固定资产投资(不含农户)", ""}, side{"全社会固定资产投资", ""}, true},
		{side{"固定资产投资", "完成固定资产投资(不含农户)12亿元"}, side{"全社会固定资产投资", ""}, true},
		{side{"接待游客", "上半年接待游客9万人次"}, side{"全年接待游客", ""}, false},
		{side{"市外到位资金", ""}, side{"省外到位资金", ""}, true},
		{side{"市级重点项目", ""}, side{"区级重点项目", ""}, true},
		{side{"本外币贷款余额", ""}, side{"人民币贷款余额", ""}, true},
	}
	for _, c := range cases {
		a, b := NameOf(c.a.subject, c.a.context), NameOf(c.b.subject, c.b.context)
		if got := a.ScopeConflict(b); got != c.want {
			t.Errorf("%v, %v: got %v; scopes %q and %q", c.a, c.b, got, a.Scope, b.Scope)
		}
		if a.ScopeConflict(b) != b.ScopeConflict(a) {
			t.Errorf("%v, %v: only one way", c.a, c.b)
		}
		if c.want && a.Same(b) > OtherScope {
			t.Errorf("%v, %v: likeness %d in spite of their scopes", c.a, c.b, a.Same(b))
		}
	}
}

func TestNameContext(t *testing.T) {
	cases := []struct{ subject, context, want string }{
		{"地区生产总值", "含临港区、经开区", "[含临港区 含经开区]"},
		{"固定资产投资", "固定资产投资(不含农户)增长8%,民间投资(全社会)增长9%", "[不含农户]"},
		{"民间投资", "固定资产投资(不含农户)增长8%,民间投资增长9%", "[]"},
		{"接待游客", "上半年全区接待游客9万人次", "[上半年 全区]"},
		{"接待游客", "全市经济向好;上半年接待游客9万人次", "[上半年]"},
		{"地区生产总值(含临港区)", "地区生产总值(含临港区)增长8%", "[含临港区]"},
	}
	for _, c := range cases {
		if got := NameOf(c.subject, c.context).Scope; quoted(got) != c.want {
			t.Errorf("%s in %s: got %s, want %s", c.subject, c.context, quoted(got), c.want)
		}
	}
}
