package ofd

import (
	"bytes"
	_ "embed"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"luoshi/office/font/fonttest"
	"luoshi/office/paper/papertest"
)

// standard.txt says of each element of GB/T 33190-2016 that is written here which elements it may hold, in which order,
// and which attributes it must and may have.
//
//go:embed testdata/standard.txt
var standardFile string

// rule is what the standard says of an element.
type rule struct {
	children       []string // in order; * may be repeated, ! must be there
	must, may      []string // attributes
	repeats, needs map[string]bool
}

func rules(t *testing.T) map[string]rule {
	t.Helper()
	all := map[string]rule{}
	for line := range strings.Lines(standardFile) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		columns := strings.Split(strings.TrimSpace(line), " | ")
		if len(columns) != 3 {
			t.Fatalf("standard.txt: %q", line)
		}
		r := rule{repeats: map[string]bool{}, needs: map[string]bool{}}
		for _, child := range listed(columns[1]) {
			name := strings.TrimRight(child, "*!")
			r.children = append(r.children, name)
			r.repeats[name], r.needs[name] = strings.Contains(child, "*"), strings.Contains(child, "!")
		}
		for _, attribute := range listed(columns[2]) {
			if name, must := strings.CutSuffix(attribute, "!"); must {
				r.must = append(r.must, name)
			} else {
				r.may = append(r.may, attribute)
			}
		}
		all[columns[0]] = r
	}
	return all
}

func listed(column string) []string {
	if column == "-" {
		return nil
	}
	return strings.Fields(column)
}

// TestFollowsTheStandard holds every file of a document against the standard: which elements there are, in which order,
// with which attributes, and that each thing that is pointed at is there.
func TestFollowsTheStandard(t *testing.T) {
	href := func(key string) string { return "/figures/" + key }
	for name, o := range map[string]Options{"with fonts": {Fonts: fonttest.Set(t), Href: href}, "without": {}} {
		t.Run(name, func(t *testing.T) {
			files := unpack(t, write(t, papertest.Report(), o))
			c := &checker{t: t, rules: rules(t), files: files, ids: map[string]string{}, pointed: map[string]bool{}}
			for _, name := range []string{"OFD.xml", "Doc_0/Document.xml", "Doc_0/PublicRes.xml"} {
				c.file(name)
			}
			for name := range files {
				if strings.HasSuffix(name, "Content.xml") {
					c.file(name)
				}
			}
			c.references()
		})
	}
}

// checker goes through the files of a container.
type checker struct {
	t          *testing.T
	rules      map[string]rule
	files      map[string][]byte
	ids        map[string]string // the element that has a number
	pointed    map[string]bool   // files that something points at
	greatest   int
	wanted     []reference
	glyphs     int // that the text at hand has steps for; -1 where it says none
	mostUnitID int
}

// reference is a number that is pointed at, and what must have it.
type reference struct{ id, element string }

const namespace = "http://www.ofdspec.org/2016"

func (c *checker) file(name string) {
	c.t.Helper()
	d := xml.NewDecoder(bytes.NewReader(c.files[name]))
	var path []string
	last := []int{-1} // of each open element the place of its last child
	seen := []map[string]bool{{}}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			c.t.Fatalf("%s: %v", name, err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			c.element(name, path, last, seen, token)
			path = append(path, token.Name.Local)
			last, seen = append(last, -1), append(seen, map[string]bool{})
		case xml.EndElement:
			for child, needed := range c.rules[token.Name.Local].needs {
				if needed && !seen[len(seen)-1][child] {
					c.t.Errorf("%s: %s lacks %s", name, token.Name.Local, child)
				}
			}
			path, last, seen = path[:len(path)-1], last[:len(last)-1], seen[:len(seen)-1]
		case xml.CharData:
			if len(path) > 0 {
				c.text(name, path[len(path)-1], string(token))
			}
		}
	}
}

