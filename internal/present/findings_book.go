package present

import (
	"strings"

	"luoshi/checking"
	"luoshi/internal/present/source"
	"luoshi/internal/present/wording"
)

// resultBadges colour severities and verdicts: red for what failed, amber for what may have, green for
// what holds, blue and grey for the rest.
var resultBadges = []badge{
	{"severity.error", "8A1C12", "F8DEDA"},
	{"severity.warning", "7A4B00", "FBEBC8"},
	{"severity.rounding", "1B4B91", "E4ECF7"},
	{"severity.note", "5F574C", "EFECE6"},
	{"severity.ok", "1D6245", "E2F0E8"},
	{"verdict.exceeded", "1D6245", "D3EBDD"},
	{"verdict.kept", "1D6245", "E2F0E8"},
	{"verdict.met", "1D6245", "E2F0E8"},
	{"verdict.ahead", "1D6245", "E2F0E8"},
	{"verdict.behind", "7A4B00", "FBEBC8"},
	{"verdict.missed", "8A1C12", "F8DEDA"},
	{"verdict.reported_without_figure", "1B4B91", "E4ECF7"},
	{"verdict.not_reported", "6A2C70", "F1E1F3"},
	{"verdict.not_comparable", "5F574C", "EFECE6"},
	{"verdict.open", "5F574C", "EFECE6"},
}

// codeOrNothing is a code's word, and empty where there is no code.
func codeOrNothing(family, code string) cell {
	if code == "" {
		return cell{}
	}
	return resultCell(family, code)
}

// fillBook makes a workbook with the findings, each beside its sentences, and one sheet that explains
// the rules and counts what they found.
func (c *Checked) fillBook(lang wording.Lang) (*book, error) {
	b, err := newBook(lang, resultBadges)
	if err != nil {
		return nil, err
	}
	if err := fillSheet(b, "findings", c.findingColumns(lang), c.All()); err != nil {
		return nil, err
	}
	return b, fillSheet(b, "rules", c.ruleColumns(lang), c.Rules)
}

func (c *Checked) findingColumns(lang wording.Lang) []column[checking.Finding] {
	return []column[checking.Finding]{
		{sheetColumn{"severity", 10, false}, func(f checking.Finding) cell { return resultCell("severity", f.Severity.String()) }},
		{sheetColumn{"verdict", 10, false}, func(f checking.Finding) cell { return codeOrNothing("verdict", f.Verdict) }},
		{sheetColumn{"rule", 16, true}, func(f checking.Finding) cell { return textCell(c.rule(f.Rule, lang)) }},
		{sheetColumn{"message", 48, true}, func(f checking.Finding) cell { return textCell(in(f.Message, lang)) }},
		{sheetColumn{"computation", 40, true}, func(f checking.Finding) cell { return textCell(f.Computation) }},
		{sheetColumn{"suggestion", 30, true}, func(f checking.Finding) cell { return textCell(in(f.Suggestion, lang)) }},
		{sheetColumn{"figures", 18, true}, func(f checking.Finding) cell { return lines(surfaces(&f)) }},
		{sheetColumn{"sentences", 64, true}, func(f checking.Finding) cell { return lines(c.sentences(&f)) }},
		{sheetColumn{"path", 28, true}, func(f checking.Finding) cell { return c.path(&f) }},
		{sheetColumn{"doc", 24, true}, func(f checking.Finding) cell { return lines(c.names(&f)) }},
		{sheetColumn{"at", 9, false}, func(f checking.Finding) cell { return firstAt(&f) }},
	}
}

func (c *Checked) ruleColumns(lang wording.Lang) []column[checking.Rule] {
	list := []column[checking.Rule]{
		{sheetColumn{"rule", 20, true}, func(r checking.Rule) cell { return textCell(in(r.Title, lang)) }},
		{sheetColumn{"rule_name", 18, false}, func(r checking.Rule) cell { return textCell(r.Name) }},
		{sheetColumn{"compares", 72, true}, func(r checking.Rule) cell { return textCell(in(r.Doc, lang)) }},
	}
	list = append(list, column[checking.Rule]{sheetColumn{"count", 10, false}, func(r checking.Rule) cell {
		n := 0
		for _, f := range c.All() {
			if f.Rule == r.Name {
				n++
			}
		}
		return wholeCell(n)
	}})
	return list
}

// lines is a cell of several lines.
func lines(list []string) cell { return textCell(strings.Join(list, "\n")) }

func surfaces(f *checking.Finding) []string {
	var list []string
	for _, p := range f.Places {
		list = append(list, p.Surface)
	}
	return list
}

// path names the section of a finding's first place: those of a total would fill the sheet.
func (c *Checked) path(f *checking.Finding) cell {
	if len(f.Places) == 0 {
		return cell{}
	}
	r := c.Documents[f.Places[0].Doc].Reading
	return pathCell(r.Path(source.Holding(r, &f.Places[0])))
}

// names are the documents of a finding, each once.
func (c *Checked) names(f *checking.Finding) []string {
	var list []string
	for _, doc := range documentsOf(f) {
		list = append(list, c.name(doc))
	}
	return list
}
