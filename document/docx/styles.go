package docx

import (
	"encoding/xml"
	"strconv"
	"strings"

	"luoshi/document/archive"
)

// style is a paragraph style with what it inherits already filled in.
type style struct {
	basedOn string
	heading int  // 1 to 9; 0 for none
	stated  bool // the style itself says its outline level, be it none
	title   bool
	toc     bool // an entry of a table of contents
	number  numberRef
}

// styles maps a style's identifier to the style; "" is the default paragraph style.
type styles map[string]*style

// of is the style of the identifier; unknown identifiers have the default style.
func (s styles) of(id string) *style {
	if found := s[id]; found != nil {
		return found
	}
	if found := s[""]; found != nil {
		return found
	}
	return &style{}
}

// mostStyles bounds how many styles are kept; a real document has some hundreds.
const mostStyles = 10000

// readStyles reads the styles part.
func (r *reader) readStyles(name string) (styles, error) {
	all := styles{}
	current := &style{}
	err := r.pkg.EachElement(name, func(e xml.StartElement) error {
		value := archive.Attr(e, "val")
		switch e.Name.Local {
		case "style":
			current = &style{}
			if len(all) > mostStyles {
				break
			}
			all[archive.Attr(e, "styleId")] = current
			if archive.Attr(e, "type") == "paragraph" && isOn(archive.Attr(e, "default"), false) {
				all[""] = current
			}
		case "name":
			current.named(strings.ToLower(value))
		case "basedOn":
			current.basedOn = value
		case "outlineLvl":
			current.heading, current.stated = outlineHeading(value), true
		case "numId":
			current.number.id = value
		case "ilvl":
			current.number.level = levelOf(value)
		}
		return nil
	})
	for _, s := range all {
		s.inherit(all, 0)
	}
	return all, err
}

// named draws from the name what Word draws from it: built-in styles keep their English names in
// the file whatever the language of the program.
func (s *style) named(name string) {
	switch {
	case name == "title":
		s.title = true
	case strings.HasPrefix(name, "toc ") && name != "toc heading":
		s.toc = true
	case strings.HasPrefix(name, "heading "), strings.HasPrefix(name, "标题 "):
		depth, err := strconv.Atoi(name[strings.IndexByte(name, ' ')+1:])
		if err == nil && depth >= 1 && depth <= 9 && !s.stated {
			s.heading, s.stated = depth, true
		}
	}
}

// inherit fills in what the style leaves to the one it is based on.
func (s *style) inherit(all styles, hops int) {
	const longest = 32 // a chain of styles that runs in a circle ends here
	parent := all[s.basedOn]
	if s.basedOn == "" || parent == nil || parent == s || hops > longest {
		return
	}
	parent.inherit(all, hops+1)
	if !s.stated {
		s.heading, s.stated = parent.heading, parent.stated
	}
	if s.number.id == "" {
		s.number.id = parent.number.id
		if s.number.level == 0 {
			s.number.level = parent.number.level
		}
	}
	s.toc = s.toc || parent.toc
}

// outlineHeading turns an outline level (0 to 8; 9 is body text) into a heading's depth.
func outlineHeading(value string) int {
	level, err := strconv.Atoi(value)
	if err != nil || level < 0 || level > 8 {
		return 0
	}
	return level + 1
}

// isOn reads an on-off attribute; absent is what an absent value means.
func isOn(value string, absent bool) bool {
	switch value {
	case "":
		return absent
	case "0", "false", "off":
		return false
	}
	return true
}
