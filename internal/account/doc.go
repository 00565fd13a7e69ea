// Package account says what a report says. A template (headings, text with placeholders and conditions, loops, tables,
// charts) and the facts of a plan's period give a paper whose every figure is bound: it keeps its key, the value that is
// printed, and where it is from, through edits by people, into each format and back again.
//
// It is pure. The same template and the same facts give the same content. Only locked figures enter; what is missing is
// said to be missing and never filled in. Sentences follow from the figures that stand in the tables beside them, so that
// the words cannot say otherwise: which sentence is said when stands in sentences.txt.
//
// The circle closes with Verify: the file that was made is opened and read like any other, and each figure in it is held
// against the ledger.
package account
