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
