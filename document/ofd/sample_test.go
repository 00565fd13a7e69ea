package ofd

import (
	"encoding/xml"
	"fmt"
	"strings"
	"testing"

	"luoshi/document/partcheck"
)

// The measures of the sample pages, in millimetres: A4 with the margins of an official document.
const (
	sampleSize   = 5.6
	samplePitch  = 9.8
	sampleLeft   = 28.0
	sampleTop    = 37.0
	sampleColumn = 28 // characters in a line
)

// samplePage collects the objects of a page.
type samplePage struct {
	objects strings.Builder
	line    int
	id      int
}

// at sets a text at a place, with one step for each of its wide characters.
func (p *samplePage) at(x, y, size float64, text string) {
	runes := []rune(text)
	p.id++
	fmt.Fprintf(&p.objects, `<ofd:TextObject ID="%d" Boundary="%g %g %g %g" Font="3" Size="%g"><ofd:FillColor Value="0 0 0"/>`,
		100+p.id, x, y, size*float64(len(runes)+1), size*1.3, size)
	deltas := ""
	if len(runes) > 1 {
		deltas = fmt.Sprintf(` DeltaX="g %d %g"`, len(runes)-1, size)
	}
	fmt.Fprintf(&p.objects, `<ofd:TextCode X="0" Y="%g"%s>%s</ofd:TextCode></ofd:TextObject>`, size*0.9, deltas, escape(text))
}

// paragraph sets a text in lines, the first of them indented.
func (p *samplePage) paragraph(text string) {
	runes := append([]rune("　　"), []rune(text)...)
	for len(runes) > 0 {
		n := min(sampleColumn, len(runes))
		p.at(sampleLeft, p.y(), sampleSize, string(runes[:n]))
		runes = runes[n:]
		p.line++
	}
}

// centred sets a line in the middle.
func (p *samplePage) centred(size float64, text string) {
	width := size * float64(len([]rune(text)))
	p.at(sampleLeft+(sampleColumn*sampleSize-width)/2, p.y(), size, text)
	p.line++
}

// grid draws a table of equal cells with its rules.
func (p *samplePage) grid(rows [][]string) {
	const width, height = 39.2, 8.0
	left, top := sampleLeft, p.y()
	w, h := width*float64(len(rows[0])), height*float64(len(rows))
	for i := range len(rows) + 1 {
		p.rule(left, top+height*float64(i), w, 0)
	}
	for i := range len(rows[0]) + 1 {
		p.rule(left+width*float64(i), top, 0, h)
	}
	for r, row := range rows {
		for c, text := range row {
			p.at(left+width*float64(c)+2, top+height*float64(r)+1, 4, text)
		}
	}
	p.line += int(h/samplePitch) + 1
}

func (p *samplePage) rule(x, y, w, h float64) {
	fmt.Fprintf(&p.objects, `<ofd:PathObject Boundary="%g %g %g %g" LineWidth="0.25"><ofd:AbbreviatedData>M 0 0 L %g %g</ofd:AbbreviatedData></ofd:PathObject>`,
		x, y, max(w, 0.3), max(h, 0.3), w, h)
}

func (p *samplePage) y() float64 { return sampleTop + samplePitch*float64(p.line) }

func (p *samplePage) content() string {
	return `<?xml version="1.0" encoding="UTF-8"?><ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Template TemplateID="2" ZOrder="Background"/>` +
		`<ofd:Content><ofd:Layer ID="11" Type="Body">` + p.objects.String() + `</ofd:Layer></ofd:Content></ofd:Page>`
}

func escape(text string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(text)); err != nil {
		panic(err)
	}
	return b.String()
}

// sample makes a container of one document with the pages, a running head from a template and page
// numbers.
func sample(t testing.TB, pages ...*samplePage) []byte {
	t.Helper()
	head := &samplePage{}
	head.at(sampleLeft, 15, 4, "青禾县人民政府办公室文件")
	root := `<?xml version="1.0" encoding="UTF-8"?><ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"><ofd:CommonData><ofd:MaxUnitID>999</ofd:MaxUnitID>` +
		`<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea><ofd:TemplatePage ID="2" BaseLoc="Tpls/Tpl_0/Content.xml"/></ofd:CommonData><ofd:Pages>`
	files := []string{
		"OFD.xml", `<?xml version="1.0" encoding="UTF-8"?><ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" Version="1.1" DocType="OFD"><ofd:DocBody>` +
			`<ofd:DocInfo><ofd:DocID>0a1b2c</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`,
		"Doc_0/Tpls/Tpl_0/Content.xml", strings.Replace(head.content(), `<ofd:Template TemplateID="2" ZOrder="Background"/>`, "", 1),
	}
	for i, p := range pages {
		p.at(100, 275, 4.9, fmt.Sprintf("— %d —", i+1))
		name := fmt.Sprintf("Pages/Page_%d/Content.xml", i)
		root += fmt.Sprintf(`<ofd:Page ID="%d" BaseLoc="%s"/>`, 20+i, name)
		files = append(files, "Doc_0/"+name, p.content())
	}
	return partcheck.Zip(t, append(files, "Doc_0/Document.xml", root+`</ofd:Pages></ofd:Document>`)...)
}
