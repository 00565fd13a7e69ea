package present

import (
	"bytes"
	"io"

	"luoshi/internal/present/columns"
	"luoshi/internal/present/confidence"
	"luoshi/internal/present/page"
	"luoshi/internal/present/source"
	"luoshi/internal/present/wording"
	"luoshi/matching"
	"luoshi/reading"
)

// Matched is a plan's promises with what a report says of them. Where one document reviews and plans,
// Plan and Report are the same.
type Matched struct {
	Plan, Report *reading.Reading
	Pairs        []matching.Pair
}

// Verdicts are the verdicts in the order in which they are counted to people: first what was done.
var Verdicts = []matching.Verdict{
	matching.Exceeded, matching.Kept, matching.Ahead, matching.Behind, matching.Missed,
	matching.ReportedWithoutFigure, matching.NotReported, matching.NotComparable,
}

// Count is the number of promises with a verdict.
func (m *Matched) Count(v matching.Verdict) int {
	n := 0
	for i := range m.Pairs {
		if m.Pairs[i].Verdict == v {
			n++
		}
	}
	return n
}

// WritePromises writes what became of the promises.
func WritePromises(w io.Writer, m *Matched, look Look) error { return write(w, m, look) }

// pairRecord has the fields of the record format in its order.
type pairRecord struct {
	Plan          string           `json:"plan"`
	PlanAt        int              `json:"plan_at"` // code points
	PlanSurface   string           `json:"plan_surface"`
	Subject       string           `json:"subject"`
	Verdict       matching.Verdict `json:"verdict"`
	Report        string           `json:"report"`
	ReportAt      *int             `json:"report_at"`
	ReportSurface string           `json:"report_surface"`
	Gap           string           `json:"gap"`
	Reason        string           `json:"reason"`
	Confidence    float64          `json:"confidence"`
}

func (m *Matched) records(wording.Lang) []any {
	var records []any
	for i := range m.Pairs {
		p := &m.Pairs[i]
		record := pairRecord{
			Plan: m.Plan.Document.Name, PlanAt: p.Plan.At, PlanSurface: p.Plan.Surface, Subject: p.Subject,
			Verdict: p.Verdict, Report: m.Report.Document.Name, Gap: p.Gap, Reason: p.Reason, Confidence: p.Confidence,
		}
		if p.Report != nil {
			record.ReportAt, record.ReportSurface = &p.Report.At, p.Report.Surface
		}
		records = append(records, record)
	}
	return records
}

func (m *Matched) page(lang wording.Lang) io.WriterTo {
	return &page.Match{Lang: lang, Plan: m.Plan, Report: m.Report, Pairs: m.Pairs, Verdicts: Verdicts}
}

// writeTable writes one listing under a line that names both documents.
func (m *Matched) writeTable(w io.Writer, look Look) error {
	var text bytes.Buffer
	p := newPalette(look.Colour)
	title := columns.Plain(m.Plan.Document.Name)
	if m.Report != m.Plan {
		title = columns.Plain(say(look.Lang, "against", title, m.Report.Document.Name))
	}
	text.WriteString(p.name.paint(title) + "\n")
	if len(m.Pairs) == 0 {
		text.WriteString(say(look.Lang, "nothing_promised") + "\n")
	} else {
		m.list(&text, p, look)
	}
	_, err := w.Write(text.Bytes())
	return err
}

func (m *Matched) list(text *bytes.Buffer, p palette, look Look) {
	heading := func(key string) string { return say(look.Lang, "field."+key) }
	l := listing{columns: []listingColumn{
		{heading: heading("verdict"), painted: true},
		{heading: heading("subject"), least: 12, most: 32},
		{heading: heading("plan_surface"), least: 10, most: 28},
		{heading: heading("report_surface"), least: 10, most: 28},
		{heading: heading("gap"), right: true},
		{heading: heading("confidence")},
		{heading: heading("at"), right: true},
		{heading: heading("why"), least: 20, wraps: true},
	}}
	for i := range m.Pairs {
		pair := &m.Pairs[i]
		row := listingRow{
			words: []string{
				say(look.Lang, "verdict."+pair.Verdict.String()), pair.Subject, pair.Plan.Surface, reported(pair), pair.Gap,
				sureness(pair).words(look.Lang), wholeCell(pair.Plan.At).code(), in(pair.Why, look.Lang),
			},
			paint: p.verdicts[pair.Verdict],
		}
		if pair.Reason != "" {
			row.below = append(row.below, say(look.Lang, "reasons", pair.Reason))
		}
		l.rows = append(l.rows, row)
	}
	l.write(text, p, look.Width)
}

