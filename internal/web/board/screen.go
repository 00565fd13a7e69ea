package board

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	uses "luoshi/internal/service/progress"
	"luoshi/internal/web"
	"luoshi/internal/web/page"
	"luoshi/internal/web/progress"
	"luoshi/ledger/light"
)

// slide is one of the views that the screen goes through: the whole, parts of the comparisons, and each area.
type slide struct {
	Key   string // empty for the whole
	Title string
	Areas []uses.AreaTally
	Units []uses.UnitTally
	Area  int // the number of a section
}

// shown is a slide as the screen shows it.
type shown struct {
	board
	Slides []slide
	At     int // among the slides
	View   uses.AreaView
	Lights []uses.CommitmentLight
}

// now is the slide that is shown.
func (s shown) now() slide { return s.Slides[s.At] }

// step is the slide so many further on; behind the last comes the first.
func (s shown) step(by int) string {
	n := len(s.Slides)
	return s.url("/board/screen", "slide", s.Slides[(s.At+by+n)%n].Key)
}

// How many lines a list of the screen has, and a table.
const (
	most      = 8
	mostLines = 12
)

// slides are those of a board in their order.
func (b board) slides(v page.View) []slide {
	all := []slide{{Areas: b.Areas[:min(len(b.Areas), most)], Units: b.Units[:min(len(b.Units), most)]}}
	for from := 0; from < len(b.Areas); from += mostLines {
		all = append(all, slide{
			Key: fmt.Sprint("areas-", from/mostLines+1), Title: paged(v, "board.areas", from, len(b.Areas)),
			Areas: b.Areas[from:min(len(b.Areas), from+mostLines)],
		})
	}
	for from := 0; from < len(b.Units); from += mostLines {
		all = append(all, slide{
			Key: fmt.Sprint("units-", from/mostLines+1), Title: paged(v, "board.title", from, len(b.Units)),
			Units: b.Units[from:min(len(b.Units), from+mostLines)],
		})
	}
	for _, a := range b.Areas {
		if progress.HasPage(a) {
			all = append(all, slide{Key: "area-" + strconv.Itoa(a.Section.Number), Title: progress.AreaName(v, a), Area: a.Section.Number})
		}
	}
	return all
}

// paged is a title with the number of its part, where it has several.
func paged(v page.View, key string, from, all int) string {
	if all <= mostLines {
		return v.T(key)
	}
	return v.T("board.part", v.T(key), from/mostLines+1, (all+mostLines-1)/mostLines)
}

func (p *Pages) screen(w http.ResponseWriter, r *http.Request) error {
	b, err := p.board(r)
	if err != nil {
		return err
	}
	s := shown{board: b, Slides: b.slides(page.Of(r.Context()))}
	for i, one := range s.Slides {
		if one.Key == r.URL.Query().Get("slide") {
			s.At = i
		}
	}
	if section := s.now().Area; section != 0 {
		if s.View, err = p.uses.AreaView(r.Context(), b.Plan.ID, section); err != nil {
			return err
		}
		if s.Lights, err = p.uses.AreaLights(r.Context(), s.View, most); err != nil {
			return err
		}
	}
	return web.Show(w, r, screenPage(s))
}

// heading is what a slide is called.
func (s shown) heading(v page.View) string {
	if s.now().Title == "" {
		return v.T("board.heading", s.Plan.Title)
	}
	return strings.TrimSpace(s.now().Title)
}

// figures are the large numbers of a slide: of the area that it shows, or of the whole.
func (s shown) figures(v page.View) [][2]string {
	t := s.Total
	if s.now().Area != 0 {
		t = s.View.Total
	}
	percent := func(n int) string { return strconv.Itoa(n) + "%" }
	return [][2]string{
		{v.T("board.elapsed"), percent(s.Elapsed)},
		{v.T("board.done"), percent(t.Share(light.Blue))},
		{v.T("board.course"), percent(t.OnCourse())},
		{v.T("light.red"), v.Number(int64(t.Colours[light.Red]))},
		{v.T("lights.overdue"), v.Number(int64(t.Overdue))},
	}
}
