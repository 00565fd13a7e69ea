package document

import (
	"testing"

	"luoshi/document/part"
)

// TestMarkers tells outline numbers from decimals, dates and lists.
func TestMarkers(t *testing.T) {
	tests := []struct {
		line  string
		kind  headKind
		value int
		text  string // the marker; empty where there is none
	}{
		{"第一章 总则", chapterHead, 1, "第一章"},
		{"第二部分 重点任务", partHead, 2, "第二部分"},
		{"第三节 用地", articleHead, 3, "第三节"},
		{"第一，抓项目", ordinalHead, 1, "第一，"},
		{"一、总体要求", hanHead, 1, "一、"},
		{"二十一、附则", hanHead, 21, "二十一、"},
		{"一、十件实事", hanHead, 1, "一、"},
		{"三", hanHead, 3, "三"},
		{"(一)主要目标", hanParenHead, 1, "(一)"},
		{"（十二）其他", hanParenHead, 12, "（十二）"},
		{"㈢建设", hanParenHead, 3, "㈢"},
		{"1.深入实施", arabicHead, 1, "1."},
		{"12、推进", arabicHead, 12, "12、"},
		{"３．全面", arabicHead, 3, "３．"},
		{"1. 2025年目标", arabicHead, 1, "1."},
		{"(3)支持", arabicParenHead, 3, "(3)"},
		{"2）支持", arabicParenHead, 2, "2）"},
		{"⑴支持", arabicParenHead, 1, "⑴"},
		{"②举办", circledHead, 2, "②"},
		{"一是产业", shiHead, 1, "一是"},
		{"十一是", shiHead, 11, "十一是"},
		{"1.5万盏路灯", 0, 0, ""},
		{"2021.9亩", 0, 0, ""},
		{"2021年工作", 0, 0, ""},
		{"2021、2022两年", 0, 0, ""},
		{"1、2月份", 0, 0, ""},
		{"一、二季度", 0, 0, ""},
		{"一、二、三产业", 0, 0, ""},
		{"(2021年)", 0, 0, ""},
		{"第十四届运动会", 0, 0, ""},
		{"一批项目", 0, 0, ""},
		{"十四五时期", 0, 0, ""},
		{"三是", shiHead, 3, "三是"},
		{"", 0, 0, ""},
	}
	for _, tt := range tests {
		m, ok := markerAt(tt.line)
		if ok != (tt.text != "") || ok && (m.kind != tt.kind || m.value != tt.value || tt.line[:m.size] != tt.text) {
			t.Errorf("%q: %+v %v, want %d %d %q", tt.line, m, ok, tt.kind, tt.value, tt.text)
		}
	}
}

// TestNesting lets the order in which kinds nest decide on their levels.
func TestNesting(t *testing.T) {
	tests := []struct {
		name, text string
		levels     []int32
	}{
		{"usual", "一、甲\n(一)乙\n1.丙\n(1)丁\n二、戊\n", []int32{1, 2, 3, 4, 1}},
		{"without brackets", "一、甲\n1.乙\n2.丙\n二、丁\n3.戊\n", []int32{1, 2, 2, 1, 2}},
		{"brackets on top", "（一）甲\n一、乙\n二、丙\n（二）丁\n一、戊\n", []int32{1, 2, 2, 1, 2}},
		{"brackets below numbers", "1.甲\n(一)乙\n(二)丙\n2.丁\n(一)戊\n", []int32{1, 2, 2, 1, 2}},
		{"an excerpt goes up", "(七)甲\n(八)乙\n三、丙\n", []int32{1, 1, 1}},
		{"chapters", "第一章 甲\n第一节 乙\n一、丙\n第二章 丁\n", []int32{1, 2, 3, 1}},
	}
	for _, tt := range tests {
		d, err := fromText(tt.text, defaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		if err := outline(d, defaultLimits); err != nil {
			t.Fatal(err)
		}
		var got []int32
		for _, s := range d.doc.Outline {
			got = append(got, s.Level)
		}
		if len(got) != len(tt.levels) {
			t.Errorf("%s: levels %v, want %v", tt.name, got, tt.levels)
			continue
		}
		for i := range got {
			if got[i] != tt.levels[i] {
				t.Errorf("%s: levels %v, want %v", tt.name, got, tt.levels)
				break
			}
		}
	}
}

// TestStyledNesting lets a format's heading styles decide, and lends them to the numbers of their like.
func TestStyledNesting(t *testing.T) {
	d, err := fromParts([]part.Part{
		{Text: "云溪区2025年工作要点", Title: true, Heading: 1},
		{Text: "一、抓项目", Heading: 2},
		{Text: "（一）强化要素保障", Heading: 3},
		{Text: "1.实行专班推进。全年开工项目32个。"},
		{Text: "二、惠民生"},
		{Text: "附则", Heading: 2},
		{Text: "第2页", Furniture: true},
	}, defaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	if err := outline(d, defaultLimits); err != nil {
		t.Fatal(err)
	}
	want := []struct {
		level int32
		title string
	}{{1, "云溪区2025年工作要点"}, {2, "抓项目"}, {3, "强化要素保障"}, {4, "实行专班推进"}, {2, "惠民生"}, {2, "附则"}}
	if len(d.doc.Outline) != len(want) {
		t.Fatalf("%d sections", len(d.doc.Outline))
	}
	for i, s := range d.doc.Outline {
		if got := s.Title.In(d.doc.Text); s.Level != want[i].level || got != want[i].title {
			t.Errorf("section %d: level %d %q, want level %d %q", i, s.Level, got, want[i].level, want[i].title)
		}
	}
	describe(d)
	if d.doc.Meta.Title.Value != "云溪区2025年工作要点" || d.doc.Meta.PlanYear != 2025 || d.doc.Meta.Region.Value != "云溪区" {
		t.Errorf("meta %+v", d.doc.Meta)
	}
}
