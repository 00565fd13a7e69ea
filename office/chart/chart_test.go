package chart

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"luoshi/office/paper"
	"luoshi/office/shape"
)

// growth is a chart of two series, of which one lacks a figure.
func growth(kind paper.ChartKind) paper.Chart {
	return paper.Chart{
		Kind: kind, Caption: "投资增速 <累计>", Measure: "%", Labels: []string{"一季度", "上半年", "三季度"},
		Series: []paper.Series{{Name: "望溪区", Values: []string{"-1.2", "4.1", "4"}}, {Name: "全市", Values: []string{"2.9", "", "3.8"}}},
	}
}

func TestBarsStandOnNought(t *testing.T) {
	c := growth(paper.Bars)
	c.Series = c.Series[:1]
	d, err := Draw(c, 156)
	if err != nil {
		t.Fatal(err)
	}
	var nought float64
	var bars []shape.Path
	for _, p := range d.Paths {
		switch {
		case p.Closed:
			bars = append(bars, p)
		case p.Stroke == shape.Black:
			nought = p.Points[0].Y
		}
	}
	if len(bars) != 3 {
		t.Fatalf("%d bars, want 3", len(bars))
	}
	for i, ends := range []func(shape.Path) float64{top, bottom, bottom} {
		if got := ends(bars[i]); got != nought {
			t.Errorf("bar %d begins at %g, nought is at %g", i, got, nought)
		}
	}
	if high := bottom(bars[1]) - top(bars[1]); high*4 < 4.0*(bottom(bars[2])-top(bars[2])) {
		t.Errorf("4.1 is %g high, 4 is higher", high)
	}
}

func top(p shape.Path) float64    { return p.Points[0].Y }
func bottom(p shape.Path) float64 { return p.Points[2].Y }

func TestALineIsBrokenWhereAFigureIsMissing(t *testing.T) {
	c := growth(paper.Lines)
	c.Labels = append(c.Labels, "全年")
	c.Series[0].Values = []string{"1", "2", "", "3"}
	c.Series[1].Values = []string{"1", "2", "3", "4"}
	d, err := Draw(c, 156)
	if err != nil {
		t.Fatal(err)
	}
	var lengths []int
	for _, p := range d.Paths {
		if p.Thick == lineWidth && p.Points[0].X != p.Points[1].X && !sample(p) {
			lengths = append(lengths, len(p.Points))
		}
	}
	if len(lengths) != 2 || lengths[0] != 2 || lengths[1] != 4 {
		t.Errorf("the lines have %v points, want 2 and 4", lengths)
	}
}

// sample tells whether a path is the one beside a series' name.
func sample(p shape.Path) bool { return p.Points[0].Y < 2*leading && len(p.Points) == 2 }

func TestABarThatIsMissingIsSaidToBe(t *testing.T) {
	for name, c := range map[string]struct {
		width float64
		want  string
	}{"wide": {156, "无数据"}, "narrow": {60, "—"}} {
		d, err := Draw(growth(paper.Bars), c.width)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, l := range d.Labels {
			if l.Text == c.want {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%s: %d times %s, want once", name, n, c.want)
		}
	}
}

func TestAFigureKeepsItsKey(t *testing.T) {
	c := growth(paper.Bars)
	c.Series[0].Keys = []string{"q1", "h1", "q3"}
	d, err := Draw(c, 156)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, l := range d.Labels {
		if l.Figure != "" {
			got[l.Figure] = l.Text
		}
	}
	if len(got) != 3 || got["q1"] != "-1.2" || got["q3"] != "4" {
		t.Errorf("the figures are %v", got)
	}
}

func TestEverythingStaysOnThePaper(t *testing.T) {
	many := growth(paper.Bars)
	for range 14 {
		many.Labels = append(many.Labels, "区住房和城乡建设局")
	}
	for i := range many.Series {
		many.Series[i].Values = make([]string, len(many.Labels))
		for k := range many.Labels {
			many.Series[i].Values[k] = "12345.67"
		}
	}
	for name, c := range map[string]paper.Chart{"bars": growth(paper.Bars), "lines": growth(paper.Lines), "many": many} {
		d, err := Draw(c, 100)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range d.Paths {
			for _, at := range p.Points {
				if at.X < 0 || at.X > d.Width || at.Y < 0 || at.Y > d.Height {
					t.Fatalf("%s: a line reaches %v on paper of %g × %g", name, at, d.Width, d.Height)
				}
			}
		}
		for _, l := range d.Labels {
			if l.At.X < 0 || l.At.X > d.Width || l.At.Y > d.Height {
				t.Errorf("%s: %q stands at %v on paper of %g × %g", name, l.Text, l.At, d.Width, d.Height)
			}
		}
	}
}

func TestSVGIsWellFormedAndSaysEverything(t *testing.T) {
	for _, kind := range []paper.ChartKind{paper.Bars, paper.Lines} {
		got, err := SVG(growth(kind), "c1")
		if err != nil {
			t.Fatal(err)
		}
		decoder := xml.NewDecoder(strings.NewReader(got))
		for {
			if _, err := decoder.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%v in %s", err, got)
			}
		}
		for _, want := range []string{
			`<title id="c1-title">投资增速 &lt;累计&gt;</title>`, `aria-labelledby="c1-title c1-desc"`, ">三季度</text>", ">全市</text>",
			Told(growth(kind)), `width`,
		} {
			if !strings.Contains(got, want) {
				t.Errorf("%s is not in %s", want, got)
			}
		}
		if strings.Contains(got, "style=") {
			t.Error("the chart carries a style, which the policy of pages forbids")
		}
	}
}

func TestAChartIsTold(t *testing.T) {
	want := "折线图，单位：%。望溪区：一季度 -1.2，上半年 4.1，三季度 4。全市：一季度 2.9，上半年 无数据，三季度 3.8。"
	if got := Told(growth(paper.Lines)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestWhatIsNoFigureIsNotDrawn(t *testing.T) {
	wrong := growth(paper.Bars)
	wrong.Series[1].Values[0] = "约3"
	if _, err := Draw(wrong, 156); err == nil || !strings.Contains(err.Error(), "约3") {
		t.Errorf("got %v", err)
	}
	long := growth(paper.Bars)
	long.Series[0].Values = append(long.Series[0].Values, "1")
	if _, err := SVG(long, "a"); err == nil {
		t.Error("four values at three labels were drawn")
	}
}
