package progress

import (
	"fmt"
	"testing"
)

func TestGroupsArePutOnPages(t *testing.T) {
	for _, test := range []struct {
		name  string
		sizes []int
		want  string
	}{
		{"nothing makes no page", nil, "[]"},
		{"what fits stands together, with its headings", []int{2, 3, 2}, "[[{0 0 2} {1 0 3} {2 0 2}]]"},
		{"what does not fit on the rest of a page begins the next one", []int{5, 4}, "[[{0 0 5}] [{1 0 4}]]"},
		{"what fits on no page goes on over several, and begins where there is room", []int{3, 22, 1}, "[[{0 0 3} {1 0 5}] [{1 5 14}] [{1 14 22}] [{2 0 1}]]"},
		{"a full page is followed by no empty one", []int{9}, "[[{0 0 9}]]"},
		{"no heading stands alone at the foot of a page", []int{8, 1}, "[[{0 0 8}] [{1 0 1}]]"},
		{"a group without rows takes no room", []int{0, 2}, "[[{1 0 2}]]"},
	} {
		if got := fmt.Sprint(paged(test.sizes, 10)); got != test.want {
			t.Errorf("%s: %s, not %s", test.name, got, test.want)
		}
	}
}
