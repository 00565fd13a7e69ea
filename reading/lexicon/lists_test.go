package lexicon_test

import (
	"slices"
	"testing"

	"luoshi/reading/lexicon"
)

func TestLists(t *testing.T) {
	lists := lexicon.ListsOf("# what adds up\ntotal: 合计 总计\nrate of: 率\n\ntotal: 小计 # 分项\n")
	if want := []string{"合计", "总计", "小计"}; !slices.Equal(lists["total"], want) {
		t.Errorf("total: %v, want %v", lists["total"], want)
	}
	for _, c := range []struct {
		what      string
		got, want bool
	}{
		{"holds", lists.Holds("total", "全区合计99项"), true},
		{"holds another list's", lists.Holds("total", "履约率"), false},
		{"opens", lists.Opens("total", "合计99项"), true},
		{"opens behind", lists.Opens("total", "全区合计"), false},
		{"closes", lists.Closes("rate of", "履约率"), true},
		{"closes before", lists.Closes("rate of", "率先"), false},
		{"a list that is not there", lists.Holds("none", "合计"), false},
	} {
		if c.got != c.want {
			t.Errorf("%s: %t", c.what, c.got)
		}
	}
}
