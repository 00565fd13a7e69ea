package account_test

import (
	"io"
	"testing"

	"luoshi/internal/account"
	"luoshi/office/book"
	"luoshi/office/docx"
	"luoshi/office/font"
	"luoshi/office/ofd"
	"luoshi/office/page"
	"luoshi/office/pdf"
)

// BenchmarkReportOf5000 makes the report of a district's year with 5,000 commitments and 500 projects in all formats, and
// reads it back.
func BenchmarkReportOf5000(b *testing.B) {
	f := district(1, 5000, 500)
	form, _ := account.TemplateFor("year")
	fonts, err := font.Find()
	if err != nil {
		b.Skip(err)
	}
	for b.Loop() {
		c := account.Compose(form, f)
		file := word(b, c)
		for _, write := range []func() error{
			func() error { return page.Write(io.Discard, c.Paper, page.Options{}) },
			func() error { return book.Write(io.Discard, c.Paper, book.Options{}) },
			func() error { return pdf.Write(io.Discard, c.Paper, pdf.Options{Fonts: fonts}) },
			func() error { return ofd.Write(io.Discard, c.Paper, ofd.Options{Fonts: fonts}) },
		} {
			if err := write(); err != nil {
				b.Fatal(err)
			}
		}
		if _, err := account.Verify(b.Context(), file, c, c.Figures); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCompose(b *testing.B) {
	f := district(1, 5000, 500)
	form, _ := account.TemplateFor("year")
	for b.Loop() {
		account.Compose(form, f)
	}
}

func BenchmarkWord(b *testing.B) {
	form, _ := account.TemplateFor("year")
	c := account.Compose(form, district(1, 5000, 500))
	for b.Loop() {
		if err := docx.Write(io.Discard, c.Paper, docx.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkVerify(b *testing.B) {
	form, _ := account.TemplateFor("year")
	c := account.Compose(form, district(1, 5000, 500))
	file := word(b, c)
	for b.Loop() {
		if _, err := account.Verify(b.Context(), file, c, c.Figures); err != nil {
			b.Fatal(err)
		}
	}
}
