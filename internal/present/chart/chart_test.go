package chart

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"luoshi/reading/numeral"
)

func decimal(t *testing.T, digits string) *numeral.Decimal {
	t.Helper()
	if digits == "" {
		return nil
	}
	d, err := numeral.Parse(digits)
	if err != nil {
		t.Fatal(err)
	}
	return &d
}

// growth is the growth of a fictional district: kept, missed, a year without a target, a year without a
// result.
func growth(t *testing.T) *Chart {
	c := &Chart{ID: "gdp", Title: Text{"地区生产总值 <增速>", "GDP & growth"}, Desc: Text{"两年", "two years"}, Unit: Text{"%", "%"}}
	for i, year := range []struct {
		target, result string
		missed         bool
	}{{"6", "6.5", false}, {"6", "5.8", true}, {"", "5.5", false}, {"5.5", "", false}, {"5", "5.2", false}} {
		c.Points = append(c.Points, Point{
			Year: 2021 + i, Target: decimal(t, year.target), Result: decimal(t, year.result), Missed: year.missed,
		})
	}
	return c
}

func TestEveryTargetAndResultIsDrawn(t *testing.T) {
	got := growth(t).SVG()
	for part, want := range map[string]int{
		`class="target"`: 4, `class="step"`: 4, `class="dot"`: 3, `class="missed"`: 1, `class="result"`: 1,
	} {
		if n := strings.Count(got, part); n != want {
			t.Errorf("%d of %s, want %d", n, part, want)
		}
	}
	line := regexp.MustCompile(`class="result" d="([^"]+)"`).FindStringSubmatch(got)[1]
	if n := strings.Count(line, "M"); n != 2 {
		t.Errorf("the line of results begins %d times, want 2: no result was given for 2024", n)
	}
}

func TestMarksStandWhereTheirValuesAre(t *testing.T) {
	got := growth(t).SVG()
	var heights []float64
	for _, m := range regexp.MustCompile(`class="target" cx="[\d.]+" cy="([\d.]+)"`).FindAllStringSubmatch(got, -1) {
		var y float64
		if _, err := fmt.Sscan(m[1], &y); err != nil {
			t.Fatal(err)
		}
		heights = append(heights, y)
	}
	if len(heights) != 4 || heights[0] != heights[1] || heights[2] <= heights[1] || heights[3] <= heights[2] {
		t.Errorf("targets 6, 6, 5.5, 5 stand at %v", heights)
	}
}

func TestChartIsWellFormedAndNamesItself(t *testing.T) {
	got := growth(t).SVG()
	decoder := xml.NewDecoder(strings.NewReader(got))
	for {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("%v in %s", err, got)
		}
	}
	for _, want := range []string{
		`<title id="gdp-title" data-zh="地区生产总值 &lt;增速&gt;" data-en="GDP &amp; growth">`, `aria-labelledby="gdp-title gdp-desc"`,
		`<desc id="gdp-desc" data-zh="两年"`, `>2021</text>`, `>2025</text>`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not in %s", want, got)
		}
	}
	if strings.Contains(got, "style=") {
		t.Error("the chart carries a style, which the policy of pages forbids")
	}
}

func TestManyYearsDoNotCrowdTheAxis(t *testing.T) {
	c := &Chart{ID: "a"}
	for year := 1954; year <= 2018; year++ {
		c.Points = append(c.Points, Point{Year: year, Result: decimal(t, "1")})
	}
	if n := strings.Count(c.SVG(), `class="tick" x=`) - strings.Count(c.SVG(), `text-anchor="end"`); n > 10 {
		t.Errorf("%d years are left on a small screen", n)
	}
	years := regexp.MustCompile(`text-anchor="middle">([^<]+)<`).FindAllStringSubmatch(c.SVG(), -1)
	if len(years) > mostYears || len(years) < 10 {
		t.Errorf("%d years are named", len(years))
	}
	if !slices.ContainsFunc(years, func(m []string) bool { return strings.HasSuffix(m[1], "18") }) {
		t.Errorf("the last year is not named: %v", years)
	}
}
