package atlas

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"luoshi/ledger"
)

// square is a feature of a square degree part with its south-west corner at a place.
func square(name string, west, south float64) string {
	return fmt.Sprintf(`{"type":"Feature","properties":{"name":%q},"geometry":{"type":"Polygon","coordinates":[[[%g,%g],[%g,%g],[%g,%g],[%g,%g],[%g,%g]]]}}`,
		name, west, south, west+.1, south, west+.1, south+.1, west, south+.1, west, south)
}

func file(features ...string) []byte {
	return []byte(`{"type":"FeatureCollection","features":[` + strings.Join(features, ",") + `]}`)
}

func two(t *testing.T) Sheet {
	t.Helper()
	sheet, err := Read(file(square("望湖街道", 124, 29), square("东塘镇", 124.1, 29)))
	if err != nil {
		t.Fatal(err)
	}
	return sheet
}

func TestAreasAreFoundByTheNamesOfTheirOffices(t *testing.T) {
	sheet := two(t)
	for names, want := range map[string]int{
		"望湖街道办事处": 0, "望湖街道": 0, "望湖": 0, "东塘镇人民政府": 1, "东塘镇": 1, "区财政局": -1, "街道": -1, "": -1,
		"望湖街道书院社区": -1,
	} {
		if got := sheet.Find(names); got != want {
			t.Errorf("%s is area %d, want %d", names, got, want)
		}
	}
	if got := sheet.Find("望湖街道", "东塘镇"); got != -1 {
		t.Errorf("names of two areas find %d", got)
	}
}

func TestPointsLieInAreas(t *testing.T) {
	sheet := two(t)
	for _, c := range []struct {
		at   Point
		want int
	}{{Point{124.05, 29.05}, 0}, {Point{124.15, 29.05}, 1}, {Point{125, 29.05}, -1}} {
		if got := sheet.At(c.at); got != c.want {
			t.Errorf("%v lies in %d, want %d", c.at, got, c.want)
		}
	}
}

func TestASheetIsKeptAsItIs(t *testing.T) {
	data, err := two(t).Bytes()
	if err != nil {
		t.Fatal(err)
	}
	again, err := Read(data)
	if err != nil {
		t.Fatal(err)
	}
	if same, _ := again.Bytes(); string(same) != string(data) {
		t.Errorf("%s became %s", data, same)
	}
}

func TestADrawingHasNorthAboveAndStaysOnThePaper(t *testing.T) {
	d := two(t).Draw(1000, 20)
	if d.Height <= 40 || d.Height > 840 || len(d.Areas) != 2 {
		t.Fatalf("%+v", d)
	}
	if d.Areas[0].X >= d.Areas[1].X {
		t.Errorf("the west is drawn at %g, the east at %g", d.Areas[0].X, d.Areas[1].X)
	}
	if !strings.HasPrefix(d.Areas[0].Path, "M") || !strings.HasSuffix(d.Areas[0].Path, "Z") {
		t.Errorf("the path is %s", d.Areas[0].Path)
	}
	_, south, ok := d.Place(Point{124.05, 29.01})
	_, north, also := d.Place(Point{124.05, 29.09})
	if !ok || !also || north >= south {
		t.Errorf("the north is drawn at %g, the south at %g", north, south)
	}
	if _, _, ok := d.Place(Point{130, 29}); ok {
		t.Error("what is far away is drawn")
	}
	if empty := (Sheet{}).Draw(1000, 20); len(empty.Areas) != 0 {
		t.Errorf("of nothing there is drawn %+v", empty)
	}
}

// A bent area does not hold its own middle; its name stands within it all the same.
func TestTheNameOfABentAreaStandsWithinIt(t *testing.T) {
	bent := `{"type":"Feature","properties":{"name":"弯"},"geometry":{"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[9,10],[9,1],[1,1],[1,10],[0,10],[0,0]]]}}`
	sheet, err := Read(file(bent))
	if err != nil {
		t.Fatal(err)
	}
	middle := sheet.Areas[0].middle()
	if sheet.At(Point{middle[0], middle[1]}) != 0 {
		t.Errorf("the name stands at %v", middle)
	}
}

