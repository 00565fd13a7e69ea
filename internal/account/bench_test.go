package account_test

import (
	"io"
	"testing"

	"luoshi/internal/account"
	"luoshi/office/book"
	"luoshi/office/docx"
	"luoshi/office/page"
)

// The report of a district's year with 5,000 commitments, in the formats that need no fonts, and read back.
func BenchmarkReportOf5000(b *testing.B) {
	f := district(1, 5000, 500)
	form, _ := account.TemplateFor("year")
	for b.Loop() {
		c := account.Compose(form, f)
		file := word(b, c)
		if err := page.Write(io.Discard, c.Paper, page.Options{}); err != nil {
			b.Fatal(err)
		}
		if err := book.Write(io.Discard, c.Paper, book.Options{}); err != nil {
			b.Fatal(err)
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
