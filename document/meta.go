package document

import (
	"strings"

	"luoshi/calendar"
)

// describer gathers what a document says of itself.
type describer struct {
	d        *draft
	text     string
	start    int // the first block of the body
	head     []Span
	date     calendar.Date
	byPaper  bool // the date is that of a web page or a paper, not of the delivery
	national bool
}

// describe fills Meta.
func describe(d *draft) {
	m := describer{d: d, text: d.doc.Text, start: d.bodyStart()}
	m.gatherHead()
	m.title()
	m.issueDate()
	m.place()
	m.issuer()
	m.years()
}

// gatherHead takes the lines above the body: they name the document and are headings, except for bylines.
func (m *describer) gatherHead() {
	var by bylines
	for i := range min(len(m.d.doc.Blocks), max(m.start, 1)) {
		b := &m.d.doc.Blocks[i]
		if b.Furniture || b.Kind == TableRow || !withinRunes(b.In(m.text), minLongRunes) {
			continue
		}
		m.head = append(m.head, b.Span)
		if byline := by.take(m.text, b.Span); i < m.start && b.Kind == Paragraph && !byline && !strings.HasSuffix(b.In(m.text), "。") {
			b.Kind = Heading
		}
	}
}

// fact is the value beside the first label of a metadata table that holds one of the words.
func (m *describer) fact(words ...string) Span {
	for _, f := range m.d.facts {
		label := strings.NewReplacer(" ", "", "　", "", "\u00a0", "").Replace(f.name.In(m.text))
		for _, word := range words {
			if strings.Contains(label, word) {
				return f.value
			}
		}
	}
	return Span{}
}

func (m *describer) set(f *Fact, span Span) {
	if !span.Empty() {
		*f = Fact{Value: span.In(m.text), Span: span}
	}
}

// titleEnds are the words with which the title of a plan or a report ends.
var titleEnds = [...]string{
	"报告", "安排", "要点", "计划", "方案", "规划", "纲要", "意见", "通知", "公报", "总结", "情况", "任务", "清单", "目标",
	"办法", "决定", "部署", "汇报", "讲话", "草案", "成效", "回顾", "摘要", "实事", "台账", "指南", "措施", "工作", "一览表", "情况表", "表",
}

func (m *describer) title() {
	meta := &m.d.doc.Meta
	switch {
	case m.d.title >= 0:
		m.joinTitle(m.d.title)
	case !m.fact("名称", "标题", "题名").Empty():
		m.set(&meta.Title, m.fact("名称", "标题", "题名"))
	default:
		m.titleOfHead()
	}
}

// joinTitle takes the block that the format calls the title, with the next line where only the two
// together end like one: a page has broken it.
func (m *describer) joinTitle(block int) {
	meta := &m.d.doc.Meta
	m.set(&meta.Title, m.d.doc.Blocks[block].Span)
	if endsLikeTitle(meta.Title.Value) || block+1 >= len(m.d.doc.Blocks) {
		return
	}
	next := m.d.doc.Blocks[block+1].Span
	joined := meta.Title.Value + next.In(m.text)
	if withinRunes(joined, maxHeadingRunes) && endsLikeTitle(joined) {
		meta.Title = Fact{Value: joined, Span: Span{meta.Title.Span.Start, next.End}}
	}
}

// titleOfHead takes the first line above the body that ends like a title, or two that make one together.
func (m *describer) titleOfHead() {
	meta := &m.d.doc.Meta
	for i, span := range m.head {
		if endsLikeTitle(span.In(m.text)) {
			m.set(&meta.Title, span)
			return
		}
		if i+1 < len(m.head) && !isDashed(span.In(m.text)) {
			next := m.head[i+1].In(m.text)
			if joined := span.In(m.text) + next; withinRunes(joined, maxHeadingRunes) && endsLikeTitle(joined) && (!endsLikeTitle(next) || leavesTitleOpen(span.In(m.text), next)) {
				meta.Title = Fact{Value: joined, Span: Span{span.Start, m.head[i+1].End}}
				return
			}
		}
	}
	if len(m.d.doc.Blocks) > 0 && m.d.style(0) == 1 {
		m.set(&meta.Title, m.d.doc.Blocks[0].Span)
	}
}

