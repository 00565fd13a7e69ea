package mapping

import (
	"fmt"

	uses "luoshi/internal/service/atlas"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/atlas"
)

// The paper on which maps are drawn.
const (
	paperWidth = 1000
	margin     = 16
)

// fills are the colours of the steps, the darker the more; the first is that of what is not known. Numbers stand on all.
var fills = [atlas.Steps + 1]string{"#f1f3f5", "#eff3ff", "#bdd7e7", "#6baed6", "#2171b5", "#08306b"}

// darkFrom is the first step on which letters are white.
const darkFrom = 4

// drawnMap is a map as it is drawn.
type drawnMap struct {
	Title, Words  string
	Width, Height string
	Areas         []drawnArea
	Spots         []drawnSpot
	Bare          bool
}

type drawnArea struct {
	Path, Fill, Ink   string
	URL               string // empty where the street is no unit that the reader may open
	Name, Value       string
	X, NameY, FigureY string
}

// drawnSpot is a project as a mark: hollow before construction, full in construction, a square once it is finished.
type drawnSpot struct {
	X, Y, Left, Top string
	URL, Words      string
	Mark            string // hollow, full, square
}

// drawn is the map as a drawing.
func (m mapView) drawn(v page.View) drawnMap {
	d := m.Sheet.Draw(paperWidth, margin)
	out := drawnMap{
		Title: v.T("map.title.of", m.Plan.Title, v.T("map.by."+string(m.Measure))), Words: v.T("map.desc"), Bare: m.Bare,
		Width: atlas.Length(d.Width), Height: atlas.Length(d.Height),
	}
	scale := m.scale()
	for i, outline := range d.Areas {
		part := m.Parts[i]
		step := scale.Step(m.share(part))
		area := drawnArea{
			Path: outline.Path, Fill: fills[step], Ink: "#182433", Name: part.Name, Value: percent(v, m.share(part)),
			X: atlas.Length(outline.X), NameY: atlas.Length(outline.Y - 4), FigureY: atlas.Length(outline.Y + 26),
		}
		if !m.Bare && part.Unit != "" && v.Can("unit.read") {
			area.URL = page.UnitURL(part.Unit, "")
		}
		if step >= darkFrom {
			area.Ink = "#ffffff"
		}
		out.Areas = append(out.Areas, area)
	}
	for _, spot := range m.Spots {
		x, y, on := d.Place(spot.Point)
		if !spot.Placed || !on {
			continue
		}
		out.Spots = append(out.Spots, drawnSpot{
			X: atlas.Length(x), Y: atlas.Length(y), Left: atlas.Length(x - half), Top: atlas.Length(y - half),
			URL: "/projects/" + string(spot.Project.ID), Words: m.spotWords(v, spot), Mark: mark(spot.Project.Stage),
		})
	}
	return out
}

// half is half the side of a mark.
const half = 8

func mark(stage ledger.Stage) string {
	switch stage {
	case ledger.Preparing:
		return "hollow"
	case ledger.Finished:
		return "square"
	}
	return "full"
}

// share is what a part is coloured by.
func (m mapView) share(p uses.Part) ledger.Decimal {
	if m.Measure == ByLights {
		return p.OnCourse()
	}
	return p.Share()
}

// percent is a share as it is written.
func percent(v page.View, d ledger.Decimal) string {
	if !d.Known() {
		return v.T("map.unknown")
	}
	return v.Decimal(d) + "%"
}

func yuan(v page.View, d ledger.Decimal) string {
	if !d.Known() {
		return v.T("map.unknown")
	}
	return v.Amount(d, v.T("map.yuan"))
}

// spotWords are what is said of a project where it stands on the map.
func (m mapView) spotWords(v page.View, s uses.Spot) string {
	return v.T("map.spot", s.Project.Name, v.Wording(s.Project.Stage.Label()), yuan(v, s.Planned), yuan(v, s.Done))
}

// scale are the steps in which the map is coloured.
func (m mapView) scale() atlas.Scale {
	shares := make([]ledger.Decimal, len(m.Parts))
	for i, part := range m.Parts {
		shares[i] = m.share(part)
	}
	return atlas.ScaleOf(shares...)
}

// rangeOf is what a step of the key stands for.
func rangeOf(scale atlas.Scale, step int) string {
	if step == atlas.Steps {
		return fmt.Sprintf("≥ %d%%", scale.From(step))
	}
	return fmt.Sprintf("%d–%d%%", scale.From(step), scale.From(step+1))
}
