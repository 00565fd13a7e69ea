package csv

import (
	"context"
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"luoshi/document/fault"
	"luoshi/document/limit"
	"luoshi/document/part"
)

func show(parts []part.Part) string {
	var all []string
	for _, p := range parts {
		if p.Kind == part.Paragraph {
			all = append(all, p.Text)
			continue
		}
		for _, row := range p.Table.Rows {
			var cells []string
			for _, c := range row {
				cells = append(cells, c.Text)
			}
			all = append(all, strings.Join(cells, "|"))
		}
	}
	return strings.Join(all, "\n")
}

// TestParts finds the separator, and the lines around the table.
func TestParts(t *testing.T) {
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String("指标,数\n产值,15\n")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, text, want string }{
		{"commas", "指标,数\n产值,15\n", "指标|数\n产值|15"},
		{"tabs", "指标\t数\n产值\t1,500\n", "指标|数\n产值|1,500"},
		{"semicolons", "指标;数\n产值;1,5\n税收;2,5\n", "指标|数\n产值|1,5\n税收|2,5"},
		{"quotes", "\"产值\n(亿元)\",\"1,500\"\n税收,\"说\"\"好\"\"\"\n", "产值\n(亿元)|1,500\n税收|说\"好\""},
		{"title and note", "主要指标表,,\n单位：亿元,,\n指标,数,\n产值,15,\n注：初步数,,\n", "主要指标表\n单位：亿元\n指标|数|\n产值|15|\n注：初步数"},
		{"ragged", "a,b,c\n1\n2,3\n", "a|b|c\n1\n2|3"},
		{"old line breaks", "a,b\r1,2\r", "a|b\n1|2"},
		{"GB18030", gbk, "指标|数\n产值|15"},
		{"one column", "甲\n乙\n", "甲\n乙"},
	}
	for _, tt := range tests {
		parts, err := Parts(context.Background(), []byte(tt.text), limit.Default)
		if got := show(parts); err != nil || got != tt.want {
			t.Errorf("%s:\n got %q (%v)\nwant %q", tt.name, got, err, tt.want)
		}
	}
}

// FuzzCSV never panics and keeps to the limit of cells.
func FuzzCSV(f *testing.F) {
	f.Add("a,b\n\"1,\n2\",3\n")
	f.Add("\"\"\"\n;;;\t\t")
	f.Fuzz(func(t *testing.T, text string) {
		const cells = 1 << 10
		parts, err := Parts(context.Background(), []byte(text), limit.Limits{Cells: cells})
		var known *fault.Fault
		if err != nil && !errors.As(err, &known) {
			t.Fatalf("%v is no fault", err)
		}
		n := 0
		for _, p := range parts {
			if p.Kind == part.TableKind {
				for _, row := range p.Table.Rows {
					n += len(row)
				}
			}
		}
		if n > cells {
			t.Fatalf("%d cells", n)
		}
	})
}
