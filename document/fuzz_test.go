package document

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"luoshi/document/limit"
	"luoshi/document/partcheck"
)

// fuzzLimits keep a single input cheap.
var fuzzLimits = limit.Limits{
	Bytes: 1 << 20, Expanded: 4 << 20, Ratio: 100, Entries: 64, Depth: 8, Text: 1 << 20, Cells: 1 << 14, Pages: 8, Time: 10 * time.Second,
}

// FuzzOpen opens any bytes as a text or an archive of texts: no panic, and every span holds. The readers
// of the other formats have their own targets.
func FuzzOpen(f *testing.F) {
	for _, name := range []string{"halfyear.txt", "plan.txt"} {
		f.Add(partcheck.File(f, filepath.Join("testdata", name)))
	}
	for unit := range linearTexts {
		f.Add([]byte(linearTexts[unit]))
	}
	f.Add(zipOf(f, entry{name: "计划.txt", data: []byte(sample), gbk: true}))
	f.Fuzz(func(t *testing.T, data []byte) {
		format, err := sniff("fuzz.txt", data, fuzzLimits.WithDefaults())
		if err == nil && format != Text && format != archive {
			t.Skip("another format's reader")
		}
		for doc, err := range OpenAll(context.Background(), "fuzz.txt", data, Options{Limits: fuzzLimits}) {
			if err != nil {
				codeOf(t, err)
				continue
			}
			checkDocument(t, doc)
		}
	})
}

// FuzzPipeTable sets any rows as a table: columns in order, spans within the grid.
func FuzzPipeTable(f *testing.F) {
	f.Add("指标 | 单位 | 2024年 | 备注 | |\n完成 | 增长% | ||||\n产值 | 亿元 | 1.5 | 6.2 | 好 |\n税收 | 3 | 4 |\n")
	f.Add("|a|b|\n|---|---|\n|1||\n|||\n")
	f.Add("索引号: | 1 | 名称: | 甲 |\n文号: | 2 |\n")
	f.Add("a\\|b|c\n\n单位：元 | |\n1|2\n")
	f.Fuzz(func(t *testing.T, text string) {
		d, err := fromText(strings.ToValidUTF8(text, "\uFFFD"), fuzzLimits)
		if err != nil {
			codeOf(t, err)
			return
		}
		for i := range d.doc.Tables {
			checkTable(t, d.doc, i, &d.doc.Tables[i])
		}
	})
}
