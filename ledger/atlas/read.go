package atlas

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/simplify"
)

// What boundaries may come to. A district has a few dozen streets, and a wall shows no more of a border than this.
const (
	MaxBytes  = 8 << 20
	mostAreas = 500
	mostSpots = 300_000
	longest   = 50 // runes of a name
)

// Fault is what is wrong with a file of boundaries.
type Fault struct {
	Code  string // large, json, empty, many, kind, name, twice, degrees, spots, flat
	Where string // the feature: its number or name
	cause error
}

// Error tells the fault in English.
func (f *Fault) Error() string {
	text := "boundaries: " + f.Code
	if f.Where != "" {
		text += " at " + f.Where
	}
	if f.cause != nil {
		text += ": " + f.cause.Error()
	}
	return text
}

// Unwrap is what made the fault.
func (f *Fault) Unwrap() error { return f.cause }

// names are the properties in which files name their features, the first one that says something counts.
var names = []string{"name", "NAME", "Name", "\u540d\u79f0", "title", "XZQMC"}

// Read reads a GeoJSON feature collection of areas. Every feature is a polygon or several, in degrees, with a name of
// its own. Borders are thinned out to what can be seen.
func Read(data []byte) (Sheet, error) {
	if len(data) > MaxBytes {
		return Sheet{}, &Fault{Code: "large"}
	}
	all, err := unmarshal(data)
	switch {
	case err != nil:
		return Sheet{}, &Fault{Code: "json", cause: err}
	case len(all.Features) == 0:
		return Sheet{}, &Fault{Code: "empty"}
	case len(all.Features) > mostAreas:
		return Sheet{}, &Fault{Code: "many"}
	}
	var sheet Sheet
	known, spots := map[string]bool{}, 0
	for i, f := range all.Features {
		a, n, err := area(i+1, f)
		if err != nil {
			return Sheet{}, err
		}
		if known[a.Name] {
			return Sheet{}, &Fault{Code: "twice", Where: a.Name}
		}
		known[a.Name] = true
		if spots += n; spots > mostSpots {
			return Sheet{}, &Fault{Code: "spots"}
		}
		sheet.Areas = append(sheet.Areas, a)
	}
	return sheet.thinned()
}

// area is a feature as an area, and how many points its borders have.
func area(number int, f *feature) (Area, int, error) {
	where := fmt.Sprint(number)
	if f == nil {
		return Area{}, 0, &Fault{Code: "kind", Where: where}
	}
	a := Area{Name: nameOf(f.Properties)}
	if a.Name == "" || utf8.RuneCountInString(a.Name) > longest {
		return a, 0, &Fault{Code: "name", Where: where}
	}
	drawn := false
	if a.Shape, drawn = f.Geometry.shape(); !drawn {
		return a, 0, &Fault{Code: "kind", Where: a.Name}
	}
	spots, err := a.check()
	return a, spots, err
}

func nameOf(properties map[string]any) string {
	for _, key := range names {
		if text, ok := properties[key].(string); ok && strings.TrimSpace(text) != "" {
			return strings.TrimSpace(text)
		}
	}
	return ""
}

// check holds the borders of an area to degrees and to being borders, and counts their points.
func (a Area) check() (int, error) {
	spots := 0
	for _, polygon := range a.Shape {
		if len(polygon) == 0 {
			return 0, &Fault{Code: "flat", Where: a.Name}
		}
		for _, ring := range polygon {
			if len(ring) < 4 || !ring.Closed() {
				return 0, &Fault{Code: "flat", Where: a.Name}
			}
			spots += len(ring)
			for _, p := range ring {
				if !(math.Abs(p[0]) <= 180 && math.Abs(p[1]) <= 85) { // no number is within nothing
					return 0, &Fault{Code: "degrees", Where: a.Name}
				}
			}
		}
	}
	if spots == 0 {
		return 0, &Fault{Code: "flat", Where: a.Name}
	}
	return spots, nil
}

// fineness is how many parts of the sheet's width can be told apart.
const fineness = 4000

// thinned is a sheet without the points that nobody would see.
func (s Sheet) thinned() (Sheet, error) {
	b := s.bound()
	size := math.Max(b.Max[0]-b.Min[0], b.Max[1]-b.Min[1])
	if size <= 0 {
		return s, &Fault{Code: "flat"}
	}
	for i, a := range s.Areas {
		thin := simplify.DouglasPeucker(size / fineness).MultiPolygon(a.Shape.Clone())
		var kept orb.MultiPolygon
		for _, polygon := range thin {
			if len(polygon) > 0 && len(polygon[0]) >= 4 {
				kept = append(kept, rings(polygon))
			}
		}
		if len(kept) == 0 {
			return s, &Fault{Code: "flat", Where: a.Name}
		}
		s.Areas[i].Shape = kept
	}
	return s, nil
}

// rings are a polygon without the holes that were thinned out to nothing.
func rings(p orb.Polygon) orb.Polygon {
	kept := p[:1]
	for _, hole := range p[1:] {
		if len(hole) >= 4 {
			kept = append(kept, hole)
		}
	}
	return kept
}
