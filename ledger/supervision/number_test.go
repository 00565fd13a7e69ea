package supervision_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"luoshi/ledger/supervision"
)

func TestNumbers(t *testing.T) {
	for name, tc := range map[string]struct {
		change func(*supervision.Order)
		want   string
	}{
		"交办单":   {func(*supervision.Order) {}, "督〔2026〕17号"},
		"催办单":   {func(o *supervision.Order) { o.Kind = supervision.Urge }, "督催〔2026〕17号"},
		"整改通知单": {func(o *supervision.Order) { o.Kind = supervision.Rectify }, "督改〔2026〕17号"},
		"黄单": {func(o *supervision.Order) {
			o.Kind, o.Sheet = supervision.Graded, supervision.Yellow
		}, "督黄〔2026〕17号"},
	} {
		o := with(tc.change)
		if got := supervision.DefaultNumbering().For(&o).Number(2026, 17); got != tc.want {
			t.Errorf("%s: got %s, want %s", name, got, tc.want)
		}
	}
	wide := supervision.Series{Form: "望督({year})第{n}号", First: 1, Width: 3}
	if got := wide.Number(2026, 7); got != "望督(2026)第007号" {
		t.Errorf("got %s", got)
	}
	if got := supervision.SubNumber("督〔2026〕17号", 2); got != "督〔2026〕17号-2" {
		t.Errorf("got %s", got)
	}
}

// Whatever is printed is read back as what it was, in its own series and in no other.
func TestPrintedNumbersAreReadBack(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 4))
	numbering := supervision.DefaultNumbering()
	seen := map[string]bool{}
	for range 2000 {
		series, year, n := numbering[r.IntN(len(numbering))], 2000+r.IntN(100), 1+r.IntN(20000)
		printed := series.Number(year, n)
		of, y, i, ok := numbering.Parse(printed)
		if !ok || of != series || y != year || i != n {
			t.Fatalf("%s was read as %s %d %d", printed, of.Name, y, i)
		}
		seen[printed] = true
	}
	if len(seen) < 1900 {
		t.Errorf("%d different numbers prove little", len(seen))
	}
	for _, other := range []string{"", "督〔2026〕号", "督〔26〕17号", "督〔2026〕017号", "府〔2026〕17号", "督〔2026〕17号-1", "x督〔2026〕17号"} {
		if _, _, _, ok := numbering.Parse(other); ok {
			t.Errorf("%q was read as a number", other)
		}
	}
}

func TestTablesThatCannotBeRead(t *testing.T) {
	numbering := func(text string) error { _, err := supervision.ParseNumbering("n", text); return err }
	terms := func(text string) error { _, err := supervision.ParseTerms("t", text); return err }
	urging := func(text string) error { _, err := supervision.ParseUrging("u", text); return err }
	for name, tc := range map[string]struct {
		err  error
		want string
	}{
		"a series without digits":       {numbering("# a\nseries assign 督{year}{n} 1"), "n:2: want “series"},
		"a series with words":           {numbering("series assign 督{year}{n} one 1"), "n:1: want numbers"},
		"too few series":                {numbering("series assign 督{year}{n} 1 1"), "n: number.missing"},
		"a term without interim":        {terms("term * * * 3 workdays"), "t:1: want “term"},
		"a term in words":               {terms("term * * * three workdays interim 0"), "t:1: want numbers"},
		"no term for everything":        {terms("term urge * * 3 workdays interim 0"), "t: terms.last"},
		"urging nobody":                 {urging("handling due at 0"), "u:1: want “CLOCK"},
		"urging at an unknown time":     {urging("handling due on 0 to unit"), "u:1: want “CLOCK"},
		"urging without an end":         {urging("handling due at 0 every 3"), "u:1: want “CLOCK"},
		"urging somebody who is nobody": {urging("handling due at 0 to everybody"), "u: urging.to"},
	} {
		if tc.err == nil || !strings.HasPrefix(tc.err.Error(), tc.want) {
			t.Errorf("%s: got %v, want %s", name, tc.err, tc.want)
		}
	}
}
