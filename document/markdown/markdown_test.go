package markdown

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"luoshi/document/fault"
	"luoshi/document/limit"
	"luoshi/document/part"
)

// show writes parts on one line: headings with #, cells with |.
func show(parts []part.Part) string {
	var all []string
	for _, p := range parts {
		if p.Kind == part.Paragraph {
			all = append(all, strings.Repeat("#", p.Heading)+p.Text)
			continue
		}
		var rows []string
		for _, row := range p.Table.Rows {
			var cells []string
			for _, c := range row {
				cells = append(cells, c.Text)
			}
			rows = append(rows, strings.Join(cells, "|"))
		}
		all = append(all, fmt.Sprintf("table %d: %s", p.Table.HeaderRows, strings.Join(rows, " / ")))
	}
	return strings.Join(all, "\n")
}

// TestParts reads the constructs that plans are written with.
func TestParts(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"headings", "# 工作安排 #\n##总体要求\n#1 号\n", "#工作安排\n##总体要求\n#1 号"},
		{"underlined", "工作安排\n===\n总体要求\n---\n正文\n", "#工作安排\n##总体要求\n正文"},
		{"paragraph of lines", "全年新增\n企业15家\nGDP\ngrows\n", "全年新增企业15家GDP grows"},
		{"hard break", "甲  \n乙\\\n丙\n", "甲\n乙\n丙"},
		{"lists", "- 甲\n* 乙\n1. 丙\n2. 丁\n- [x] 戊\n", "甲\n乙\n1. 丙\n2. 丁\n戊"},
		{"emphasis", "**全年**新增*15*家`企业`，~~撤并~~5所\n", "全年新增15家企业，撤并5所"},
		{"signs stay", "3*4 与 a_b_c，****政府，A * B\n", "3*4 与 a_b_c，****政府，A * B"},
		{"links", "见[附件](http://x/y)与![图](z.png)，<br>完\n", "见附件与图，完"},
		{"escapes", "1\\. 甲 \\* &amp; &lt;\n", "1. 甲 * & <"},
		{"table", "|指标|数|\n|:--|--:|\n|产值|**15**|\n|甲\\|乙|2|\n末\n", "table 1: 指标|数 / 产值|15 / 甲|乙|2\n末"},
		{"no table", "甲|乙\n丙|丁\n", "甲|乙丙|丁"},
		{"rule", "甲\n\n***\n\n乙\n", "甲\n乙"},
		{"quote", "> 甲\n> 乙\n", "甲乙"},
		{"front matter", "---\ntitle: 甲\n---\n乙\n", "乙"},
		{"code", "```\n甲 *乙*\n```\n丙\n", "甲 *乙*\n丙"},
	}
	for _, tt := range tests {
		parts, err := Parts(context.Background(), []byte(tt.text), limit.Default)
		if got := show(parts); err != nil || got != tt.want {
			t.Errorf("%s:\n got %q (%v)\nwant %q", tt.name, got, err, tt.want)
		}
	}
}

// TestPartsAreLinear reads 1 and 16 times as many of the marks that invite a search to the end of the line.
func TestPartsAreLinear(t *testing.T) {
	for _, unit := range []string{"[", "[a](", "*a", "<a", "|-", "`", "# \n", "&a", "> ", "甲\n---\n"} {
		took := func(n int) time.Duration {
			data := []byte(strings.Repeat(unit, n))
			best := time.Hour
			for range 3 {
				start := time.Now()
				if _, err := Parts(context.Background(), data, limit.Default); err != nil {
					t.Fatal(err)
				}
				best = min(best, time.Since(start))
			}
			return best
		}
		small, large := took(4<<10), took(64<<10)
		if large > 100*small && large > 100*time.Millisecond {
			t.Errorf("%q: %v for 4 Ki, %v for 64 Ki", unit, small, large)
		}
	}
}

// FuzzMarkdown never panics and gives single lines or a fault.
func FuzzMarkdown(f *testing.F) {
	f.Add("# 甲\n\n|a|b|\n|-|-|\n|1|2|\n\n- **乙**\n```\n丙\n")
	f.Add("[[[](](()<a&amp;\\*_`~~")
	f.Fuzz(func(t *testing.T, text string) {
		parts, err := Parts(context.Background(), []byte(text), limit.Limits{Cells: 1 << 12})
		var known *fault.Fault
		if err != nil && !errors.As(err, &known) {
			t.Fatalf("%v is no fault", err)
		}
		for _, p := range parts {
			if strings.ContainsAny(p.Text, "\n\r") {
				t.Fatalf("%q has a line break", p.Text)
			}
		}
	})
}
