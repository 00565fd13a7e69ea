package docx

import (
	"strings"

	drawing "luoshi/office/chart"
	"luoshi/office/paper"
)

func chartName(i int) string { return "chart" + itoa(i+1) + ".xml" }
func chartFile(i int) string { return "word/charts/" + chartName(i) }
func chartID(i int) string   { return "chart" + itoa(i+1) }

// Size of a chart in English metric units: 14.8 cm × 7.6 cm.
const (
	chartWidth  = 5328000
	chartHeight = 2736000
)

// chart puts a chart that Word draws itself between the paragraphs, its caption beneath it. Who cannot see it reads its
// figures in the description.
func (c *composer) chart(chart *paper.Chart) {
	id := chartID(len(c.charts))
	c.charts = append(c.charts, chart)
	m := &markup{}
	m.open("w:r")
	m.open("w:drawing")
	m.open("wp:inline", "distT", "0", "distB", "0", "distL", "0", "distR", "0")
	m.empty("wp:extent", "cx", itoa(chartWidth), "cy", itoa(chartHeight))
	m.empty("wp:docPr", "id", itoa(len(c.charts)), "name", id, "descr", drawing.Told(*chart))
	m.empty("wp:cNvGraphicFramePr")
	m.open("a:graphic")
	m.open("a:graphicData", "uri", chartSpace)
	m.empty("c:chart", "r:id", id)
	m.close("a:graphicData", "a:graphic", "wp:inline", "w:drawing", "w:r")
	c.add(paragraph{style: "Picture", content: m.String()})
	c.add(paragraph{style: "PictureCaption", content: words(captionOf(chart))})
}

// captionOf is the caption with the measure in brackets.
func captionOf(c *paper.Chart) string {
	if c.Measure == "" {
		return c.Caption
	}
	return c.Caption + "\uff08" + c.Measure + "\uff09"
}

// Fillings of series: colours that differ in grey too, and patterns for who prints in black.
var fillings = []struct{ colour, pattern string }{
	{"1F4E79", ""}, {"9DC3E6", "wdUpDiag"}, {"C55A11", "dkDnDiag"}, {"F4B183", "pct25"}, {"548235", "dkHorz"}, {"A9D18E", "smGrid"},
}

// chartPart is the part that holds a chart.
func chartPart(chart *paper.Chart) string {
	m := &markup{}
	m.WriteString(declaration)
	m.open("c:chartSpace", "xmlns:c", chartSpace, "xmlns:a", drawingSpace, "xmlns:r", relationSpace)
	m.chartValue("roundedCorners", "0")
	m.open("c:chart")
	m.chartValue("autoTitleDeleted", "1")
	m.open("c:plotArea")
	m.empty("c:layout")
	m.plot(chart)
	m.categoryAxis()
	m.valueAxis(chart)
	m.close("c:plotArea")
	m.open("c:legend")
	m.chartValue("legendPos", "b")
	m.chartValue("overlay", "0")
	m.close("c:legend")
	m.chartValue("plotVisOnly", "1")
	m.chartValue("dispBlanksAs", "gap")
	m.close("c:chart")
	m.open("c:spPr")
	m.open("a:ln")
	m.empty("a:noFill")
	m.close("a:ln", "c:spPr")
	m.open("c:txPr")
	m.empty("a:bodyPr")
	m.open("a:p")
	m.open("a:pPr")
	m.open("a:defRPr", "sz", "1050")
	m.empty("a:latin", "typeface", "Times New Roman")
	m.empty("a:ea", "typeface", "宋体")
	m.close("a:defRPr", "a:pPr")
	m.empty("a:endParaRPr", "lang", "zh-CN")
	m.close("a:p", "c:txPr")
	m.open("c:externalData", "r:id", "book")
	m.chartValue("autoUpdate", "0")
	m.close("c:externalData", "c:chartSpace")
	return m.String()
}