// leavesTitleOpen tells a line that says what a title is about and leaves to the next what it is, even where
// that could be a title by itself: “关于2026年9月重点项目” above “建设进展情况的通报”.
func leavesTitleOpen(line, next string) bool {
	const about = "关于"
	return strings.Contains(line, about) && !strings.Contains(next, about) && !endsInColon(line)
}

func endsLikeTitle(line string) bool {
	bare := strings.TrimRight(trimClosed(line), " 　》”")
	if len(bare) < 3*len("一") || isSalutation(line) || isDashed(line) {
		return false
	}
	for _, end := range titleEnds {
		if strings.HasSuffix(bare, end) {
			return true
		}
	}
	return isBulletin(line)
}

// dateLabels introduce the date of a page.
var dateLabels = [...]string{"时间", "发布时间", "发布日期", "日期", "成文日期", "发文日期", "生成日期", "更新时间"}

// issueDate prefers the day of delivery, then what a metadata table or the page says.
func (m *describer) issueDate() {
	for _, span := range m.head {
		line := span.In(m.text)
		delivered := isDashedDate(line) || strings.Contains(line, "会") && !endsInColon(line) || isDateLine(m.text, span)
		if (delivered || m.isImprint(span)) && m.takeDate(span) {
			return
		}
	}
	m.byPaper = true
	if m.takeDate(m.fact("成文日期", "发文日期", "发布日期", "生成日期", "公开日期")) {
		return
	}
	for i := range min(len(m.d.doc.Blocks), headZone) {
		b := &m.d.doc.Blocks[i]
		if b.Furniture && (isTimestamp(b.In(m.text)) || hasLabel(b.In(m.text))) && m.takeDate(b.Span) {
			return
		}
	}
	m.signatureDate()
}

func isDashedDate(line string) bool {
	return strings.HasPrefix(line, "—") || strings.HasPrefix(line, "―") || strings.HasPrefix(line, "(") || strings.HasPrefix(line, "（")
}

func hasLabel(line string) bool {
	for _, label := range dateLabels {
		if strings.HasPrefix(line, label) {
			return true
		}
	}
	return false
}

func (m *describer) takeDate(span Span) bool {
	if span.Empty() {
		return false
	}
	date, at := dateIn(m.text, span)
	if date.IsZero() {
		return false
	}
	m.date = date
	m.d.doc.Meta.Date = Fact{Value: date.String(), Span: at}
	return true
}

// signatureLines is how many lines at the end are looked at for a date.
const signatureLines = 6

func (m *describer) signatureDate() {
	seen := 0
	for i := len(m.d.doc.Blocks) - 1; i >= m.start && seen < signatureLines; i-- {
		b := &m.d.doc.Blocks[i]
		if b.Furniture {
			continue
		}
		seen++
		if withinRunes(b.In(m.text), maxPlainRunes) && isDateLine(m.text, b.Span) && m.takeDate(b.Span) {
			return
		}
	}
}

// place finds the region in the title, the lines under it, the issuer, or as the name that the text
// repeats.
func (m *describer) place() {
	meta := &m.d.doc.Meta
	if span := m.nationalAt(); !span.Empty() {
		m.national = true
		meta.Region = Fact{Value: "全国", Span: span}
		return
	}
	spans := []Span{meta.Title.Span, m.fact("发布机构", "发文机关", "发文机构", "公开责任部门")}
	for _, span := range append(spans, m.head...) {
		if region := regionIn(m.text, span); !region.Empty() {
			m.set(&meta.Region, region)
			return
		}
	}
	if m.set(&meta.Region, commonRegion(m.text, m.body())); meta.Region.Value == "" {
		m.countryAtLarge()
	}
}

// minCountry is how often a text speaks of “our country” that is nobody's but the State Council's.
const minCountry = 8

func (m *describer) countryAtLarge() {
	body := m.body()
	s := m.text[body.Start:min(body.End, body.Start+wordsReach)]
	if strings.Count(s, "我国")+strings.Count(s, "我國") >= minCountry {
		m.national = true
		m.d.doc.Meta.Region = Fact{Value: "全国"}
	}
}

func (m *describer) body() Span {
	blocks := m.d.doc.Blocks
	if len(blocks) == 0 {
		return Span{}
	}
	return Span{blocks[min(m.start, len(blocks)-1)].Start, len(m.text)}
}

// openingLines is how many lines a report needs to introduce itself, where links have broken them.
const openingLines = 8

