package present

import (
	"luoshi/internal/present/source"
	"luoshi/internal/present/wording"
	"luoshi/matching"
)

// lineYear is one year of a line, a row of the workbook.
type lineYear struct {
	line  *matching.Line
	point *matching.Point
}

// fillBook makes a workbook with every year of every indicator beside its sentences, and a sheet with all
// promises that vanish.
func (f *Followed) fillBook(lang wording.Lang) (*book, error) {
	b, err := newBook(lang, resultBadges)
	if err != nil {
		return nil, err
	}
	var years []lineYear
	for i := range f.Series.Lines {
		line := &f.Series.Lines[i]
		for n := range line.Points {
			years = append(years, lineYear{line, &line.Points[n]})
		}
	}
	if err := fillSheet(b, "years", f.yearColumns(lang), years); err != nil {
		return nil, err
	}
	return b, fillSheet(b, "vanished", f.vanishedColumns(), f.Series.Vanished)
}

func (f *Followed) yearColumns(lang wording.Lang) []column[lineYear] {
	return []column[lineYear]{
		{sheetColumn{"indicator", 28, true}, func(y lineYear) cell { return textCell(lineName(y.line, lang)) }},
		{sheetColumn{"unit", 8, false}, func(y lineYear) cell { return textCell(y.line.Unit) }},
		{sheetColumn{"year", 8, false}, func(y lineYear) cell { return yearCell(y.point.Year) }},
		{sheetColumn{"target", 16, true}, func(y lineYear) cell { return textCell(markSurface(y.point.Target)) }},
		{sheetColumn{"result", 16, true}, func(y lineYear) cell { return textCell(markSurface(y.point.Result)) }},
		{sheetColumn{"verdict", 12, false}, func(y lineYear) cell { return codeOrNothing("verdict", verdictOf(y.point)) }},
		{sheetColumn{"gap", 18, true}, func(y lineYear) cell { return textCell(y.point.Gap) }},
		{sheetColumn{"plan_sentence", 56, true}, func(y lineYear) cell { return f.sentence(y.point.Target) }},
		{sheetColumn{"report_sentence", 56, true}, func(y lineYear) cell { return f.sentence(y.point.Result) }},
		{sheetColumn{"plan", 24, true}, func(y lineYear) cell { return f.document(y.point.Target) }},
		{sheetColumn{"report", 24, true}, func(y lineYear) cell { return f.document(y.point.Result) }},
	}
}

func (f *Followed) vanishedColumns() []column[matching.Vanished] {
	return []column[matching.Vanished]{
		{sheetColumn{"year", 8, false}, func(v matching.Vanished) cell { return yearCell(v.Year) }},
		{sheetColumn{"subject", 32, true}, func(v matching.Vanished) cell { return textCell(v.Pair.Subject) }},
		{sheetColumn{"plan_surface", 20, true}, func(v matching.Vanished) cell {
			if v.Pair.Plan.Quantity < 0 { // without a number it is the sentence that stands beside it
				return cell{}
			}
			return textCell(v.Pair.Plan.Surface)
		}},
		{sheetColumn{"plan_sentence", 72, true}, func(v matching.Vanished) cell {
			return f.sentence(&matching.Mark{Place: v.Pair.Plan})
		}},
		{sheetColumn{"plan", 24, true}, func(v matching.Vanished) cell { return textCell(f.name(v.Pair.Plan.Doc)) }},
		{sheetColumn{"plan_at", 9, false}, func(v matching.Vanished) cell { return wholeCell(v.Pair.Plan.At) }},
	}
}

func (f *Followed) sentence(m *matching.Mark) cell {
	if m == nil {
		return cell{}
	}
	r := f.Readings[m.Doc]
	return textCell(source.Around(r, &m.Place).In(r.Document.Text))
}

func (f *Followed) document(m *matching.Mark) cell {
	if m == nil {
		return cell{}
	}
	return textCell(f.name(m.Doc))
}
