// Package template is the form of a report: a small format of lines that people of an office can read and write. A
// template says nothing itself; internal/account fills it.
//
//	name: 上半年执行情况报告 | Half-year report
//	periods: half
//	title: {region}{period}国民经济和社会发展计划执行情况报告
//	---
//	= {period}计划执行情况
//	== 主要目标完成情况
//	{period}，{region}{each headline says ；}。
//	+ [missed] 其中，{each missed name 、}未达到预期目标。
//	@table indicators: {period}主要指标完成情况表
//	@each areas
//	=== {title}
//	…
//	@end
//
// Above the line --- stands the head: a name, a colon, and the text. Below it each line is a paragraph, except:
//
//	= == === ====     a heading of the first to the fourth level; its number is not written, it is counted
//	+ text            one more sentence of the paragraph above
//	[condition] …     before a heading, a paragraph or a sentence: it stands only where the condition holds
//	@each LIST [first N] … @end      everything between, for each one of a list
//	@if condition … [@else …] @end   everything between, where the condition holds
//	@table NAME [columns…]: caption  a table
//	@chart NAME: caption             a chart
//	# text            a remark; it is not printed
//
// A condition is a list of names that must hold: name, !name, name=value. {name} is a figure, a word or a sentence that
// the facts give; {each LIST name separator [first N]} is one after another of a list. Which names there are is said by
// the Vocabulary. A line that begins otherwise than it should is written with \ before it.
package template

import (
	"slices"

	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Template is a form of reports.
type Template struct {
	Name    string                // by which it is known; that of its file
	Title   ledger.Wording        // what people call it
	About   ledger.Wording        // what it is for
	Periods []reporting.Frequency // of which it is written
	OfUnit  bool                  // it is the report of one unit
	Head    map[string]Sentence   // by the names of Heads
	Body    []Node
	Text    string // the template itself
}

// Asks tells whether the head prints a placeholder: who gives the report, where, and to whom.
func (t Template) Asks(name string) bool {
	for _, s := range t.Head {
		if slices.ContainsFunc(s.Parts, func(p Part) bool { return p.Name == name && p.List == "" }) {
			return true
		}
	}
	return false
}

// Kind is what a node of the body is.
type Kind string

// The kinds of nodes.
const (
	Heading   Kind = "heading"
	Paragraph Kind = "paragraph"
	Each      Kind = "each"
	If        Kind = "if"
	Table     Kind = "table"
	Chart     Kind = "chart"
)

// Node is a part of the body.
type Node struct {
	Kind      Kind
	Line      int        // of the template, from 1
	Level     int        // of a heading
	When      []Test     // of If, and before headings and paragraphs
	Sentences []Sentence // of a heading and of a paragraph; the caption of a table and a chart
	Of        string     // the list that is gone through, the table, the chart
	First     int        // how many of the list; 0 is all
	Columns   []string   // of the table; none are the usual ones
	Then      []Node     // of Each and If
	Else      []Node     // of If
}

// Sentence is a text with its condition.
type Sentence struct {
	When  []Test
	Parts []Part
}

// Part is words, a placeholder, or a list of placeholders.
type Part struct {
	Words   string
	Name    string // of the placeholder; of each of the list
	List    string
	Between string
	First   int
}

// Test is one name of a condition.
type Test struct {
	Name, Value string
	Not         bool
}

// Vocabulary is what a template may name. Names are asked for in a scope: the report, and within @each what is listed.
type Vocabulary interface {
	// Holds tells whether a scope has a placeholder.
	Holds(scope, name string) bool
	// List is the scope of those that a list of a scope holds; it is empty where there is no such list.
	List(scope, name string) string
	// Columns are the columns that a table or chart of a scope can have, the usual ones first; none where there is none.
	Columns(scope, name string) []string
}

// Report is the outermost scope.
const Report = "report"

// Heads are the lines that the head may have besides name, about, periods and of.
func Heads() []string {
	return []string{
		"organ", "number", "issue", "signer", "title", "subtitle", "speaker", "addressee", "signature", "date",
		"copies", "printer", "printed",
	}
}