func (m *markup) chartValue(name, value string) { m.empty("c:"+name, "val", value) }

// Identifiers of the axes.
const (
	acrossID = "1"
	upID     = "2"
)

func (m *markup) plot(chart *paper.Chart) {
	kind := "c:lineChart"
	if chart.Kind == paper.Bars {
		kind = "c:barChart"
	}
	m.open(kind)
	if chart.Kind == paper.Bars {
		m.chartValue("barDir", "col")
		m.chartValue("grouping", "clustered")
	} else {
		m.chartValue("grouping", "standard")
	}
	m.chartValue("varyColors", "0")
	for i, s := range chart.Series {
		m.series(chart, i, s)
	}
	if chart.Kind == paper.Bars {
		m.chartValue("gapWidth", "80")
	} else {
		m.chartValue("marker", "1")
	}
	m.chartValue("axId", acrossID)
	m.chartValue("axId", upID)
	m.close(kind)
}

func (m *markup) series(chart *paper.Chart, i int, s paper.Series) {
	m.open("c:ser")
	m.chartValue("idx", itoa(i))
	m.chartValue("order", itoa(i))
	m.open("c:tx")
	m.cache("c:strRef", "c:strCache", columnName(i+1)+"1", []string{s.Name})
	m.close("c:tx")
	if chart.Kind == paper.Bars {
		m.barShape(i)
		m.chartValue("invertIfNegative", "0")
	} else {
		m.lineShape(i)
	}
	m.valueLabels(chart, i)
	last := itoa(len(chart.Labels) + 1)
	m.open("c:cat")
	m.cache("c:strRef", "c:strCache", "A2:A"+last, chart.Labels)
	m.close("c:cat")
	m.open("c:val")
	m.cache("c:numRef", "c:numCache", columnName(i+1)+"2:"+columnName(i+1)+last, s.Values)
	m.close("c:val")
	if chart.Kind != paper.Bars {
		m.chartValue("smooth", "0")
	}
	m.close("c:ser")
}

// cache writes texts or numbers with the cells that they stand in.
func (m *markup) cache(reference, kind, cells string, values []string) {
	m.open(reference)
	m.open("c:f")
	m.text("Sheet1!" + cells)
	m.close("c:f")
	m.open(kind)
	if kind == "c:numCache" {
		m.open("c:formatCode")
		m.text("General")
		m.close("c:formatCode")
	}
	m.chartValue("ptCount", itoa(len(values)))
	for i, v := range values {
		if v == "" {
			continue
		}
		m.open("c:pt", "idx", itoa(i))
		m.open("c:v")
		m.text(v)
		m.close("c:v", "c:pt")
	}
	m.close(kind, reference)
}

// columnName is the letter of a column of a sheet, counted from 0.
func columnName(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return columnName(i/26-1) + columnName(i%26)
}

func (m *markup) solid(colour string) {
	m.open("a:solidFill")
	m.empty("a:srgbClr", "val", colour)
	m.close("a:solidFill")
}

func (m *markup) barShape(i int) {
	f := fillings[i%len(fillings)]
	m.open("c:spPr")
	if f.pattern == "" {
		m.solid(f.colour)
	} else {
		m.open("a:pattFill", "prst", f.pattern)
		for _, ground := range [][2]string{{"a:fgClr", f.colour}, {"a:bgClr", "FFFFFF"}} {
			m.open(ground[0])
			m.empty("a:srgbClr", "val", ground[1])
			m.close(ground[0])
		}
		m.close("a:pattFill")
	}
	m.open("a:ln", "w", "9525")
	m.solid(f.colour)
	m.close("a:ln", "c:spPr")
}

