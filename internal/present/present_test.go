package present_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
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

var update = flag.Bool("update", false, "write the golden files anew")

// written is what a writer makes of the sample, under two names.
func written(t *testing.T, opts present.Options) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := present.New(&out, opts)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a.txt", "b.zip/云溪.docx"} {
		commit, err := w.Prepare(presenttest.Reading(name))
		if err != nil {
			t.Fatal(err)
		}
		if err := commit(); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestGolden(t *testing.T) {
	targets := present.KindSet(0).With(reading.Target)
	for name, opts := range map[string]present.Options{
		"quantities.zh.table":  {What: present.Quantities, Format: present.Table},
		"quantities.en.table":  {What: present.Quantities, Format: present.Table, Lang: wording.English},
		"targets.narrow.table": {What: present.Quantities, Format: present.Table, Kinds: targets, Width: 72},
		"colour.table":         {What: present.Quantities, Format: present.Table, Colour: true},
		"clauses.zh.table":     {What: present.Clauses, Format: present.Table, Width: 100},
		"outline.zh.table":     {What: present.Outline, Format: present.Table},
		"meta.zh.table":        {What: present.Meta, Format: present.Table},
		"quantities.jsonl":     {What: present.Quantities, Format: present.JSONL},
		"clauses.jsonl":        {What: present.Clauses, Format: present.JSONL, Kinds: targets},
		"outline.jsonl":        {What: present.Outline, Format: present.JSONL},
		"meta.jsonl":           {What: present.Meta, Format: present.JSONL},
		"quantities.zh.csv":    {What: present.Quantities, Format: present.CSV},
		"quantities.en.csv":    {What: present.Quantities, Format: present.CSV, Lang: wording.English},
		"clauses.zh.csv":       {What: present.Clauses, Format: present.CSV},
	} {
		t.Run(name, func(t *testing.T) {
			if opts.Lang == "" {
				opts.Lang = wording.Chinese
			}
			got := written(t, opts)
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
		})
	}
}

func TestOffsetsOfJSONLeadToTheSurface(t *testing.T) {
	text := []rune(presenttest.Reading("a").Document.Text)
	lines := written(t, present.Options{What: present.Quantities, Format: present.JSONL})
	for line := range strings.Lines(string(lines)) {
		var q struct {
			Doc, Surface string
			At           int
		}
		if err := json.Unmarshal([]byte(line), &q); err != nil {
			t.Fatal(err)
		}
		if got := string(text[q.At : q.At+utf8.RuneCountInString(q.Surface)]); got != q.Surface {
			t.Errorf("at %d the text reads %q, not %q", q.At, got, q.Surface)
		}
	}
}

func TestTableStaysWithinTheTerminal(t *testing.T) {
	for _, width := range []int{20, 40, 60, 80, 120} {
		for _, what := range present.Whats {
			out := written(t, present.Options{What: what, Format: present.Table, Lang: wording.Chinese, Width: width})
			for line := range strings.Lines(string(out)) {
				if n := columns.Of(strings.TrimSuffix(line, "\n")); n > width {
					t.Errorf("%s at %d columns: a line takes %d: %q", what, width, n, line)
				}
			}
		}
	}
}

func TestTableLetsNoControlSequenceThrough(t *testing.T) {
	r := presenttest.Reading("evil\x1b[2J.txt")
	r.Quantities[0].Subject = "a\x1b]0;title\x07b\u202ec"
	var out bytes.Buffer
	w, err := present.New(&out, present.Options{What: present.Quantities, Format: present.Table, Lang: wording.Chinese})
	if err != nil {
		t.Fatal(err)
	}
	commit, err := w.Prepare(r)
	if err != nil {
		t.Fatal(err)
	}
	if err := commit(); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(out.String(), "\x1b\x07\u202e") {
		t.Errorf("control characters came through: %q", out.String())
	}
}

func TestCSVIsForSpreadsheets(t *testing.T) {
	out := written(t, present.Options{What: present.Quantities, Format: present.CSV, Lang: wording.Chinese})
	body, marked := bytes.CutPrefix(out, []byte("\ufeff"))
	if !marked {
		t.Error("no byte order mark: Excel would not take it as UTF-8")
	}
	rows, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		for _, value := range row {
			if value != "" && strings.ContainsAny(value[:1], "=+-@") {
				t.Errorf("%q would be taken for a formula", value)
			}
		}
	}
}

func TestUnknownFormatIsAnError(t *testing.T) {
	if _, err := present.New(io.Discard, present.Options{Format: "odt"}); err == nil {
		t.Error("a format that does not exist was accepted")
	}
}
