package accounting

import (
	"io"

	"luoshi/office/docx"
	"luoshi/office/page"
	"luoshi/office/paper"
)

// wordFormat is the format in which a report is read back.
const wordFormat = "docx"

// draftMark stands above a report that is not frozen.
const draftMark = "送审稿"

// Formats are those in which reports are offered.
func Formats() []Format {
	return []Format{
		{wordFormat, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", func(w io.Writer, d paper.Document, mark string) error {
			return docx.Write(w, d, docx.Options{Mark: mark})
		}},
		{"html", "text/html; charset=utf-8", func(w io.Writer, d paper.Document, mark string) error {
			return page.Write(w, d, page.Options{Mark: mark})
		}},
	}
}
