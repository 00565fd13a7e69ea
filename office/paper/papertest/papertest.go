// Package papertest holds official documents with which the writers of formats are tested.
package papertest

import (
	_ "embed"
	"encoding/json"
	"strconv"
	"strings"

	"luoshi/office/paper"
)

//go:embed report.json
var report []byte

// Report is a half-year report with everything that a document can have: a red head, four levels of headings, figures,
// tables upright and turned, with spans and formulas, charts, annexes, a signature and a 版记.
func Report() paper.Document {
	var d paper.Document
	if err := json.Unmarshal(report, &d); err != nil {
		panic("papertest: report.json: " + err.Error())
	}
	return d
}

// Full is a document of nothing but so many full-width characters of text.
func Full(characters int) paper.Document {
	const sentence = "望溪区坚持稳中求进工作总基调加快推进高质量发展全力以赴完成全年目标任务"
	text := strings.Repeat(sentence, characters/len([]rune(sentence))+1)
	return paper.Document{Body: []paper.Block{{Kind: paper.Paragraph, Runs: []paper.Run{{Text: string([]rune(text)[:characters])}}}}}
}

// Long is a document of one table of so many rows, as a list of all commitments of a district is.
func Long(rows int) paper.Document {
	t := paper.Table{
		Caption: "承诺事项落实情况表",
		Columns: []paper.Column{{Width: 2, Number: true}, {Width: 12}, {Width: 5}, {Width: 3, Number: true}},
		Header:  [][]paper.Cell{{cell("序号"), cell("事项"), cell("责任单位"), cell("完成数")}},
	}
	for i := range rows {
		figure := paper.Run{Text: number(i), Figure: "commitment/" + number(i)}
		t.Rows = append(t.Rows, []paper.Cell{cell(number(i + 1)), cell("完成老旧小区改造" + number(i) + "个"), cell("区住房和城乡建设局"),
			{Runs: []paper.Run{figure}, Value: number(i)}})
	}
	return paper.Document{Title: "承诺事项清单", Body: []paper.Block{{Kind: paper.Tabular, Table: &t}}}
}

func cell(text string) paper.Cell { return paper.Cell{Runs: []paper.Run{{Text: text}}} }

func number(n int) string { return strconv.Itoa(n) }
