package align_test

import (
	"slices"
	"testing"
	"unicode/utf8"

	"luoshi/internal/account/align"
)

func TestLinesArePairedWithWhatTheyBecame(t *testing.T) {
	for _, test := range []struct {
		name    string
		was, is []string
		want    []align.Pair
	}{
		{"nothing changed", []string{"甲", "乙"}, []string{"甲", "乙"}, []align.Pair{{0, 0}, {1, 1}}},
		{"one taken out", []string{"甲一", "乙二", "丙三"}, []string{"甲一", "丙三"}, []align.Pair{{0, 0}, {1, -1}, {2, 1}}},
		{"one added", []string{"甲一", "丙三"}, []string{"甲一", "乙二", "丙三"}, []align.Pair{{0, 0}, {-1, 1}, {1, 2}}},
		{"one altered", []string{"头", "收入27.95亿元", "尾"}, []string{"头", "收入29.75亿元", "尾"}, []align.Pair{{0, 0}, {1, 1}, {2, 2}}},
		{
			"one altered beside one taken out", []string{"头", "收入27.95亿元", "新开工项目十个", "尾"}, []string{"头", "收入27.96亿元", "尾"},
			[]align.Pair{{0, 0}, {1, 1}, {2, -1}, {3, 2}},
		},
		{"two that changed places", []string{"甲一", "乙二"}, []string{"乙二", "甲一"}, []align.Pair{{0, -1}, {1, 0}, {-1, 1}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := align.Lines(test.was, test.is); !slices.Equal(got, test.want) {
				t.Errorf("the pairs are %v, not %v", got, test.want)
			}
		})
	}
}

func TestTheChangedStretchIsFound(t *testing.T) {
	for _, test := range []struct{ was, is, from, to string }{
		{"收入27.95亿元", "收入29.75亿元", "7.9", "9.7"},
		{"完成10项", "完成1项", "0", ""},
		{"达到八", "达到九", "八", "九"},
		{"一样", "一样", "", ""},
	} {
		c := align.Differ(test.was, test.is)
		if from, to := test.was[c.Start:c.WasEnd], test.is[c.Start:c.IsEnd]; from != test.from || to != test.to {
			t.Errorf("between %s and %s %q became %q, not %q %q", test.was, test.is, from, to, test.from, test.to)
		}
	}
}

func FuzzDiffer(f *testing.F) {
	f.Add("收入27.95亿元", "收入29.75亿元")
	f.Add("八", "九")
	f.Fuzz(func(t *testing.T, was, is string) {
		if !utf8.ValidString(was) || !utf8.ValidString(is) {
			t.Skip()
		}
		c := align.Differ(was, is)
		if made := was[:c.Start] + is[c.Start:c.IsEnd] + was[c.WasEnd:]; made != is {
			t.Errorf("putting the change into %q makes %q, not %q", was, made, is)
		}
		if !utf8.ValidString(was[c.Start:c.WasEnd]) || !utf8.ValidString(is[c.Start:c.IsEnd]) {
			t.Errorf("the change of %q and %q cuts a character", was, is)
		}
	})
}
