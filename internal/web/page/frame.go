package page

import (
	"path"
	"slices"

	"github.com/a-h/templ"
)

// Part is something that a page gives to its frame besides its title: Crumb, Subtitle, Actions, Loads, Wide, Bare.
type Part interface{ place(*frame) }

// frame is what Layout puts around a page.
type frame struct {
	crumbs     []Crumb
	subtitle   string
	actions    templ.Component
	styles     []string
	scripts    []string
	wide, bare bool
}

func newFrame(parts []Part) frame {
	var f frame
	for _, p := range parts {
		p.place(&f)
	}
	return f
}

// Crumb is a page above the present one, from the outermost to the nearest.
type Crumb struct{ Title, URL string }

func (c Crumb) place(f *frame) { f.crumbs = append(f.crumbs, c) }

// Subtitle is a line under the title.
type Subtitle string

func (s Subtitle) place(f *frame) { f.subtitle = string(s) }

type actions struct{ component templ.Component }

func (a actions) place(f *frame) { f.actions = a.component }

// Actions are the buttons beside the title: what can be done on this page.
func Actions(component templ.Component) Part { return actions{component} }

type loads []string

func (l loads) place(f *frame) {
	for _, name := range l {
		if path.Ext(name) == ".css" {
			f.styles = append(f.styles, name)
		} else {
			f.scripts = append(f.scripts, name)
		}
	}
}

// Loads are further styles and scripts of assets/own that a page needs, by their names.
func Loads(names ...string) Part { return loads(names) }

type width struct{}

func (width) place(f *frame) { f.wide = true }

// Wide lets a page take the whole width of the screen: the review of a document.
func Wide() Part { return width{} }

type bare struct{}

func (bare) place(f *frame) { f.bare = true }

// Bare leaves menu and header out: the page on which one signs in.
func Bare() Part { return bare{} }

// Tone is what a message or a badge says of how things are.
type Tone string

// The tones. A badge says by a sign and its words what its colour says.
const (
	Neutral Tone = "secondary"
	Info    Tone = "info"
	Success Tone = "success"
	Warning Tone = "warning"
	Danger  Tone = "danger"
)

func (t Tone) icon() string {
	switch t {
	case Success:
		return "ok"
	case Warning:
		return "warning"
	case Danger:
		return "error"
	default:
		return "note"
	}
}

// Message is something said above a page.
type Message struct {
	Tone Tone
	Text string
}

// Known tells whether it is one of the tones.
func (t Tone) Known() bool {
	return slices.Contains([]Tone{Neutral, Info, Success, Warning, Danger}, t)
}
