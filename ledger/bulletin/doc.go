// Package bulletin says what a bulletin (通报) says: sentences and tables made of what the ledger holds on a day. It is
// pure. Every figure in them names where it is from, so that a page can lead there, a later look can tell what has moved
// since, and reading the text back finds no number that has no source. What people write between the sections stays
// apart from what is generated, and neither touches the other.
//
// The language of a bulletin is Chinese, as it is an official paper; its sentences stand in sentences.txt, its tables in
// tables.txt, and the names of its figures in figures.txt.
package bulletin
