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
		{"what fits stands together", []int{3, 4, 3}, "[[{0 0 3} {1 0 4} {2 0 3}]]"},
		{"what does not fit on the rest of a page begins the next one", []int{7, 4}, "[[{0 0 7}] [{1 0 4}]]"},
		{"what fits on no page goes on over several, and begins where there is room", []int{4, 25, 1}, "[[{0 0 4} {1 0 6}] [{1 6 16}] [{1 16 25} {2 0 1}]]"},
		{"a full page is followed by no empty one", []int{10}, "[[{0 0 10}]]"},
		{"a group without rows takes no room", []int{0, 2}, "[[{1 0 2}]]"},
	} {
		if got := fmt.Sprint(paged(test.sizes, 10)); got != test.want {
			t.Errorf("%s: %s, not %s", test.name, got, test.want)
		}
	}
}
