// Package tasktable reads and writes task tables (任务分解表): a row for each task with who leads it, who cooperates,
// by when and to what end. Tables of any make are read through a mapping of their columns, which is guessed from
// the headings and can be set otherwise; what is written is read back as it was. It is pure: no clock, and no
// input but the document that it is given.
package tasktable

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"luoshi/ledger"
)

// Column is what a column of a task table says, by its name in columns.txt.
type Column string

const (
	Ignored     Column = ""
	Order       Column = "order"       // 序号: of the row; of no meaning
	Number      Column = "number"      // 编号 of the commitment
	Parent      Column = "parent"      // 编号 of the commitment that it is a part of
	Section     Column = "section"     // 章节, from the highest down
	Kind        Column = "kind"        // 指标, 任务, 项目, 民生实事
	Title       Column = "title"       // the short name
	Task        Column = "task"        // the promise in full
	Target      Column = "target"      // one or several bounds
	MeasureUnit Column = "unit"        // 计量单位 of targets that are bare figures; it is read and never written
	Lead        Column = "lead"        // further units in it cooperate
	Cooperating Column = "cooperating" //
	Leader      Column = "leader"      // 责任岗位
	Deadline    Column = "deadline"    //
	Firmness    Column = "firmness"    // 必须完成, 力争完成
	Weight      Column = "weight"      //
	Milestones  Column = "milestones"  //
)

// Columns are all columns in the order in which they are listed.
func Columns() []Column {
	var all []Column
	for _, entry := range entries() {
		all = append(all, entry.column)
	}
	return all
}

// Written are the columns of tables that are written, in their order.
func Written() []Column {
	return slices.DeleteFunc(Columns(), func(c Column) bool { return c == MeasureUnit })
}

// Label is what pages and tables call a column.
func (c Column) Label() ledger.Wording {
	for _, entry := range entries() {
		if entry.column == c {
			return entry.label
		}
	}
	return ledger.Wording{}
}

// Known tells whether there is such a column.
func (c Column) Known() bool { return c == Ignored || slices.Contains(Columns(), c) }

//go:embed columns.txt
var columnLines string

// columnEntry is a line of columns.txt.
type columnEntry struct {
	column   Column
	label    ledger.Wording
	headings []string // the Chinese label first
}

var entries = sync.OnceValue(func() []columnEntry {
	var all []columnEntry
	for _, fields := range lines(columnLines, 4) {
		all = append(all, columnEntry{
			column: Column(fields[0]), label: ledger.Wording{ZH: fields[1], EN: fields[2]},
			headings: append([]string{fields[1]}, strings.Fields(fields[3])...),
		})
	}
	return all
})

// lines are the lines of a data file, cut at the bars.
func lines(text string, fields int) [][]string {
	var all [][]string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cut := strings.SplitN(line, "|", fields)
		for i := range cut {
			cut[i] = strings.TrimSpace(cut[i])
		}
		all = append(all, cut)
	}
	return all
}

//go:embed words.txt
var wordLines string

// vocabulary are the lists of words.txt by name.
var vocabulary = sync.OnceValue(func() map[string][]string {
	lists := map[string][]string{}
	for line := range strings.Lines(wordLines) {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] != "#" {
			lists[fields[0]] = append(lists[fields[0]], fields[1:]...)
		}
	}
	return lists
})

// isWord tells whether a text is a word of a list.
func isWord(list, text string) bool { return slices.Contains(vocabulary()[list], text) }

// begins tells whether a text begins with a word of a list.
func begins(list, text string) bool {
	return slices.ContainsFunc(vocabulary()[list], func(word string) bool { return strings.HasPrefix(text, word) })
}
