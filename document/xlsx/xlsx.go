// Package xlsx reads workbooks (.xlsx, .xlsm) into parts: each visible sheet with its values as they
// are displayed, its merged cells, and the titles and notes around its grid as paragraphs. Sheets are
// read as a stream within limits; the formats of numbers are those of excelize.
package xlsx

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"luoshi/document/archive"
	"luoshi/document/fault"
	"luoshi/document/limit"
	"luoshi/document/part"
	"luoshi/document/tally"
)

// format names the format in faults.
const format = "Excel"

// Parts reads the visible sheets of a workbook in the order of their tabs. With several sheets that
// hold something, each begins with its name as a heading. Every error is a *fault.Fault.
func Parts(ctx context.Context, data []byte, lim limit.Limits) ([]part.Part, error) {
	pkg, err := archive.Open(ctx, data, format, lim)
	if err != nil {
		return nil, err
	}
	b := &book{pkg: pkg, tally: tally.New(ctx, lim), stored: tally.New(ctx, lim)}
	defer b.close()
	if err := b.open(); err != nil {
		return nil, err
	}
	parts, err := b.sheetParts()
	if err == nil && len(parts) == 0 {
		err = fault.New(fault.Empty, nil)
	}
	return parts, err
}

// book holds what the sheets of one workbook share.
type book struct {
	pkg     *archive.Archive
	tally   *tally.Tally // what is handed over
	stored  *tally.Tally // what is kept while reading
	sheets  []sheetRef
	strings []string // shared strings
	formats formats
}

// sheetRef is a visible sheet.
type sheetRef struct{ name, part string }

// open reads the workbook's list of sheets, its styles and its shared strings.
func (b *book) open() error {
	root, err := b.pkg.Relations("")
	if err != nil {
		return err
	}
	main := archive.First(root, "officeDocument", "xl/workbook.xml")
	related, err := b.pkg.Relations(main)
	if err != nil {
		return err
	}
	if !b.pkg.Has(main) {
		return fault.New(fault.Corrupt, nil, format, main)
	}
	if err := b.readWorkbook(main, related); err != nil {
		return err
	}
	if err := b.formats.read(b.pkg, archive.First(related, "styles", "xl/styles.xml")); err != nil {
		return err
	}
	return b.readSharedStrings(archive.First(related, "sharedStrings", "xl/sharedStrings.xml"))
}

// readWorkbook lists the visible sheets.
func (b *book) readWorkbook(name string, related []archive.Relation) error {
	worksheets := map[string]string{}
	for _, relation := range related {
		if relation.Kind == "worksheet" {
			worksheets[relation.ID] = relation.Target
		}
	}
	seen := 0
	return b.pkg.EachElement(name, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			b.formats.from1904 = on(archive.Attr(e, "date1904"))
		case "sheet":
			if seen++; seen > b.tally.Limits().Entries {
				return fault.New(fault.TooLarge, nil, fault.LimitEntries, b.tally.Limits().Entries)
			}
			state := archive.Attr(e, "state")
			target := worksheets[relationID(e)]
			if target != "" && b.pkg.Has(target) && state != "hidden" && state != "veryHidden" {
				delete(worksheets, relationID(e)) // a part is shown once
				b.sheets = append(b.sheets, sheetRef{archive.Attr(e, "name"), target})
			}
		}
		return nil
	})
}

// relationID is r:id, which shares its local name with other attributes in other namespaces.
func relationID(e xml.StartElement) string {
	for _, attr := range e.Attr {
		if attr.Name.Local == "id" && strings.Contains(attr.Name.Space, "relationships") {
			return attr.Value
		}
	}
	return ""
}

// readSharedStrings reads the texts that cells refer to by number.
func (b *book) readSharedStrings(name string) error {
	if !b.pkg.Has(name) {
		return nil
	}
	x, err := b.pkg.XML(name)
	if err != nil {
		return err
	}
	defer x.Close()
	return x.EachStart(func(start xml.StartElement) error {
		if start.Name.Local != "si" {
			return nil
		}
		text, err := b.richText(x)
		if err != nil {
			return err
		}
		b.strings = append(b.strings, text)
		return b.stored.Cells(1)
	})
}

// richText is the text of a shared or inline string up to its end: all its runs, without the reading
// aids above characters.
func (b *book) richText(x *archive.XML) (string, error) {
	var text strings.Builder
	inText := false
	for depth := 1; depth > 0; {
		token, err := x.Next()
		if errors.Is(err, io.EOF) {
			return text.String(), nil
		}
		if err != nil {
			return "", err
		}
		switch token := token.(type) {
		case xml.StartElement:
			if token.Name.Local == "rPh" {
				if err := x.Skip(); err != nil {
					return "", err
				}
				continue
			}
			depth++
			inText = token.Name.Local == "t"
		case xml.EndElement:
			depth--
			inText = false
		case xml.CharData:
			if inText {
				if err := b.stored.Text(len(token)); err != nil {
					return "", err
				}
				text.Write(token)
			}
		}
	}
	return unescape(text.String()), nil
}

// unescape undoes the one escape of the format that is met in practice: a carriage return.
func unescape(text string) string { return strings.ReplaceAll(text, "_x000D_", "") }

// sheetParts reads the sheets one after the other.
func (b *book) sheetParts() ([]part.Part, error) {
	var parts []part.Part
	firstName, filled := "", 0
	for _, ref := range b.sheets {
		s, err := b.readSheet(ref.part)
		if err != nil {
			return nil, err
		}
		own, err := s.parts(b.tally)
		if err != nil {
			return nil, err
		}
		if len(own) == 0 {
			continue
		}
		if filled++; filled == 1 {
			firstName = ref.name
		} else {
			parts = append(parts, part.Part{Text: oneLine(ref.name), Heading: 1})
		}
		parts = append(parts, own...)
	}
	if filled > 1 {
		parts = append([]part.Part{{Text: oneLine(firstName), Heading: 1}}, parts...)
	}
	return parts, nil
}

// close lets go of the workbook that formats numbers.
func (b *book) close() { b.formats.close() }

// on reads an XML boolean.
func on(value string) bool { return value == "1" || value == "true" }
