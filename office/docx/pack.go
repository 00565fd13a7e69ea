package docx

import (
	"archive/zip"
	"fmt"
	"io"

	"luoshi/office/paper"
)

// declaration begins every part.
const declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// Namespaces and kinds of relations.
const (
	wordSpace     = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	word2012      = "http://schemas.microsoft.com/office/word/2012/wordml"
	compatibility = "http://schemas.openxmlformats.org/markup-compatibility/2006"
	relationSpace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packageSpace  = "http://schemas.openxmlformats.org/package/2006/"
	drawingSpace  = "http://schemas.openxmlformats.org/drawingml/2006/main"
	inlineSpace   = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
	sheetSpace    = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	chartSpace    = "http://schemas.openxmlformats.org/drawingml/2006/chart"
)

// pack is the zip file that a Word file is. It keeps the first error and says it when it is closed. Entries bear no time,
// so that the same parts make the same bytes.
type pack struct {
	zip *zip.Writer
	err error
}

func newPack(w io.Writer) *pack { return &pack{zip: zip.NewWriter(w)} }

func (p *pack) add(name, content string) {
	if p.err != nil {
		return
	}
	entry, err := p.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
	if err == nil {
		_, err = io.WriteString(entry, content)
	}
	if err != nil {
		p.err = fmt.Errorf("part %s: %w", name, err)
	}
}

// copy adds a part that is the same in all files.
func (p *pack) copy(name, part string) {
	content, err := parts.ReadFile("parts/" + part)
	if err != nil {
		p.err = err
		return
	}
	p.add(name, string(content))
}

func (p *pack) close() error {
	if p.err != nil {
		return p.err
	}
	return p.zip.Close()
}

// relations are what the text refers to.
func (c *composer) relations() string {
	m := &markup{}
	m.WriteString(declaration)
	m.open("Relationships", "xmlns", packageSpace+"relationships")
	relate := func(id, kind, target string) {
		m.empty("Relationship", "Id", id, "Type", relationSpace+"/"+kind, "Target", target)
	}
	relate("styles", "styles", "styles.xml")
	relate("settings", "settings", "settings.xml")
	relate("fonts", "fontTable", "fontTable.xml")
	for _, f := range footers {
		relate(f.id, "footer", f.file)
	}
	if c.marked {
		relate("header", "header", "header.xml")
	}
	for i := range c.charts {
		relate(chartID(i), "chart", "charts/"+chartName(i))
	}
	m.close("Relationships")
	return m.String()
}

func (c *composer) contentTypes() string {
	const word = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	m := &markup{}
	m.WriteString(declaration)
	m.open("Types", "xmlns", packageSpace+"content-types")
	m.empty("Default", "Extension", "rels", "ContentType", "application/vnd.openxmlformats-package.relationships+xml")
	m.empty("Default", "Extension", "xml", "ContentType", "application/xml")
	if len(c.charts) > 0 {
		m.empty("Default", "Extension", "xlsx", "ContentType", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	}
	is := func(part, kind string) { m.empty("Override", "PartName", "/"+part, "ContentType", kind) }
	is("word/document.xml", word+"document.main+xml")
	is("word/styles.xml", word+"styles+xml")
	is("word/settings.xml", word+"settings+xml")
	is("word/fontTable.xml", word+"fontTable+xml")
	for _, f := range footers {
		is("word/"+f.file, word+"footer+xml")
	}
	if c.marked {
		is("word/header.xml", word+"header+xml")
	}
	for i := range c.charts {
		is(chartFile(i), "application/vnd.openxmlformats-officedocument.drawingml.chart+xml")
	}
	is("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")
	m.close("Types")
	return m.String()
}

// properties are those that an office shows of a file. A time of writing is not among them: it would make two files of
// one document differ.
func properties(d paper.Document, o Options) string {
	creator := o.Creator
	if creator == "" {
		creator = d.Head.Organ
	}
	m := &markup{}
	m.WriteString(declaration)
	m.open("cp:coreProperties", "xmlns:cp", packageSpace+"metadata/core-properties", "xmlns:dc", "http://purl.org/dc/elements/1.1/")
	for _, property := range [][2]string{{"dc:title", d.Title}, {"dc:creator", creator}, {"dc:language", "zh-CN"}} {
		if property[1] != "" {
			m.open(property[0])
			m.text(property[1])
			m.close(property[0])
		}
	}
	m.close("cp:coreProperties")
	return m.String()
}

// header is the part that stands at the head of every page.
func header(mark string) string {
	m := &markup{}
	m.WriteString(declaration)
	m.open("w:hdr", "xmlns:w", wordSpace)
	m.open("w:p")
	m.open("w:pPr")
	m.value("w:pStyle", "Header")
	m.close("w:pPr")
	m.run(paper.Run{Text: mark})
	m.close("w:p", "w:hdr")
	return m.String()
}
