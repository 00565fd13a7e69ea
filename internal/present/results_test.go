package present_test

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"luoshi/internal/present"
	"luoshi/internal/present/columns"
	"luoshi/internal/present/presenttest"
	"luoshi/internal/present/wording"
	"luoshi/reading"
)

// checked is the sample with its findings, a document without any, and a finding between the two.
func checked(keepOK bool) *present.Checked {
	c := &present.Checked{Rules: presenttest.Rules()}
	a, b := presenttest.Reading("a.txt"), presenttest.Reading("b.zip/云溪.docx")
	c.Add(a, presenttest.Findings(a), keepOK)
	c.Add(b, nil, keepOK)
	c.AddBetween(0, 1, presenttest.BetweenFindings(a, b), keepOK)
	return c
}

// matched is the sample's promises with what the sample's report says of them.
func matched() *present.Matched {
	plan, report := presenttest.Reading("plan.txt"), presenttest.Report("report.txt")
	return &present.Matched{Plan: plan, Report: report, Pairs: presenttest.Pairs(plan, report)}
}

// followed is the sample's series.
func followed() *present.Followed {
	plan, report := presenttest.Reading("plan.txt"), presenttest.Report("report.txt")
	return &present.Followed{Readings: []*reading.Reading{plan, report}, Series: presenttest.Series(plan, report)}
}

// golden compares what was written with a file of testdata.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("differs from %s:\n%s", path, got)
	}
}

func findings(t *testing.T, c *present.Checked, look present.Look) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := present.WriteFindings(&out, c, look); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func promises(t *testing.T, m *present.Matched, look present.Look) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := present.WritePromises(&out, m, look); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func series(t *testing.T, f *present.Followed, look present.Look) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := present.WriteSeries(&out, f, look); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// looks are the ways of writing that golden files are kept of.
var looks = map[string]present.Look{
	"zh.table":     {Format: present.Table, Lang: wording.Chinese},
	"en.table":     {Format: present.Table, Lang: wording.English},
	"narrow.table": {Format: present.Table, Lang: wording.Chinese, Width: 64},
	"colour.table": {Format: present.Table, Lang: wording.Chinese, Colour: true},
	"zh.jsonl":     {Format: present.JSONL, Lang: wording.Chinese},
	"en.jsonl":     {Format: present.JSONL, Lang: wording.English},
}

func TestResultsGolden(t *testing.T) {
	for name, look := range looks {
		t.Run(name, func(t *testing.T) {
			golden(t, "findings."+name, findings(t, checked(false), look))
			golden(t, "promises."+name, promises(t, matched(), look))
			golden(t, "series."+name, series(t, followed(), look))
		})
	}
}

func TestWhatHoldsIsListedOnlyWhenKept(t *testing.T) {
	look := present.Look{Format: present.JSONL, Lang: wording.Chinese}
	for keep, want := range map[bool]int{false: 0, true: 1} {
		c := checked(keep)
		if got := strings.Count(string(findings(t, c, look)), `"severity":"ok"`); got != want {
			t.Errorf("kept %v: %d findings that hold, want %d", keep, got, want)
		}
		if got := c.Compared(); got != 6 {
			t.Errorf("kept %v: %d relations compared, want 6", keep, got)
		}
	}
}

func TestFindingsHaveTheFieldsOfTheirRecord(t *testing.T) {
	lines := findings(t, checked(true), present.Look{Format: present.JSONL, Lang: wording.Chinese})
	for line := range strings.Lines(string(lines)) {
		var record map[string]any
		if err := json.Unmarshal([]byte(line), &record); err != nil {
			t.Fatal(err)
		}
		delete(record, "verdict") // where there is one
		for _, field := range []string{"doc", "rule", "severity", "message", "quantities", "computation", "suggestion"} {
			if _, ok := record[field]; !ok {
				t.Errorf("%s is missing in %s", field, line)
			}
			delete(record, field)
		}
		if len(record) > 0 {
			t.Errorf("unknown fields %v in %s", record, line)
		}
	}
}

func TestOffsetsOfResultsLeadToTheSurface(t *testing.T) {
	texts := map[string]string{
		"a.txt": presenttest.Reading("").Document.Text, "b.zip/云溪.docx": presenttest.Reading("").Document.Text,
	}
	lines := findings(t, checked(true), present.Look{Format: present.JSONL, Lang: wording.Chinese})
	for line := range strings.Lines(string(lines)) {
		var f struct {
			Quantities []struct {
				Doc, Surface string
				At           int
			}
		}
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			t.Fatal(err)
		}
		for _, q := range f.Quantities {
			text := []rune(texts[q.Doc])
			if got := string(text[q.At : q.At+utf8.RuneCountInString(q.Surface)]); got != q.Surface {
				t.Errorf("at %d of %s the text reads %q, not %q", q.At, q.Doc, got, q.Surface)
			}
		}
	}
}

func TestResultsStayWithinTheTerminal(t *testing.T) {
	for _, width := range []int{60, 80, 120} {
		look := present.Look{Format: present.Table, Lang: wording.Chinese, Width: width}
		for what, out := range map[string][]byte{
			"findings": findings(t, checked(true), look), "promises": promises(t, matched(), look),
			"series": series(t, followed(), look),
		} {
			for line := range strings.Lines(string(out)) {
				if n := columns.Of(strings.TrimSuffix(line, "\n")); n > width {
					t.Errorf("%s at %d columns: a line takes %d: %q", what, width, n, line)
				}
			}
		}
	}
}

func TestListedMessagesAreNeverCut(t *testing.T) {
	look := present.Look{Format: present.Table, Lang: wording.Chinese, Width: 64}
	squeezed := strings.Join(strings.Fields(string(findings(t, checked(false), look))), "")
	for _, f := range presenttest.Findings(presenttest.Reading("")) {
		if f.Severity.String() == "ok" {
			continue
		}
		for _, said := range []string{f.Message.ZH, f.Computation, f.Suggestion.ZH} {
			if !strings.Contains(squeezed, strings.Join(strings.Fields(said), "")) {
				t.Errorf("%q is not whole in the listing", said)
			}
		}
	}
}

func TestResultsOfAnUnknownFormatAreAnError(t *testing.T) {
	if err := present.WriteFindings(io.Discard, checked(false), present.Look{Format: "odt"}); err == nil {
		t.Error("a format that does not exist was accepted")
	}
}

func TestSeriesLeavesOutWhatShowsNothingOverTime(t *testing.T) {
	f := followed()
	table := string(series(t, f, present.Look{Format: present.Table, Lang: wording.Chinese}))
	if strings.Contains(table, "进出口总额") || strings.Contains(table, "北站改扩建工程") {
		t.Errorf("a single target or a promise without a number is listed:\n%s", table)
	}
	lines := string(series(t, f, present.Look{Format: present.JSONL, Lang: wording.Chinese}))
	if !strings.Contains(lines, "进出口总额") || !strings.Contains(lines, "北站改扩建工程") {
		t.Errorf("the records are not complete:\n%s", lines)
	}
	if lines, met, missed, vanished := f.Counts(); lines != 4 || met != 2 || missed != 1 || vanished != 1 {
		t.Errorf("counted %d lines, %d met, %d missed, %d vanished", lines, met, missed, vanished)
	}
}

func TestChartsCountLargeFiguresInLargeUnits(t *testing.T) {
	html := string(series(t, followed(), present.Look{Format: present.HTML, Lang: wording.Chinese}))
	if !strings.Contains(html, `data-en="亿元">亿元</text>`) || !strings.Contains(html, ">28.6</text>") {
		t.Error("an amount of 28.6亿元 is not drawn in 亿元")
	}
}