// reported is what the report says, empty where it says nothing.
func reported(p *matching.Pair) string {
	if p.Report == nil {
		return ""
	}
	return p.Report.Surface
}

// sureness is the confidence in words, and empty where nothing was paired.
func sureness(p *matching.Pair) cell {
	if p.Report == nil {
		return cell{}
	}
	return resultCell("confidence", confidence.Word(p.Confidence))
}

// fillBook makes a workbook with the promises, each beside the sentences of both documents, and one
// sheet with the totals.
func (m *Matched) fillBook(lang wording.Lang) (*book, error) {
	b, err := newBook(lang, resultBadges)
	if err != nil {
		return nil, err
	}
	pairs := make([]*matching.Pair, len(m.Pairs))
	for i := range m.Pairs {
		pairs[i] = &m.Pairs[i]
	}
	if err := fillSheet(b, "pairs", m.columns(lang), pairs); err != nil {
		return nil, err
	}
	return b, fillSheet(b, "totals", []column[matching.Verdict]{
		{sheetColumn{"verdict", 18, false}, func(v matching.Verdict) cell { return resultCell("verdict", v.String()) }},
		{sheetColumn{"count", 10, false}, func(v matching.Verdict) cell { return wholeCell(m.Count(v)) }},
	}, Verdicts)
}

func (m *Matched) columns(lang wording.Lang) []column[*matching.Pair] {
	onReport := func(value func(p *matching.Pair) cell) func(p *matching.Pair) cell {
		return func(p *matching.Pair) cell {
			if p.Report == nil {
				return cell{}
			}
			return value(p)
		}
	}
	return []column[*matching.Pair]{
		{sheetColumn{"verdict", 12, false}, func(p *matching.Pair) cell { return resultCell("verdict", p.Verdict.String()) }},
		{sheetColumn{"subject", 26, true}, func(p *matching.Pair) cell { return textCell(p.Subject) }},
		{sheetColumn{"plan_surface", 16, true}, func(p *matching.Pair) cell { return textCell(p.Plan.Surface) }},
		{sheetColumn{"report_surface", 16, true}, func(p *matching.Pair) cell { return textCell(reported(p)) }},
		{sheetColumn{"gap", 16, true}, func(p *matching.Pair) cell { return textCell(p.Gap) }},
		{sheetColumn{"plan_sentence", 48, true}, func(p *matching.Pair) cell {
			return textCell(source.Around(m.Plan, &p.Plan).In(m.Plan.Document.Text))
		}},
		{sheetColumn{"report_sentence", 48, true}, onReport(func(p *matching.Pair) cell {
			return textCell(source.Around(m.Report, p.Report).In(m.Report.Document.Text))
		})},
		{sheetColumn{"reason", 32, true}, func(p *matching.Pair) cell { return textCell(p.Reason) }},
		{sheetColumn{"confidence", 8, false}, sureness},
		{sheetColumn{"why", 36, true}, func(p *matching.Pair) cell { return textCell(in(p.Why, lang)) }},
		{sheetColumn{"plan_path", 28, true}, func(p *matching.Pair) cell {
			return pathCell(m.Plan.Path(source.Holding(m.Plan, &p.Plan)))
		}},
		{sheetColumn{"plan", 20, true}, func(*matching.Pair) cell { return textCell(m.Plan.Document.Name) }},
		{sheetColumn{"plan_at", 9, false}, func(p *matching.Pair) cell { return wholeCell(p.Plan.At) }},
		{sheetColumn{"report", 20, true}, func(*matching.Pair) cell { return textCell(m.Report.Document.Name) }},
		{sheetColumn{"report_at", 9, false}, onReport(func(p *matching.Pair) cell { return wholeCell(p.Report.At) })},
	}
}
