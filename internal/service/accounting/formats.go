package accounting

import (
	"errors"
	"io"
	"slices"

	"luoshi/internal/service"
	"luoshi/ledger"
	"luoshi/office/book"
	"luoshi/office/docx"
	"luoshi/office/font"
	"luoshi/office/ofd"
	"luoshi/office/page"
	"luoshi/office/paper"
	"luoshi/office/pdf"
)

// wordFormat is the format in which a report is read back.
const wordFormat = "docx"

// draftMark stands above a report that is not frozen.
const draftMark = "送审稿"

// print is how a paper is written.
type print struct {
	mark  string    // above everything; empty for a final version
	fonts *font.Set // at hand; nil is none
}

// formats are those in which reports are offered.
var formats = []Format{
	{wordFormat, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", func(w io.Writer, d paper.Document, how print) error {
		return docx.Write(w, d, docx.Options{Mark: how.mark})
	}},
	{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", func(w io.Writer, d paper.Document, _ print) error {
		return book.Write(w, d, book.Options{})
	}},
	{"pdf", "application/pdf", func(w io.Writer, d paper.Document, how print) error {
		return pdf.Write(w, d, pdf.Options{Fonts: how.fonts, Mark: how.mark})
	}},
	{"ofd", "application/ofd", func(w io.Writer, d paper.Document, how print) error {
		return ofd.Write(w, d, ofd.Options{Fonts: how.fonts, Mark: how.mark})
	}},
	{"html", "text/html; charset=utf-8", func(w io.Writer, d paper.Document, how print) error {
		return page.Write(w, d, page.Options{Mark: how.mark})
	}},
}

// FormatOf is a format by its name.
func FormatOf(name string) (Format, bool) {
	i := slices.IndexFunc(formats, func(f Format) bool { return f.Name == name })
	if i < 0 {
		return Format{}, false
	}
	return formats[i], true
}

// Formats are the names of those that can be written here: a PDF needs Chinese fonts on the machine.
func (s *Service) Formats() []string {
	var names []string
	for _, f := range formats {
		if f.Name != "pdf" || s.fonts() != nil {
			names = append(names, f.Name)
		}
	}
	return names
}

// fonts are those that there are; nil is none.
func (s *Service) fonts() *font.Set {
	if s.options.Fonts == nil {
		return nil
	}
	return s.options.Fonts()
}

// fontless is the fault of a paper for which fonts are missing; any other error stays what it is.
func fontless(err error) error {
	var missing *font.Missing
	if !errors.As(err, &missing) {
		return err
	}
	return &service.Fault{Code: "fonts.missing", Words: ledger.Wording{ZH: missing.Chinese(), EN: missing.Error()}, Cause: err}
}

// isFontless tells whether an error is that fonts are missing.
func isFontless(err error) bool {
	var missing *font.Missing
	return errors.As(err, &missing)
}
