package score

import (
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/reading"
	"luoshi/reading/numeral"
)

// base is a record that the cases below change.
const base = `{"at":7,"surface":"6%","value":6,"unit":"%","cmp":"approx","measure":"growth",` +
	`"subject":"地区生产总值","by":"2021-12-31","kind":"target","firm":true}`

func parse(t testing.TB, lines string) []Record {
	t.Helper()
	list, err := Parse([]byte(lines))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestWhatIsWrongWithARecord(t *testing.T) {
	for _, c := range []struct {
		name       string
		gold, read string // what to replace in base, "old=>new"; "" leaves it
		wrong      string
	}{
		{"the same", "", "", ""},
		{"another value", "", `"value":6=>"value":6.1`, "value"},
		{"a value within one part in 10⁹", `"value":6=>"value":6000000000`, `"value":6=>"value":6000000006`, ""},
		{"a value just outside", `"value":6=>"value":6000000000`, `"value":6=>"value":6000000007`, "value"},
		{"below 1 the tolerance does not shrink", `"value":6=>"value":0`, `"value":6=>"value":1e-9`, ""},
		{"no value", "", `"value":6,=>`, "value"},
		{"a range for a number", "", `"value":6=>"value":6,"value2":7`, "value"},
		{"a number for a range", `"value":6=>"value":6,"value2":7`, "", "value"},
		{"another end of a range", `"value":6=>"value":6,"value2":7`, `"value":6=>"value":6,"value2":8`, "value"},
		{"an upper end of null is none", "", `"value":6=>"value":6,"value2":null`, ""},
		{"another unit", "", `"unit":"%"=>"unit":"\uff05"`, "unit"},
		{"no unit is not the empty unit", `"unit":"%"=>"unit":""`, `"unit":"%",=>`, "unit"},
		{"another comparator", "", `approx=>eq`, "cmp"},
		{"another measure", "", `growth=>level`, "measure"},
		{"another date", "", `12-31=>06-30`, "by"},
		{"no date", "", `"by":"2021-12-31",=>`, "by"},
		{"no date in either", `"by":"2021-12-31",=>`, `"2021-12-31"=>null`, ""},
		{"another kind", "", `"target"=>"result"`, "kind"},
		{"softened", "", `"firm":true=>"firm":false`, "firm"},
		{"firm unless it says otherwise", "", `,"firm":true=>`, ""},
		{"firmness of a result is not asked for", `"target","firm":true=>"result"`, `"target","firm":true=>"result","firm":false`, ""},
		{"several fields", "", `"unit":"%","cmp":"approx"=>"unit":"个","cmp":"eq"`, "unit cmp"},
		{"the surface is not judged", "", `"6%"=>"6%左右"`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			tally, differences := Compare(parse(t, changed(t, c.gold)), parse(t, changed(t, c.read)))
			var wrong []string
			for _, d := range differences {
				wrong = append(wrong, d.Field.String())
				if tally.Right[d.Field] != 0 {
					t.Errorf("%s counts as right and as wrong", d.Field)
				}
			}
			if got := strings.Join(wrong, " "); got != c.wrong {
				t.Errorf("wrong: %q, want %q", got, c.wrong)
			}
			if whole := tally.Whole == 1; tally.Found != 1 || whole != (c.wrong == "") {
				t.Errorf("found %d, whole %d", tally.Found, tally.Whole)
			}
		})
	}
}

func changed(t *testing.T, change string) string {
	t.Helper()
	if change == "" {
		return base
	}
	from, to, _ := strings.Cut(change, "=>")
	if !strings.Contains(base, from) {
		t.Fatalf("%q is not in the record", from)
	}
	return strings.Replace(base, from, to, 1)
}

func TestSubjectsThatAreAlike(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"", "", true},
		{"公厕", "", false},
		{"", "公厕", false},
		{"公厕", "新建公厕", true},   // 2 × 2 / 6: two thirds exactly
		{"公厕", "新建的公厕", false}, // 4 / 7
		{"重点项目", "项目重点", true},
		{"重重", "重点", false}, // a bag: 重 is shared once
		{"人人人", "人人", true},
		{"总投资", "年度计划投资", false},
		{"“科学家+工程师”团队", "团队", false},
		{"A股", "a股", false},
	} {
		if got := alike(c.a, c.b); got != c.want {
			t.Errorf("%q and %q alike: %v, want %v", c.a, c.b, got, c.want)
		}
		if alike(c.a, c.b) != alike(c.b, c.a) {
			t.Errorf("%q and %q: the order matters", c.a, c.b)
		}
	}
}

func at(places ...string) string {
	var lines strings.Builder
	for _, place := range places {
		lines.WriteString(strings.Replace(base, `"at":7`, `"at":`+place, 1) + "\n")
	}
	return lines.String()
}

