package accountingtest

import (
	"io"
	"strings"
	"sync"
	"testing"

	"luoshi/ledger"
	"luoshi/ledger/reporting"
	"luoshi/office/font"
)

// said is what a unit says of a subject.
func said(subject reporting.Subject, value string) reporting.Observation {
	d, _ := ledger.ParseDecimal(value)
	return reporting.Observation{
		Subject: subject, Figures: reporting.Figures{Given: reporting.Cumulative, Value: d}, Said: reporting.UnderWay,
		Reason: "受雨季影响，进度略慢", Note: "主体工程已封顶", Override: "已核实", Origin: reporting.Typed,
	}
}

// fonts are those of this machine; none where it has none for Chinese.
var fonts = sync.OnceValue(func() *font.Set {
	found, err := font.Find()
	if err != nil {
		return nil
	}
	return found
})

// evidence is a file that bears it out.
func evidence() io.Reader { return strings.NewReader("养老床位验收单") }

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

func have[T any](tb testing.TB) func(v T, err error) T {
	tb.Helper()
	return func(v T, err error) T {
		tb.Helper()
		must(tb, err)
		return v
	}
}
