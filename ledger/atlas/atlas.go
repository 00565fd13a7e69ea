// Package atlas is the map of a district without a map service: the boundaries of its streets and towns as somebody hands
// them in, read from GeoJSON and held to what can be drawn, and their drawing on a sheet of paper.
package atlas

import (
	"math"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// Sheet is the boundaries of a district.
type Sheet struct{ Areas []Area }

// Area is a part of the district: a street or a town.
type Area struct {
	Name  string
	Shape orb.MultiPolygon // in degrees, longitude first
}

// Point is a place in degrees.
type Point struct{ Longitude, Latitude float64 }

// At tells in which area a point lies, by its place among them; -1 where it lies in none.
func (s Sheet) At(p Point) int {
	for i, a := range s.Areas {
		if planar.MultiPolygonContains(a.Shape, orb.Point{p.Longitude, p.Latitude}) {
			return i
		}
	}
	return -1
}

// endings are what the same place is called with or without, the longest first: 望湖街道办事处 is 望湖街道, 望湖.
var endings = []string{"人民政府", "街道办事处", "办事处", "街道", "镇", "乡"}

// Find tells which area bears a name or one of its short forms, by its place among them; -1 where none does, or
// where several do.
func (s Sheet) Find(names ...string) int {
	found := -1
	for i, a := range s.Areas {
		for _, name := range names {
			if stem(a.Name) != stem(name) || stem(name) == "" {
				continue
			}
			if found >= 0 && found != i {
				return -1
			}
			found = i
		}
	}
	return found
}

// stem is a name without what it ends in as an office or as a place.
func stem(name string) string {
	name = strings.TrimSpace(name)
	for _, ending := range endings {
		if short := strings.TrimSuffix(name, ending); short != "" {
			name = short
		}
	}
	return name
}

// bound is what everything lies in.
func (s Sheet) bound() orb.Bound {
	bound := orb.MultiPolygon{}.Bound()
	for i, a := range s.Areas {
		if b := a.Shape.Bound(); i == 0 {
			bound = b
		} else {
			bound = bound.Union(b)
		}
	}
	return bound
}

// middle is where the name of an area stands: in the middle of its largest part, or, where a bent part does not hold its
// own middle, at the point of it that is farthest from any border of those looked at.
func (a Area) middle() orb.Point {
	largest, size := orb.Polygon{}, -1.0
	for _, p := range a.Shape {
		if area := math.Abs(planar.Area(p)); area > size {
			largest, size = p, area
		}
	}
	centre, _ := planar.CentroidArea(largest)
	if planar.PolygonContains(largest, centre) {
		return centre
	}
	best, far := centre, -1.0
	b := largest.Bound()
	const steps = 24
	for i := 1; i < steps; i++ {
		for j := 1; j < steps; j++ {
			p := orb.Point{
				b.Min[0] + (b.Max[0]-b.Min[0])*float64(i)/steps, b.Min[1] + (b.Max[1]-b.Min[1])*float64(j)/steps,
			}
			if d := planar.DistanceFrom(largest, p); planar.PolygonContains(largest, p) && d > far {
				best, far = p, d
			}
		}
	}
	return best
}
