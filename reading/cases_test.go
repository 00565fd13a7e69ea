package reading_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"luoshi/document"
	"luoshi/reading"
)

var (
	update = flag.Bool("update", false, "write what comes out into the case files")
	cases  = flag.String("cases", "testdata/*/*.txt", "the case files to check")
)

// preambles are how the document around the sentences of a case begins, by the frame its file states.
var preambles = map[string]string{
	"plan 2026":     "望溪区人民政府2026年工作安排\n",
	"report 2026":   "关于望溪区2026年国民经济和社会发展计划执行情况的报告\n——2027年1月12日在望溪区第五届人民代表大会第二次会议上\n",
	"report 2026H1": "关于望溪区2026年上半年国民经济和社会发展计划执行情况的报告\n——2026年8月27日在望溪区第五届人民代表大会常务委员会第四次会议上\n",
	"both 2026H1":   "关于望溪区2026年上半年国民经济和社会发展计划执行情况的报告\n——2026年8月27日在望溪区第五届人民代表大会常务委员会第四次会议上\n",
	"both 2026":     "望溪区人民政府工作报告\n——2026年1月15日在望溪区第五届人民代表大会第一次会议上\n",
}

// TestCases reads the sentences of every file testdata/<construct>/*.txt. A file's header says the frame
// of the document that holds them and whether quantities or clauses are shown. A case is the lines
// marked with >, which make one document behind the frame's title, and below them a line for every
// record that it must give, or “none”.
func TestCases(t *testing.T) {
	paths, err := filepath.Glob(*cases)
	if err != nil || len(paths) == 0 {
		t.Fatalf("no case files at %s: %v", *cases, err)
	}
	for _, path := range paths {
		name := filepath.Base(filepath.Dir(path)) + "/" + strings.TrimSuffix(filepath.Base(path), ".txt")
		t.Run(name, func(t *testing.T) {
			file := openCaseFile(t, path)
			for i := range file.cases {
				c := &file.cases[i]
				got := file.read(t, c)
				if *update {
					c.want = got
				} else if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
					t.Errorf("%s\n got:\n\t%s\nwant:\n\t%s", strings.Join(c.input, "\n"), strings.Join(got, "\n\t"), strings.Join(c.want, "\n\t"))
				}
			}
			if *update {
				file.write(t, path)
			}
		})
	}
}

// caseFile is a file of cases that share a frame.
type caseFile struct {
	head  []string // its lines before the first case
	frame string
	show  func(*reading.Reading) []string
	cases []testCase
}

// testCase is one document and what must be read from it.
type testCase struct {
	notes, input, want []string
}

var shows = map[string]func(*reading.Reading) []string{"quantities": quantityLines, "clauses": clauseLines}

func openCaseFile(t *testing.T, path string) *caseFile {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	file := &caseFile{show: quantityLines}
	var notes []string
	for _, line := range strings.Split(strings.TrimRight(string(data), "\n"), "\n") {
		last := len(file.cases) - 1
		switch {
		case strings.HasPrefix(line, "> "):
			if last < 0 || len(file.cases[last].want) > 0 || len(notes) > 0 {
				file.cases = append(file.cases, testCase{notes: notes})
				notes, last = nil, last+1
			}
			file.cases[last].input = append(file.cases[last].input, strings.TrimPrefix(line, "> "))
		case strings.HasPrefix(line, "#"):
			notes = append(notes, line)
		case last < 0 && line != "":
			file.head = append(file.head, line)
			file.readHead(t, line)
		case line != "" && last >= 0:
			file.cases[last].want = append(file.cases[last].want, line)
		}
	}
	if preambles[file.frame] == "" || len(file.cases) == 0 {
		t.Fatalf("%s: frame %q, %d cases", path, file.frame, len(file.cases))
	}
	return file
}

func (f *caseFile) readHead(t *testing.T, line string) {
	t.Helper()
	switch key, value, _ := strings.Cut(line, ": "); key {
	case "frame":
		f.frame = value
	case "show":
		f.show = shows[value]
	default:
		t.Fatalf("unknown header %q", line)
	}
	if f.show == nil {
		t.Fatalf("unknown value in header %q", line)
	}
}

// read opens and reads the document of one case; a document that is not taken as the frame says makes
// the case meaningless.
func (f *caseFile) read(t *testing.T, c *testCase) []string {
	t.Helper()
	text := preambles[f.frame] + strings.Join(c.input, "\n") + "\n"
	doc, err := document.Open(context.Background(), "case.txt", []byte(text), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := string(doc.Meta.Kind); !strings.HasPrefix(f.frame, got+" ") {
		t.Errorf("%s\nthe document is taken as %q, the case needs %q", strings.Join(c.input, "\n"), got, f.frame)
	}
	r := reading.Read(doc, reading.Options{})
	checkReading(t, r)
	lines := f.show(r)
	if len(lines) == 0 {
		return []string{"none"}
	}
	return lines
}

func (f *caseFile) write(t *testing.T, path string) {
	t.Helper()
	var b strings.Builder
	for _, line := range f.head {
		fmt.Fprintln(&b, line)
	}
	for i := range f.cases {
		c := &f.cases[i]
		fmt.Fprintln(&b)
		for _, line := range c.notes {
			fmt.Fprintln(&b, line)
		}
		for _, line := range c.input {
			fmt.Fprintln(&b, "> "+line)
		}
		for _, line := range c.want {
			fmt.Fprintln(&b, line)
		}
	}
	if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// quantityLines writes a quantity as: surface | value unit | cmp measure | kind day | subject. A promise
// that is softened is a “soft target”.
func quantityLines(r *reading.Reading) []string {
	var lines []string
	for i := range r.Quantities {
		q := &r.Quantities[i]
		value := q.Value.String()
		if q.Cmp == reading.Between {
			value += ".." + q.Upper.String()
		}
		lines = append(lines, fmt.Sprintf("%s | %s | %s %s | %s | %s", q.Surface, strings.TrimRight(value+" "+q.Unit, " "),
			q.Cmp, q.Measure, kindAndDay(q.Kind, q.Firm, q.By.String()), q.Subject))
	}
	return lines
}

// clauseLines writes a clause as: text | verb · object | kind day | owner | its quantities.
func clauseLines(r *reading.Reading) []string {
	var lines []string
	for i := range r.Clauses {
		c := &r.Clauses[i]
		var surfaces []string
		for _, q := range r.Quantities[c.Quantities[0]:c.Quantities[1]] {
			surfaces = append(surfaces, q.Surface)
		}
		lines = append(lines, strings.TrimRight(fmt.Sprintf("%s | %s · %s | %s | %s | %s", c.Text, c.Verb, c.Object,
			kindAndDay(c.Kind, c.Firm, c.By.String()), c.Owner, strings.Join(surfaces, " ")), " |"))
	}
	return lines
}

func kindAndDay(kind reading.Kind, firm bool, by string) string {
	if kind == reading.Target && !firm {
		return "soft target " + by
	}
	return kind.String() + " " + by
}