// lineShape tells lines apart by dashes and marks besides colour.
func (m *markup) lineShape(i int) {
	dashes := []string{"solid", "dash", "sysDot", "dashDot", "lgDash", "sysDashDot"}
	marks := []string{"circle", "square", "triangle", "diamond", "x", "plus"}
	f := fillings[i%len(fillings)]
	m.open("c:spPr")
	m.open("a:ln", "w", "22225")
	m.solid(f.colour)
	m.empty("a:prstDash", "val", dashes[i%len(dashes)])
	m.close("a:ln", "c:spPr")
	m.open("c:marker")
	m.chartValue("symbol", marks[i%len(marks)])
	m.chartValue("size", "6")
	m.open("c:spPr")
	m.solid(f.colour)
	m.close("c:spPr", "c:marker")
}

// valueLabels prints the figure at each point as long as there is room: at the ends of bars, above the first line and
// beneath the second.
func (m *markup) valueLabels(chart *paper.Chart, i int) {
	const room = 16
	sides := []string{"t", "b"}
	if chart.Kind == paper.Bars {
		sides = []string{"outEnd", "outEnd", "outEnd", "outEnd"}
	}
	if i >= len(sides) || len(chart.Series)*len(chart.Labels) > room {
		return
	}
	m.open("c:dLbls")
	m.chartValue("dLblPos", sides[i])
	for _, shown := range []string{"showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize"} {
		value := "0"
		if shown == "showVal" {
			value = "1"
		}
		m.chartValue(shown, value)
	}
	m.close("c:dLbls")
}

func (m *markup) categoryAxis() {
	m.open("c:catAx")
	m.chartValue("axId", acrossID)
	m.scaling(false)
	m.chartValue("delete", "0")
	m.chartValue("axPos", "b")
	m.chartValue("majorTickMark", "none")
	m.chartValue("minorTickMark", "none")
	m.chartValue("tickLblPos", "low")
	m.open("c:txPr")
	m.empty("a:bodyPr", "rot", "0", "vert", "horz") // long names wrap rather than lean
	m.open("a:p")
	m.empty("a:pPr")
	m.empty("a:endParaRPr", "lang", "zh-CN")
	m.close("a:p", "c:txPr")
	m.chartValue("crossAx", upID)
	m.chartValue("crosses", "autoZero")
	m.chartValue("auto", "0")
	m.close("c:catAx")
}

func (m *markup) valueAxis(chart *paper.Chart) {
	m.open("c:valAx")
	m.chartValue("axId", upID)
	m.scaling(chart.Kind == paper.Bars && !negative(chart))
	m.chartValue("delete", "0")
	m.chartValue("axPos", "l")
	m.open("c:majorGridlines")
	m.open("c:spPr")
	m.open("a:ln", "w", "6350")
	m.solid("D9D9D9")
	m.close("a:ln", "c:spPr", "c:majorGridlines")
	m.empty("c:numFmt", "formatCode", "General", "sourceLinked", "0")
	m.chartValue("majorTickMark", "none")
	m.chartValue("minorTickMark", "none")
	m.chartValue("tickLblPos", "nextTo")
	m.chartValue("crossAx", acrossID)
	m.chartValue("crosses", "min")
	m.chartValue("crossBetween", "between")
	if few(chart) {
		m.chartValue("majorUnit", "1")
	}
	m.close("c:valAx")
}

// scaling begins the axis of bars at zero: bars that begin elsewhere lie about their sizes.
func (m *markup) scaling(fromZero bool) {
	m.open("c:scaling")
	m.chartValue("orientation", "minMax")
	if fromZero {
		m.chartValue("min", "0")
	}
	m.close("c:scaling")
}

// few tells that a chart counts a few whole things, which have no halves between them.
func few(c *paper.Chart) bool {
	for _, s := range c.Series {
		for _, v := range s.Values {
			if len(v) > 1 && v != "10" || strings.Contains(v, ".") {
				return false
			}
		}
	}
	return true
}

func negative(c *paper.Chart) bool {
	for _, s := range c.Series {
		for _, v := range s.Values {
			if strings.HasPrefix(v, "-") {
				return true
			}
		}
	}
	return false
}
