package demo

import (
	"bytes"
	_ "embed" // the streets
	"fmt"

	"luoshi/calendar"
	"luoshi/ledger"
)

//go:embed data/streets.geojson
var streets []byte

// mapChapters are how the district comes by its map.
func (t *teller) mapChapters() ([]chapter, error) {
	return []chapter{{calendar.Date{Year: year, Month: 1, Day: 6}, 10, t.loadStreets}}, nil
}

// loadStreets loads the boundaries of the streets and towns.
func (t *teller) loadStreets() error {
	ctx, err := t.as("admin")
	if err != nil {
		return err
	}
	government, err := t.unit.of("district")
	if err != nil {
		return err
	}
	_, err = t.Atlas.Load(ctx, government, "\u671b\u6eaa\u533a\u8857\u9547.geojson", bytes.NewReader(streets), 0)
	return err
}

// places are where the projects lie, by their numbers.
func places() (map[string]ledger.Place, error) {
	all, err := rows("places", 3, 3)
	if err != nil {
		return nil, err
	}
	found := map[string]ledger.Place{}
	for _, r := range all {
		var p ledger.Place
		for column, degrees := range map[int]*ledger.Decimal{1: &p.Longitude, 2: &p.Latitude} {
			if *degrees, err = ledger.ParseDecimal(r.columns[column]); err != nil {
				return nil, r.fault(fmt.Errorf("no degrees: %w", err))
			}
		}
		found[r.columns[0]] = p
	}
	return found, nil
}
