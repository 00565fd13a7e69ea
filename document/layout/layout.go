// Package layout turns marks on a page into text: glyphs with positions into lines, lines into
// paragraphs, ruled or aligned lines into tables, and what repeats on every page into furniture.
// The readers of .pdf and .ofd share it.
package layout