func TestBoundariesThatCannotBeDrawn(t *testing.T) {
	line := `{"type":"Feature","properties":{"name":"线"},"geometry":{"type":"LineString","coordinates":[[1,1],[2,2]]}}`
	open := `{"type":"Feature","properties":{"name":"开"},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1]]]}}`
	point := `{"type":"Feature","properties":{"name":"点"},"geometry":{"type":"Polygon","coordinates":[[[1,1],[1,1],[1,1],[1,1]]]}}`
	for name, c := range map[string]struct {
		data []byte
		code string
	}{
		"too large":        {make([]byte, MaxBytes+1), "large"},
		"no JSON":          {[]byte("street"), "json"},
		"no features":      {file(), "empty"},
		"too many":         {file(strings.Split(strings.Repeat(square("a", 1, 1)+"|", mostAreas+1), "|")[:mostAreas+1]...), "many"},
		"a line":           {file(line), "kind"},
		"nothing":          {file("null"), "kind"},
		"no name":          {file(square(" ", 1, 1)), "name"},
		"a long name":      {file(square(strings.Repeat("长", longest+1), 1, 1)), "name"},
		"twice":            {file(square("甲", 1, 1), square("甲", 2, 2)), "twice"},
		"in metres":        {file(square("甲", 500000, 3300000)), "degrees"},
		"an open ring":     {file(open), "flat"},
		"without any size": {file(point), "flat"},
	} {
		var fault *Fault
		if _, err := Read(c.data); !errors.As(err, &fault) || fault.Code != c.code || fault.Error() == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Steps are as fine as the shares allow, so that streets that differ little are still told apart.
func TestSharesAreColouredInSteps(t *testing.T) {
	for _, c := range []struct {
		shares []int64
		want   Scale
		steps  []int
	}{
		{[]int64{80, 84, 89}, Scale{80, 2}, []int{1, 3, 5}},
		{[]int64{0, 55, 100}, Scale{0, 20}, []int{1, 3, 5}},
		{[]int64{90, 100}, Scale{90, 2}, []int{1, 5}},
		{[]int64{10, 260}, Scale{0, 20}, []int{1, 5}},
		{nil, Scale{0, 20}, nil},
	} {
		var shares []ledger.Decimal
		for _, share := range c.shares {
			shares = append(shares, ledger.Int(share))
		}
		scale := ScaleOf(append(shares, ledger.Decimal{})...)
		if scale != c.want {
			t.Errorf("%v are on %+v, want %+v", c.shares, scale, c.want)
		}
		for i, want := range c.steps {
			if got := scale.Step(shares[i]); got != want {
				t.Errorf("%d%% of %v is step %d, want %d", c.shares[i], c.shares, got, want)
			}
		}
	}
	if (Scale{Wide: 20}).Step(ledger.Decimal{}) != 0 {
		t.Error("what is not known has a step")
	}
}

func FuzzRead(f *testing.F) {
	f.Add(file(square("望湖街道", 124, 29), square("东塘镇", 124.1, 29)))
	f.Add([]byte(`{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,"properties":null}]}`))
	if data, err := os.ReadFile("../../internal/demo/data/streets.geojson"); err == nil {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		sheet, err := Read(data)
		if err != nil {
			return
		}
		d := sheet.Draw(1000, 20)
		if len(d.Areas) != len(sheet.Areas) || strings.Contains(d.Areas[0].Path, "NaN") {
			t.Errorf("%d areas are drawn as %+v", len(sheet.Areas), d)
		}
		kept, err := sheet.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Read(kept); err != nil {
			t.Errorf("what was kept cannot be read: %v", err)
		}
	})
}
