package public

import (
	"slices"
	"strconv"

	"luoshi/internal/service/publication"
	"luoshi/internal/service/publication/disclosed"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/light"
)

// perPage is how many promises stand on a page of a list.
const perPage = 200

// lists writes a list for each section of the outline and each light.
func (w *writer) lists(c counted, told []publication.Told) {
	for _, s := range c.sections() {
		beneath := c.Beneath(s.Number)
		w.list(c, "section", s.number(), ledger.Wording{ZH: s.Title, EN: s.Title}, "zh-CN", of(told, func(p disclosed.Promise) bool {
			return slices.Contains(beneath, p.Section)
		}))
	}
	for _, colour := range light.Colours() {
		if c.tally.Colours[colour] > 0 {
			name := ledger.Wording{ZH: page.View{Lang: page.Chinese}.T("light." + string(colour)), EN: page.View{Lang: page.English}.T("light." + string(colour))}
			w.list(c, "colour", string(colour), name, "", of(told, func(p disclosed.Promise) bool { return p.Colour() == colour }))
		}
	}
}

// of are the promises for which something holds.
func of(told []publication.Told, holds func(disclosed.Promise) bool) []line {
	var some []line
	for _, t := range told {
		if holds(t.Promise) {
			some = append(some, line{t.Promise})
		}
	}
	return some
}

// list writes a list, on several pages where it is long.
func (w *writer) list(c counted, by, value string, title ledger.Wording, lang string, all []line) {
	name := func(part int) string {
		if part == 0 {
			return c.Address + "/" + by + "/" + value
		}
		return c.Address + "/" + by + "/" + value + "-" + strconv.Itoa(part+1)
	}
	parts := slices.Collect(slices.Chunk(all, perPage))
	for i, part := range parts {
		for _, language := range languages {
			at := w.at(language, name(i))
			v := page.View{Lang: language}
			view := listView{Opened: c.Opened, title: v.Wording(title), lang: lang, lines: part, found: len(all)}
			if lang == "" {
				view.lang = string(language)
			}
			if i > 0 {
				view.previous = at.page(name(0))
			}
			if i+1 < len(parts) {
				view.next = at.page(name(i + 1))
			}
			w.pages <- pageToWrite{at, view.title, listPage(view)}
		}
	}
}