// opening is the first lines of the body, where a report says on whose behalf it is given.
func (m *describer) opening() Span {
	blocks := m.d.doc.Blocks
	last := min(m.start+openingLines, len(blocks)-1)
	body := m.body()
	return Span{body.Start, max(body.Start, blocks[last].End)}
}

// stateBodies are the State Council and the bodies to which it reports.
var (
	stateBodies   = []string{"国务院", "國務院", "全国人民代表大会", "中央人民政府"}
	nationalWords = newWordSet(stateBodies)
)

// nationalAt is where the document shows that it is the State Council's.
func (m *describer) nationalAt() Span {
	for _, span := range append(append([]Span{}, m.head...), m.opening()) {
		if !nationalWords.in(span.In(m.text)) {
			continue
		}
		for _, word := range stateBodies {
			i := strings.Index(span.In(m.text), word)
			if i < 0 {
				continue
			}
			before := span.In(m.text)[:i]
			if word == "国务院" && !strings.HasSuffix(before, "代表") && !strings.HasSuffix(before, "受") && !strings.HasSuffix(before, "民共和国") && before != "" {
				continue
			}
			return Span{span.Start + i, span.Start + i + len(word)}
		}
	}
	return Span{}
}

// issuer is what a metadata table says, the body in the title, or that on whose behalf the report is
// given.
func (m *describer) issuer() {
	meta := &m.d.doc.Meta
	if span := m.fact("发布机构", "发文机关", "发文机构", "公开责任部门"); !span.Empty() {
		m.set(&meta.Issuer, span)
		return
	}
	if span := m.issuerLine(); !span.Empty() {
		m.set(&meta.Issuer, span)
		return
	}
	if m.national {
		meta.Issuer = Fact{Value: "国务院", Span: meta.Region.Span}
		return
	}
	region := meta.Region.Span
	for _, body := range [...]string{"人民政府", "政府", "党工委管委会", "管委会", "管理委员会"} {
		if !region.Empty() && strings.HasPrefix(m.text[region.End:], body) {
			m.set(&meta.Issuer, Span{region.Start, region.End + len(body)})
			return
		}
	}
	m.issuerOnBehalf()
}

// issuerLabels introduce the issuer in a line of its own.
var issuerLabels = [...]string{"发布单位", "发文单位", "发布机构", "发文机关", "制定机关"}

// issuerLine reads “发布单位：某某区人民政府办公室” above the body.
func (m *describer) issuerLine() Span {
	for i := range min(len(m.d.doc.Blocks), headZone) {
		span := m.d.doc.Blocks[i].Span
		for _, label := range issuerLabels {
			rest, ok := strings.CutPrefix(span.In(m.text), label)
			for _, colon := range [...]string{":", "："} {
				if value, found := strings.CutPrefix(rest, colon); ok && found && withinRunes(value, maxPlainRunes) {
					return trim(m.text, Span{span.End - len(value), span.End})
				}
			}
		}
	}
	return Span{}
}

// behalfWords stand before the government in whose name a report is given.
var behalfWords = [...]string{"代表", "受"}

// issuerOnBehalf reads “我代表省人民政府” and “受区人民政府委托”.
func (m *describer) issuerOnBehalf() {
	opening := m.opening()
	for _, word := range behalfWords {
		for at := opening.Start; ; {
			i := strings.Index(m.text[at:opening.End], word)
			if i < 0 {
				break
			}
			at += i + len(word)
			if name := governmentAt(m.text[at:opening.End]); name != "" {
				m.d.doc.Meta.Issuer = Fact{Value: m.fullName(name), Span: Span{at, at + len(name)}}
				return
			}
		}
	}
}

// governmentAt is the name of a government that a text begins with.
func governmentAt(s string) string {
	const government = "政府"
	end := strings.Index(s[:min(len(s), 4*maxRegionRunes+len(government))], government)
	if end < 0 || strings.ContainsAny(s[:end], "，,。：:、") {
		return ""
	}
	return s[:end+len(government)]
}

// fullName puts the region before a government that is only called that of the province or the district.
func (m *describer) fullName(name string) string {
	region := m.d.doc.Meta.Region.Value
	for _, level := range [...]string{"自治区", "省", "市", "区", "县"} {
		if rest, ok := strings.CutPrefix(name, level); ok && strings.HasSuffix(region, level) {
			return region + rest
		}
	}
	return name
}