func TestMeasuresOfFinding(t *testing.T) {
	for _, c := range []struct {
		name                         string
		gold, read                   string
		precision, recall, f1, whole float64
	}{
		{"nothing at all", "", "", 0, 0, 0, 0},
		{"nothing read", at("1", "2"), "", 0, 0, 0, 0},
		{"nothing to read", "", at("1"), 0, 0, 0, 0},
		{"all", at("1", "2"), at("2", "1"), 1, 1, 1, 1},
		{"half missed", at("1", "2"), at("1"), 1, 0.5, 2. / 3, 2. / 3},
		{"three extra", at("1"), at("1", "2", "3", "4"), 0.25, 1, 0.4, 0.4},
		{"found, wrong in a field", at("1"), strings.Replace(at("1"), "growth", "share", 1), 1, 1, 1, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			tally, differences := Compare(parse(t, c.gold), parse(t, c.read))
			got := [4]float64{tally.Precision(), tally.Recall(), tally.F1(), tally.WholeF1()}
			if want := [4]float64{c.precision, c.recall, c.f1, c.whole}; got != want {
				t.Errorf("precision, recall, F1, whole F1: %v, want %v", got, want)
			}
			if most := tally.Gold + tally.Read - 2*tally.Whole; len(differences) > most || (most > 0) != (len(differences) > 0) {
				t.Errorf("%d differences", len(differences))
			}
		})
	}
}

func TestDifferencesComeInTheOrderOfTheText(t *testing.T) {
	read := strings.Replace(at("2", "9", "8"), "growth", "share", 1)
	_, differences := Compare(parse(t, at("1", "2", "3")), parse(t, read))
	var got []string
	for _, d := range differences {
		switch {
		case d.Read == nil:
			got = append(got, "missed")
		case d.Gold == nil:
			got = append(got, "extra")
		default:
			got = append(got, d.Gold.Text(d.Field)+" read "+d.Read.Text(d.Field))
		}
	}
	if got, want := strings.Join(got, ", "), "missed, growth read share, missed, extra, extra"; got != want {
		t.Errorf("%s; want %s", got, want)
	}
}

func TestTalliesAddUp(t *testing.T) {
	one, _ := Compare(parse(t, at("1", "2")), parse(t, at("1")))
	other, _ := Compare(parse(t, at("3")), parse(t, at("3", "4")))
	both, _ := Compare(parse(t, at("1", "2", "3")), parse(t, at("1", "3", "4")))
	if got := one.Plus(other); got != both {
		t.Errorf("%+v, want %+v", got, both)
	}
}

func TestParse(t *testing.T) {
	for _, c := range []struct {
		name, lines string
		places      []int
		fault       string
	}{
		{"nothing", "", nil, ""},
		{"blank lines and no last line break", "\n" + `{"at":3}` + "\r\n \n" + `{"at":1,"doc":"a.txt"}`, []int{3, 1}, ""},
		{"twice at a place", at("1", "2", "1"), []int{1, 2}, ""},
		{"not JSON", `{"at":3}` + "\nat 5", nil, "line 2"},
		{"no place", `{"surface":"6%"}`, nil, "where it stands"},
		{"a place before the text", `{"at":-1}`, nil, "where it stands"},
		{"a number as a word", `{"at":3,"unit":5}`, nil, "line 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			list, err := Parse([]byte(c.lines))
			if (err != nil) != (c.fault != "") || err != nil && !strings.Contains(err.Error(), c.fault) {
				t.Fatalf("error %v, want %q", err, c.fault)
			}
			if len(list) != len(c.places) {
				t.Fatalf("%d records, want %d", len(list), len(c.places))
			}
			for i, place := range c.places {
				if list[i].At != place {
					t.Errorf("record %d stands at %d, want %d", i, list[i].At, place)
				}
			}
		})
	}
}

func TestTheLastRecordAtAPlaceCounts(t *testing.T) {
	list := parse(t, at("1")+strings.Replace(at("1"), "growth", "share", 1))
	if got := list[0].Text(Measure); got != "share" {
		t.Errorf("measure %s, want that of the last line", got)
	}
}

func TestAQuantityIsScoredAsItIsWritten(t *testing.T) {
	by := calendar.Date{Year: 2021, Month: 12, Day: 31}
	list, err := Of(&reading.Reading{Quantities: []reading.Quantity{
		{At: 7, Surface: "6%", Value: numeral.Int(6), Unit: "%", Cmp: reading.Approximately, Measure: reading.Growth,
			Subject: "地区生产总值", By: by, Kind: reading.Target, Firm: true},
		{At: 20, Value: numeral.Int(1), Upper: numeral.Int(2), Unit: "个", Cmp: reading.Between, Kind: reading.Result},
	}})
	if err != nil {
		t.Fatal(err)
	}
	if tally, differences := Compare(parse(t, base), list[:1]); tally.Whole != 1 {
		t.Errorf("differs from its line: %+v", differences)
	}
	for f, want := range map[Field]string{Value: "1–2", Unit: "个", Cmp: "between", Measure: "level", Kind: "result", Subject: ""} {
		if got := list[1].Text(f); got != want {
			t.Errorf("%s is %q, want %q", f, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(base))
	f.Add([]byte(at("1", "2", "1")))
	f.Add([]byte(`{"at":1,"value":1e308,"value2":-1e308,"subject":"\ud800"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		list, err := Parse(data)
		if err != nil {
			return
		}
		tally, differences := Compare(list, list)
		if tally.Whole != len(list) || len(differences) != 0 {
			t.Errorf("records differ from themselves: %+v", differences)
		}
	})
}
