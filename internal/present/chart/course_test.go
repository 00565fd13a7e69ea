package chart

import (
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
)

// beds is a year whose second quarter was behind, of which the last two are not over.
func beds(t *testing.T) *Course {
	return &Course{
		ID: "beds", Title: "养老床位 <新增>", Desc: "二季度落后 & 可补", Unit: "张",
		Periods: []Period{
			{Label: "1", Path: decimal(t, "50"), Actual: decimal(t, "60"), Before: decimal(t, "40")},
			{Label: "2", Path: decimal(t, "100"), Actual: decimal(t, "80"), Before: decimal(t, "90"), Behind: true},
			{Label: "3", Path: decimal(t, "150"), Before: decimal(t, "130")},
			{Label: "4", Path: decimal(t, "200"), Before: decimal(t, "180")},
		},
		Forecast: &Range{Value: decimal(t, "170"), Low: decimal(t, "150"), High: decimal(t, "190")},
	}
}

func TestEachPartOfACourseHasItsShape(t *testing.T) {
	got := beds(t).SVG()
	for part, want := range map[string]int{
		`class="path"`: 1, `class="actual"`: 1, `class="before"`: 1, `class="dot"`: 1, `class="missed"`: 1, `class="band"`: 1, `class="estimate"`: 1,
	} {
		if n := strings.Count(got, part); n != want {
			t.Errorf("%d of %s, want %d", n, part, want)
		}
	}
	decoder := xml.NewDecoder(strings.NewReader(got))
	for {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("%v in %s", err, got)
		}
	}
	if !strings.Contains(got, "养老床位 &lt;新增&gt;") || strings.Contains(got, "style=") {
		t.Errorf("the title is not said, or there is a style: %s", got)
	}
}

func TestALineIsBrokenWhereAPeriodIsMissing(t *testing.T) {
	c := beds(t)
	c.Periods[3].Actual = decimal(t, "190")
	line := regexp.MustCompile(`class="actual" d="([^"]+)"`).FindStringSubmatch(c.SVG())[1]
	if strings.Count(line, "M") != 2 {
		t.Errorf("the third period has no figure, and the line is %s", line)
	}
}

func TestACourseWithoutFigures(t *testing.T) {
	c := Course{ID: "none", Periods: []Period{{Label: "1"}}}
	if !c.Empty() || beds(t).Empty() {
		t.Error("only a course without figures is empty")
	}
	c.Periods, c.Forecast = nil, &Range{Value: decimal(t, "1")}
	if got := c.SVG(); strings.Contains(got, "estimate") {
		t.Errorf("a year without periods has an estimate: %s", got)
	}
}
