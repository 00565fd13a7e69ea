package docx

import (
	"encoding/xml"
	"strconv"
	"strings"
	"unicode/utf8"

	"luoshi/document/archive"
)

const levels = 9 // of a list

// numberRef says which list a paragraph belongs to and how deep.
type numberRef struct {
	id    string // "" for none, "0" for explicitly none
	level int
}

// level is how one level of a list numbers its paragraphs.
type level struct {
	start   int
	format  string // w:numFmt
	text    string // “第%1章”
	suffix  string // tab, space or nothing
	style   string // the paragraph style bound to the level
	decimal bool   // w:isLgl: upper levels are shown in decimal
}

// list is an abstract list: its levels and how far each has counted.
type list struct {
	levels    [levels]level
	counters  [levels]int
	begun     [levels]bool
	styleLink string
	link      string // the style whose list this one stands for
}

// instance is a use of an abstract list, which may start anew.
type instance struct {
	list     *list
	restart  map[int]int // level → number to start from
	restated map[int]level
}

// numbering maps a list's identifier to its use.
type numbering map[string]*instance

// readNumbering reads the numbering part.
func (r *reader) readNumbering(name string) (numbering, error) {
	n := &numberingReader{lists: map[string]*list{}, uses: numbering{}}
	if err := r.pkg.EachElement(name, n.see); err != nil {
		return nil, err
	}
	n.resolveLinks()
	return n.uses, nil
}

// numberingReader is the state of reading the numbering part: where in it the reader stands.
type numberingReader struct {
	lists    map[string]*list
	uses     numbering
	list     *list
	use      *instance
	level    int // index, -1 outside of a level
	override int // index of the level overridden, -1 outside
}

func (n *numberingReader) see(e xml.StartElement) error {
	value := archive.Attr(e, "val")
	switch e.Name.Local {
	case "abstractNum":
		n.list, n.use, n.level, n.override = &list{}, nil, -1, -1
		if len(n.lists) < mostStyles {
			n.lists[archive.Attr(e, "abstractNumId")] = n.list
		}
	case "num":
		n.list, n.level, n.override = nil, -1, -1
		n.use = &instance{restart: map[int]int{}, restated: map[int]level{}}
		if len(n.uses) < mostStyles {
			n.uses[archive.Attr(e, "numId")] = n.use
		}
	case "abstractNumId":
		if n.use != nil {
			n.use.list = n.lists[value]
		}
	case "styleLink":
		if n.list != nil {
			n.list.styleLink = value
		}
	case "numStyleLink":
		if n.list != nil {
			n.list.link = value
		}
	case "lvlOverride":
		n.override = levelOf(archive.Attr(e, "ilvl"))
	case "startOverride":
		if start, err := strconv.Atoi(value); err == nil && n.use != nil && n.override >= 0 {
			n.use.restart[n.override] = start
		}
	case "lvl":
		n.level = levelOf(archive.Attr(e, "ilvl"))
		n.set(func(l *level) { *l = level{start: 1, format: "decimal", suffix: "tab"} })
	default:
		n.seeLevel(e.Name.Local, value)
	}
	return nil
}

// seeLevel reads one property of a level.
func (n *numberingReader) seeLevel(property, value string) {
	switch property {
	case "start":
		if start, err := strconv.Atoi(value); err == nil {
			n.set(func(l *level) { l.start = start })
		}
	case "numFmt":
		n.set(func(l *level) { l.format = value })
	case "lvlText":
		n.set(func(l *level) { l.text = value })
	case "suff":
		n.set(func(l *level) { l.suffix = value })
	case "pStyle":
		n.set(func(l *level) { l.style = value })
	case "isLgl":
		n.set(func(l *level) { l.decimal = isOn(value, true) })
	}
}

// set changes the level that is being read.
func (n *numberingReader) set(change func(*level)) {
	switch {
	case n.level < 0:
	case n.list != nil:
		change(&n.list.levels[n.level])
	case n.use != nil:
		l := n.use.restated[n.level]
		change(&l)
		n.use.restated[n.level] = l
	}
}

// resolveLinks lets lists that stand for a style's list use that list.
func (n *numberingReader) resolveLinks() {
	byStyle := map[string]*list{}
	for _, l := range n.lists {
		if l.styleLink != "" {
			byStyle[l.styleLink] = l
		}
	}
	for _, use := range n.uses {
		if use.list != nil && use.list.link != "" && byStyle[use.list.link] != nil {
			use.list = byStyle[use.list.link]
		}
	}
}

// levelFor is the level that a list binds to a paragraph style, or else the level asked for.
func (n numbering) levelFor(ref numberRef, styleID string) int {
	use := n[ref.id]
	if use == nil || use.list == nil || styleID == "" {
		return ref.level
	}
	for i, l := range use.list.levels {
		if l.style == styleID {
			return i
		}
	}
	return ref.level
}

// next counts one paragraph of the list and is the number that stands before its text, with what
// sets it apart from the text left to the caller; "" where the list shows none.
func (n numbering) next(ref numberRef) string {
	use := n[ref.id]
	if use == nil || use.list == nil {
		return ""
	}
	l := use.list
	if start, ok := use.restart[ref.level]; ok {
		l.counters[ref.level], l.begun[ref.level] = start, true
		delete(use.restart, ref.level)
	} else if !l.begun[ref.level] {
		l.counters[ref.level], l.begun[ref.level] = use.at(ref.level).start, true
	} else {
		l.counters[ref.level]++
	}
	for deeper := ref.level + 1; deeper < levels; deeper++ {
		l.begun[deeper] = false
	}
	return use.show(ref.level)
}

// at is the level as this use of the list has it.
func (use *instance) at(index int) level {
	if restated, ok := use.restated[index]; ok {
		return restated
	}
	return use.list.levels[index]
}

// show fills the level's pattern with the counters.
func (use *instance) show(index int) string {
	own := use.at(index)
	if own.format == "bullet" || own.format == "none" {
		return ""
	}
	text := own.text
	for i := 0; i <= index; i++ {
		place := "%" + strconv.Itoa(i+1)
		if !strings.Contains(text, place) {
			continue
		}
		l := use.at(i)
		count, numFormat := use.list.counters[i], l.format
		if !use.list.begun[i] {
			count = l.start
		}
		if own.decimal {
			numFormat = "decimal"
		}
		text = strings.ReplaceAll(text, place, formatNumber(count, numFormat))
	}
	return strings.TrimSpace(text)
}

// numbered puts a list's number before a text the way it reads in print.
func numbered(number, text string) string {
	if number == "" || text == "" {
		return number + text
	}
	last, _ := utf8.DecodeLastRuneInString(number)
	first, _ := utf8.DecodeRuneInString(text)
	switch {
	case strings.ContainsRune("、．）)：:", last), last >= 0x2460 && last <= 0x24FF:
		return number + text
	case last == '.' && (first < '0' || first > '9'):
		return number + text
	}
	return number + " " + text
}

func levelOf(value string) int {
	index, err := strconv.Atoi(value)
	if err != nil || index < 0 || index >= levels {
		return 0
	}
	return index
}
