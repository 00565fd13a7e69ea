package shape

import "testing"

func TestInkHasItsParts(t *testing.T) {
	for ink, want := range map[Ink][3]int{Red: {230, 0, 18}, "#1f4e79": {31, 78, 121}, White: {255, 255, 255}, "": {0, 0, 0}} {
		r, g, b := ink.RGB()
		if got := [3]int{r, g, b}; got != want {
			t.Errorf("%s is %v, want %v", ink, got, want)
		}
	}
}

func TestMovingAPathLeavesTheFirstWhereItWas(t *testing.T) {
	box := Box(0, 0, 2, 1)
	moved := box.Moved(10, 20)
	if box.Points[2] != (Point{2, 1}) || moved.Points[2] != (Point{12, 21}) || !moved.Closed {
		t.Errorf("%v moved is %v", box, moved)
	}
}

func TestANumberSaysNoMoreThanItMust(t *testing.T) {
	for _, c := range []struct {
		v      float64
		places int
		want   string
	}{{5, 3, "5"}, {5.5, 3, "5.5"}, {2.5006, 3, "2.501"}, {-0.0001, 3, "0"}, {100, 0, "100"}, {0.126, 2, "0.13"}} {
		if got := Number(c.v, c.places); got != c.want {
			t.Errorf("%g is %s, want %s", c.v, got, c.want)
		}
	}
}