func (c *checker) element(file string, path []string, last []int, seen []map[string]bool, e xml.StartElement) {
	c.t.Helper()
	own, known := c.rules[e.Name.Local]
	if !known || e.Name.Space != namespace {
		c.t.Fatalf("%s: element %v is not of the standard", file, e.Name)
	}
	if len(path) > 0 {
		above := path[len(path)-1]
		r := c.rules[above]
		place := slices.Index(r.children, e.Name.Local)
		before := last[len(last)-1]
		if place < 0 || place < before && !r.repeats[e.Name.Local] || place == before && !r.repeats[e.Name.Local] {
			c.t.Errorf("%s: %s may not stand there in %s", file, e.Name.Local, above)
		}
		last[len(last)-1] = max(place, before)
		seen[len(seen)-1][e.Name.Local] = true
	}
	if e.Name.Local == "TextCode" {
		c.glyphs = -1
	}
	var has []string
	for _, a := range e.Attr {
		if a.Name.Space == "xmlns" {
			continue
		}
		has = append(has, a.Name.Local)
		if !slices.Contains(own.must, a.Name.Local) && !slices.Contains(own.may, a.Name.Local) {
			c.t.Errorf("%s: %s may not have the attribute %s", file, e.Name.Local, a.Name.Local)
		}
		c.attribute(file, e.Name.Local, a.Name.Local, a.Value)
	}
	for _, must := range own.must {
		if !slices.Contains(has, must) {
			c.t.Errorf("%s: %s lacks the attribute %s", file, e.Name.Local, must)
		}
	}
}

func (c *checker) attribute(file, element, name, value string) {
	c.t.Helper()
	switch name {
	case "ID":
		n, err := strconv.Atoi(value)
		if err != nil || n < 1 || c.ids[value] != "" {
			c.t.Errorf("%s: %s has the number %q, which is none or taken", file, element, value)
		}
		c.ids[value], c.greatest = element, max(c.greatest, n)
	case "Font":
		c.wanted = append(c.wanted, reference{value, "Font"})
	case "PageID":
		c.wanted = append(c.wanted, reference{value, "Page"})
	case "Type":
		if element == "Layer" && value != "Body" || element == "Dest" && value != "XYZ" {
			c.t.Errorf("%s: %s is of the type %s", file, element, value)
		}
	case "DeltaX", "DeltaY":
		c.glyphs = stepsIn(value) + 1
	case "BaseLoc":
		if element == "Page" {
			c.exists(file, value)
		}
	case "Boundary":
		if !onPage(value) {
			c.t.Errorf("%s: %s has the box %q", file, element, value)
		}
	}
}

func (c *checker) text(file, element, text string) {
	c.t.Helper()
	switch element {
	case "TextCode":
		if c.glyphs >= 0 && c.glyphs != utf8.RuneCountInString(text) {
			c.t.Errorf("%s: %q has steps for %d characters", file, text, c.glyphs)
		}
	case "DocRoot", "PublicRes":
		c.exists(file, text)
	case "FontFile":
		c.exists(file, "Res/"+text)
	case "MaxUnitID":
		c.mostUnitID, _ = strconv.Atoi(text)
	case "DocID":
		if len(text) != 32 {
			c.t.Errorf("the document is called %q", text)
		}
	}
}

func (c *checker) exists(file, location string) {
	c.t.Helper()
	target := path.Join(path.Dir(file), location)
	c.pointed[target] = true
	if _, found := c.files[target]; !found {
		c.t.Errorf("%s points at %s, which is not there", file, location)
	}
}

func (c *checker) references() {
	c.t.Helper()
	for _, r := range c.wanted {
		if c.ids[r.id] != r.element {
			c.t.Errorf("the number %s is of %q, want %s", r.id, c.ids[r.id], r.element)
		}
	}
	for name := range c.files {
		if name != "OFD.xml" && !c.pointed[name] {
			c.t.Errorf("nothing points at %s", name)
		}
	}
	if c.greatest != c.mostUnitID {
		c.t.Errorf("the greatest number is %d, the document says %d", c.greatest, c.mostUnitID)
	}
}

// stepsIn is how many steps from character to character a list has: “g 3 5.7” is three of them.
func stepsIn(list string) int {
	fields := strings.Fields(list)
	n := 0
	for i := 0; i < len(fields); i++ {
		if fields[i] != "g" {
			n++
			continue
		}
		if i+2 >= len(fields) {
			return -1
		}
		many, _ := strconv.Atoi(fields[i+1])
		n += many
		i += 2
	}
	return n
}

// onPage tells whether a box has an extent and lies on a page, however that is turned.
func onPage(box string) bool {
	const longer = 297
	var sides [4]float64
	fields := strings.Fields(box)
	if len(fields) != len(sides) {
		return false
	}
	for i, field := range fields {
		side, err := strconv.ParseFloat(field, 64)
		if err != nil || side < 0 {
			return false
		}
		sides[i] = side
	}
	return sides[0]+sides[2] <= longer && sides[1]+sides[3] <= longer && sides[2]+sides[3] > 0
}
