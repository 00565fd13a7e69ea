package ofd

import (
	"crypto/sha256"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"

	"luoshi/office/font"
	"luoshi/office/layout"
	"luoshi/office/shape"
)

// book is a document while it is written.
type book struct {
	title    string
	printed  *layout.Printed
	embedded *layout.Type // nil without fonts at hand
	href     func(string) string
	last     int // number that was given to an object last
	faces    []int
	pages    []int
}

// named is a kind of type with the name of its font.
type named struct {
	face font.Face
	name string
}

// standard are the names of the type that GB/T 9704 asks for.
var standard = []named{{font.Song, "方正小标宋简体"}, {font.Fang, "仿宋_GB2312"}, {font.Hei, "黑体"}, {font.Kai, "楷体_GB2312"}}

// id gives the next object its number.
func (b *book) id() int {
	b.last++
	return b.last
}

// parts are the files of the container, the entrance first.
func (b *book) parts() []part {
	var parts []part
	resources := b.resources()
	var pages []part
	for range b.printed.Pages {
		b.pages = append(b.pages, b.id())
	}
	for i, p := range b.printed.Pages {
		pages = append(pages, part{fmt.Sprintf("Doc_0/Pages/Page_%d/Content.xml", i), b.content(p)})
	}
	document := b.document()
	sum := sha256.New()
	for _, p := range append(pages, document, resources) {
		sum.Write(p.data)
	}
	parts = append(parts, b.entrance(fmt.Sprintf("%x", sum.Sum(nil)[:16])), document, resources)
	parts = append(parts, pages...)
	if b.embedded != nil {
		for i, f := range b.embedded.Fonts {
			parts = append(parts, part{fmt.Sprintf("Doc_0/Res/font_%d.ttf", i), f.Data})
		}
	}
	return parts
}

// element writes the text of one file, all names of which are of the standard.
type element struct{ strings.Builder }

func root(name, attributes string) *element {
	e := &element{}
	e.WriteString(xml.Header)
	fmt.Fprintf(e, `<ofd:%s xmlns:ofd="http://www.ofdspec.org/2016"%s>`, name, attributes)
	return e
}

func (e *element) printf(format string, args ...any) { fmt.Fprintf(e, format, args...) }

func (e *element) end(name string) []byte {
	e.printf("</ofd:%s>", name)
	return []byte(e.String())
}

// entrance is the file at which readers begin; it names the document by what is in it.
func (b *book) entrance(name string) part {
	e := root("OFD", ` Version="1.0" DocType="OFD"`)
	e.printf(`<ofd:DocBody><ofd:DocInfo><ofd:DocID>%s</ofd:DocID><ofd:Title>%s</ofd:Title><ofd:Creator>Luoshi</ofd:Creator></ofd:DocInfo>`, name, escaped(b.title))
	e.printf(`<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>`)
	return part{"OFD.xml", e.end("OFD")}
}

// document lists the pages and the outline.
func (b *book) document() part {
	e := root("Document", "")
	first := b.printed.Pages[0]
	e.printf(`<ofd:CommonData><ofd:MaxUnitID>%d</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 %s %s</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData>`,
		b.last, number(first.Width), number(first.Height))
	e.printf(`<ofd:Pages>`)
	for i, id := range b.pages {
		e.printf(`<ofd:Page ID="%d" BaseLoc="Pages/Page_%d/Content.xml"/>`, id, i)
	}
	e.printf(`</ofd:Pages>`)
	b.outline(e)
	return part{"Doc_0/Document.xml", e.end("Document")}
}

// outline writes the headings as a tree.
func (b *book) outline(e *element) {
	if len(b.printed.Headings) == 0 {
		return
	}
	e.printf(`<ofd:Outlines>`)
	var open []int // levels of the entries that are not closed yet
	for _, h := range b.printed.Headings {
		for len(open) > 0 && open[len(open)-1] >= h.Level {
			e.printf(`</ofd:OutlineElem>`)
			open = open[:len(open)-1]
		}
		e.printf(`<ofd:OutlineElem Title="%s"><ofd:Actions><ofd:Action Event="CLICK"><ofd:Goto><ofd:Dest Type="XYZ" PageID="%d" Left="0" Top="%s" Zoom="0"/></ofd:Goto></ofd:Action></ofd:Actions>`,
			escaped(h.Text), b.pages[h.Page], number(h.Top))
		open = append(open, h.Level)
	}
	e.printf(`%s</ofd:Outlines>`, strings.Repeat(`</ofd:OutlineElem>`, len(open)))
}

// resources names the fonts.
func (b *book) resources() part {
	e := root("Res", ` BaseLoc="Res"`)
	e.printf(`<ofd:Fonts>`)
	if b.embedded != nil {
		for i, f := range b.embedded.Fonts {
			id := b.id()
			b.faces = append(b.faces, id)
			bold := ""
			if f.Font.Bold() {
				bold = ` Bold="true"`
			}
			e.printf(`<ofd:Font ID="%d" FontName="%s" FamilyName="%s" Charset="unicode"%s><ofd:FontFile>font_%d.ttf</ofd:FontFile></ofd:Font>`,
				id, escaped(f.Font.Name), escaped(f.Font.Families[0]), bold, i)
		}
	} else {
		for _, s := range standard {
			id := b.id()
			b.faces = append(b.faces, id)
			e.printf(`<ofd:Font ID="%d" FontName="%s" FamilyName="%s" Charset="unicode"/>`, id, s.name, s.name)
		}
	}
	e.printf(`</ofd:Fonts>`)
	return part{"Doc_0/PublicRes.xml", e.end("Res")}
}

// spans are the parts of a text that one font prints.
func (b *book) spans(t layout.Text) []layout.Span {
	if b.embedded != nil {
		return b.embedded.Spans(t)
	}
	own := slices.IndexFunc(standard, func(s named) bool { return s.face == t.Style.Face })
	return []layout.Span{{Font: max(0, own), At: t.At, Runes: []rune(t.Text), Steps: t.Steps}}
}

func escaped(text string) string {
	var s strings.Builder
	_ = xml.EscapeText(&s, []byte(text)) // a builder takes everything
	return s.String()
}

// number is a length of three places at most.
func number(v float64) string { return shape.Number(v, 3) }
