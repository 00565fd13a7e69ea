package public

import (
	"net/http"
	"slices"
	"strconv"

	"luoshi/internal/service/progress"
	"luoshi/internal/service/publication"
	"luoshi/internal/service/publication/disclosed"
	"luoshi/internal/store"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/light"
)

// inForce is the state that goes without saying.
const inForce = ledger.InForce

// crumb is a page above another one.
type crumb struct{ title, url string }

// shownColours are the colours in the order in which they are counted.
func shownColours() []light.Colour { return light.Colours() }

// aboutParts are what the page about the site speaks of.
var aboutParts = []string{"what", "lights", "figures", "proof", "citizens"}

// counted is a plan with how many promises it has.
type counted struct {
	publication.Opened
	tally publication.Tally
}

// bar is what is drawn of the lights.
func (c counted) bar() progress.Tally {
	t := progress.Tally{Colours: c.tally.Colours}
	for _, n := range c.tally.Colours {
		t.All += n
	}
	return t
}

// colourURL leads to the promises that show a colour.
func (c counted) colourURL(s site) func(light.Colour) string {
	return func(colour light.Colour) string { return s.list(c.Address, "colour", string(colour)) }
}

// section is a section of the outline with how many promises it has.
type section struct {
	disclosed.Section
	depth  int
	counts map[light.Colour]int
}

func (s section) number() string { return strconv.Itoa(s.Number) }

// class sets a section in by its depth.
func (s section) class() string { return "public-depth-" + strconv.Itoa(min(s.depth, 4)) }

// sections are the sections that have promises, or have sections with any beneath them.
func (c counted) sections() []section {
	var all []section
	for _, of := range c.Outline {
		counts := c.tally.Of(c.Opened, of.Number)
		if counts[""] == 0 && len(c.tally.Colours) == 0 {
			for _, number := range c.Beneath(of.Number) {
				for _, n := range c.tally.Sections[number] {
					counts[""] += n
				}
			}
		}
		if counts[""] > 0 {
			all = append(all, section{of, len(c.Path(of.Number)), counts})
		}
	}
	return all
}

func number(n int) string { return strconv.Itoa(n) }

func (p *Pages) counted(r *http.Request, o publication.Opened) (counted, error) {
	t, err := p.uses.Count(r.Context(), o)
	return counted{o, t}, err
}

func (p *Pages) home(w http.ResponseWriter, r *http.Request) error {
	plans, err := p.uses.Plans(r.Context())
	if err != nil {
		return err
	}
	all := make([]counted, len(plans))
	for i, o := range plans {
		if all[i], err = p.counted(r, o); err != nil {
			return err
		}
	}
	return show(w, r, http.StatusOK, page.T(r.Context(), "public.title"), homePage(all))
}

func (p *Pages) about(w http.ResponseWriter, r *http.Request) error {
	return show(w, r, http.StatusOK, page.T(r.Context(), "public.about"), aboutPage(p.key()))
}

// key is the public key of the log; empty where there is none.
func (p *Pages) key() string {
	if p.uses.Key() == nil {
		return ""
	}
	return p.uses.Key().String()
}

// planView is a plan with a part of its promises.
type planView struct {
	counted
	query          publication.Query
	lines          []line
	found          int
	previous, next string
	papers         []Paper
}

func (p planView) narrowed() bool { return p.query != publication.Query{} }

// queryOf reads what an address asks of a list of promises. What means nothing is left out.
func queryOf(r *http.Request) publication.Query {
	q := r.URL.Query()
	query := publication.Query{Words: clipped(q.Get("q")), Unit: clipped(q.Get("unit"))}
	query.Section, _ = strconv.Atoi(q.Get("section"))
	if c := light.Colour(q.Get("colour")); slices.Contains(light.Colours(), c) {
		query.Colour = c
	}
	return query
}

// longestQuery bounds what is looked for.
const longestQuery = 100

func clipped(text string) string {
	if letters := []rune(text); len(letters) > longestQuery {
		return string(letters[:longestQuery])
	}
	return text
}

func (p *Pages) plan(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	o, err := p.uses.Plan(ctx, r.PathValue("plan"))
	if err != nil {
		return err
	}
	view := planView{query: queryOf(r)}
	if view.counted, err = p.counted(r, o); err != nil {
		return err
	}
	after := r.URL.Query().Get("after")
	listing, err := p.uses.Promises(ctx, o, view.query, store.Page{After: after})
	if err != nil {
		return err
	}
	if view.found, err = p.uses.Found(ctx, o, view.query); err != nil {
		return err
	}
	if view.papers, err = p.papersOf(ctx, o.Plan); err != nil {
		return err
	}
	view.lines = linesOf(listing.Promises)
	v := page.Of(ctx)
	if listing.Next != "" {
		view.next = v.WithQuery("after", listing.Next) + "#promises"
	}
	if after != "" {
		view.previous = v.WithQuery("after", "") + "#promises"
	}
	return show(w, r, http.StatusOK, o.Title, planPage(view))
}

// line is a promise in a list.
type line struct{ disclosed.Promise }

func linesOf(promises []disclosed.Promise) []line {
	lines := make([]line, len(promises))
	for i, p := range promises {
		lines[i] = line{p}
	}
	return lines
}

// latest is the latest figure of the first thing that is measured, in words.
func (l line) latest(v page.View) string {
	for _, m := range l.Measured {
		if len(m.Figures) > 0 {
			if said := spoken(v, m, last(m)); said != "" {
				return v.Wording(last(m).Period.Title()) + " " + said
			}
		}
	}
	return ""
}

// listView is a list of promises on a page of its own.
type listView struct {
	publication.Opened
	title, lang    string
	lines          []line
	found          int
	previous, next string
}

// searchView is what was looked for in all plans.
type searchView struct {
	words string
	plans []foundIn
}

// found tells whether anything was.
func (v searchView) found() bool { return len(v.plans) > 0 }

// foundIn is what was found in a plan.
type foundIn struct {
	listView
	all string
}

// fewFound is how many promises of a plan a search shows.
const fewFound = 20

func (p *Pages) search(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	view := searchView{words: queryOf(r).Words}
	if view.words != "" {
		plans, err := p.uses.Plans(ctx)
		if err != nil {
			return err
		}
		for _, o := range plans {
			query := publication.Query{Words: view.words}
			listing, err := p.uses.Promises(ctx, o, query, store.Page{Limit: fewFound})
			if err != nil {
				return err
			}
			found := foundIn{listView: listView{Opened: o, lines: linesOf(listing.Promises)}}
			if found.found, err = p.uses.Found(ctx, o, query); err != nil {
				return err
			}
			if found.found == 0 {
				continue
			}
			found.all = live(page.Of(ctx)).list(o.Address, "q", view.words)
			view.plans = append(view.plans, found)
		}
	}
	return show(w, r, http.StatusOK, page.T(ctx, "public.search"), searchPage(view))
}
