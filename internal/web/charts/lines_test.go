package charts_test

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"luoshi/internal/web/charts"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

func TestLinesCompareSeveralThroughTime(t *testing.T) {
	half := reporting.Period{Frequency: reporting.HalfYearly, Year: 2026, Number: 1}
	values := func(first, second int64) map[reporting.Period]ledger.Decimal {
		return map[reporting.Period]ledger.Decimal{half: ledger.Int(first), half.Next(): ledger.Int(second)}
	}
	lines := charts.Lines{ID: "peers", Title: "增速", Desc: "各地增速", Unit: "%", Lines: []charts.Line{
		{Name: "望溪区", Own: true, Values: values(5, 6)}, {Name: "云川<区>", Values: values(5, 6)}, {Name: "清源区", Values: values(-2, 6)},
	}}
	drawn := lines.SVG(page.View{Lang: page.Chinese})
	decoder, names, paths := xml.NewDecoder(strings.NewReader(drawn)), []string{}, 0
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%v: %s", err, drawn)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if start.Name.Local == "path" {
			paths++
		}
		for _, a := range start.Attr {
			if a.Name.Local == "class" && strings.HasPrefix(a.Value, "name") {
				names = append(names, attribute(start, "y"))
			}
		}
	}
	if paths != 3 || len(names) != 3 || names[0] == names[1] || names[1] == names[2] {
		t.Errorf("%d paths with names at %v", paths, names)
	}
	if !strings.Contains(drawn, "云川&lt;区&gt;") || !strings.Contains(drawn, "2026年上半年") {
		t.Error(drawn)
	}
	if empty := (charts.Lines{}).SVG(page.View{}); empty != "" {
		t.Errorf("nothing is drawn as %s", empty)
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
