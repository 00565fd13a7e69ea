package atlas

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/paulmach/orb"
)

// collection is a GeoJSON feature collection (RFC 7946), as far as areas need it.
type collection struct {
	Type     string     `json:"type"`
	Features []*feature `json:"features"`
}

type feature struct {
	Type       string         `json:"type"`
	Properties map[string]any `json:"properties"`
	Geometry   *geometry      `json:"geometry"`
}

type geometry struct {
	Type        string          `json:"type"`
	Coordinates json.RawMessage `json:"coordinates"`
}

var errCollection = errors.New("it is no FeatureCollection")

// unmarshal reads a collection.
func unmarshal(data []byte) (collection, error) {
	var all collection
	if err := json.Unmarshal(data, &all); err != nil {
		return all, fmt.Errorf("reading GeoJSON: %w", err)
	}
	if all.Type != "FeatureCollection" {
		return all, errCollection
	}
	return all, nil
}

// spots are the coordinates of a polygon, or of several, of which heights and what else may follow are left out.
type spots [][][][]float64

// shape is a geometry as polygons; ok is false where it is something else.
func (g *geometry) shape() (shape orb.MultiPolygon, ok bool) {
	if g == nil {
		return nil, false
	}
	var all spots
	switch g.Type {
	case "Polygon":
		all = make(spots, 1)
		ok = json.Unmarshal(g.Coordinates, &all[0]) == nil
	case "MultiPolygon":
		ok = json.Unmarshal(g.Coordinates, &all) == nil
	}
	if !ok {
		return nil, false
	}
	for _, polygon := range all {
		var rings orb.Polygon
		for _, ring := range polygon {
			var points orb.Ring
			for _, p := range ring {
				if len(p) < 2 {
					return nil, false
				}
				points = append(points, orb.Point{p[0], p[1]})
			}
			rings = append(rings, points)
		}
		shape = append(shape, rings)
	}
	return shape, true
}

// Bytes are the sheet as GeoJSON, as it is kept and handed out. Read gives back the same sheet.
func (s Sheet) Bytes() ([]byte, error) {
	all := collection{Type: "FeatureCollection"}
	for _, a := range s.Areas {
		coordinates, err := json.Marshal(a.Shape)
		if err != nil {
			return nil, fmt.Errorf("writing boundaries: %w", err)
		}
		all.Features = append(all.Features, &feature{
			Type: "Feature", Properties: map[string]any{"name": a.Name}, Geometry: &geometry{Type: "MultiPolygon", Coordinates: coordinates},
		})
	}
	data, err := json.Marshal(all)
	if err != nil {
		return nil, fmt.Errorf("writing boundaries: %w", err)
	}
	return data, nil
}
