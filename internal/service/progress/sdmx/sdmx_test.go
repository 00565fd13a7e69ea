package sdmx_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"luoshi/internal/service/progress/sdmx"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

var update = flag.Bool("update", false, "write the expected files anew")

func decimal(t *testing.T, text string) ledger.Decimal {
	t.Helper()
	d, err := ledger.ParseDecimal(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func month(n int) reporting.Period {
	return reporting.Period{Frequency: reporting.Monthly, Year: 2026, Number: n}
}

// district is a set with all that the messages can hold: both bases, a rate, a correction, two frequencies.
func district(t *testing.T) sdmx.Set {
	t.Helper()
	retail, air := ledger.IndicatorID("retail"), ledger.IndicatorID("air")
	figure := func(i ledger.IndicatorID, u ledger.UnitID, p reporting.Period, basis reporting.Basis, value string) sdmx.Figure {
		return sdmx.Figure{Indicator: i, Unit: u, Period: p, Basis: basis, Value: decimal(t, value), Source: reporting.ObservationID("o-" + p.Key())}
	}
	february := figure(retail, "commerce", month(2), reporting.Cumulative, "15.940")
	february.Growth, february.Corrected = decimal(t, "-3.5"), true
	derived := figure(retail, "commerce", month(2), reporting.OfPeriod, "7.94")
	derived.Derived = true
	rate := figure(air, "ecology", reporting.Period{Frequency: reporting.TenDays, Year: 2026, Number: 3}, reporting.Cumulative, "98")
	rate.Numerator, rate.Denominator = decimal(t, "30"), decimal(t, "31")
	return sdmx.Set{
		ID: "plan", Title: ledger.Wording{ZH: "望溪区2026年计划", EN: "Plan of 2026"},
		Sender:   sdmx.Code{ID: "government", Words: ledger.Wording{ZH: "望溪区人民政府", EN: "Wangxi District"}},
		Prepared: time.Date(2026, 7, 1, 1, 2, 3, 0, time.UTC),
		Indicators: []sdmx.Indicator{
			{ID: retail, Name: "社会消费品零售总额", Unit: "亿元", Scope: "=限额以上", Aggregation: ledger.AsSum, Direction: ledger.More},
			{ID: air, Name: "空气优良天数比率", Unit: "%", Aggregation: ledger.AsAverage, Direction: ledger.More},
		},
		Units: []sdmx.Code{
			{ID: "commerce", Words: ledger.Wording{ZH: "商务局", EN: "商务局"}}, {ID: "ecology", Words: ledger.Wording{ZH: "生态环境局", EN: "生态环境局"}},
		},
		Figures: []sdmx.Figure{rate, february, derived, figure(retail, "commerce", month(1), reporting.Cumulative, "8.00")},
	}
}

func TestMessagesAreAsExpected(t *testing.T) {
	set := district(t)
	for name, write := range map[string]func(io.Writer) error{
		"data.json": set.WriteData, "structure.json": set.WriteStructure, "table.csv": set.WriteCSV, "dictionary.csv": set.WriteDictionary,
	} {
		var got bytes.Buffer
		if err := write(&got); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(path, got.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got.Bytes(), want) {
			t.Errorf("%s differs; look at it and run with -update:\n%s", name, got.String())
		}
	}
}

// TestDataCanBeReadBack follows the places of the message to the values that they stand for, as its readers do.
func TestDataCanBeReadBack(t *testing.T) {
	var out bytes.Buffer
	if err := district(t).WriteData(&out); err != nil {
		t.Fatal(err)
	}
	type values struct {
		ID     string `json:"id"`
		Values []struct {
			ID    string `json:"id"`
			Value string `json:"value"`
		} `json:"values"`
	}
	var m struct {
		Data struct {
			Structures []struct {
				Dimensions struct {
					Series      []values `json:"series"`
					Observation []values `json:"observation"`
				} `json:"dimensions"`
			} `json:"structures"`
			DataSets []struct {
				Series map[string]struct {
					Observations map[string][]any `json:"observations"`
				} `json:"series"`
			} `json:"dataSets"`
		} `json:"data"`
	}
	decoder := json.NewDecoder(&out)
	decoder.UseNumber()
	if err := decoder.Decode(&m); err != nil {
		t.Fatal(err)
	}
	dimensions := m.Data.Structures[0].Dimensions
	got := map[string]string{}
	for key, series := range m.Data.DataSets[0].Series {
		var about []string
		for i, place := range strings.Split(key, ":") {
			about = append(about, dimensions.Series[i].Values[number(t, place)].ID)
		}
		for at, observation := range series.Observations {
			when := dimensions.Observation[0].Values[number(t, at)]
			got[strings.Join(append(about, when.ID+when.Value), " ")] = observation[0].(json.Number).String()
		}
	}
	want := map[string]string{
		"M retail commerce C 2026-01": "8.00", "M retail commerce C 2026-02": "15.940", "M retail commerce P 2026-02": "7.94",
		"T air ecology C 2026-01-21/P11D": "98",
	}
	for key, value := range want {
		if got[key] != value {
			t.Errorf("%s is %q and not %q", key, got[key], value)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d figures and not %d: %v", len(got), len(want), got)
	}
}

func number(t *testing.T, text string) int {
	t.Helper()
	var n int
	if err := json.Unmarshal([]byte(text), &n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestEveryColumnOfTheTableStandsInTheDictionary(t *testing.T) {
	var figures, dictionary bytes.Buffer
	set := district(t)
	if err := set.WriteCSV(&figures); err != nil {
		t.Fatal(err)
	}
	if err := set.WriteDictionary(&dictionary); err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, line := range lines(t, &dictionary) {
		known[line[0]+line[1]] = true
	}
	table := lines(t, &figures)
	for i, heading := range table[0] {
		name, isName := strings.CutSuffix(heading, "_NAME")
		if !known[name] {
			t.Errorf("the dictionary has no %s", name)
		}
		for _, line := range table[1:] {
			if isName && !known[name+line[i-1]] {
				t.Errorf("the dictionary has no code %s of %s", line[i-1], name)
			}
		}
	}
}

func TestWordsAreNeverTakenForFormulas(t *testing.T) {
	var out bytes.Buffer
	if err := district(t).WriteCSV(&out); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "'=限额以上") || strings.Contains(out.String(), "'-3.5") {
		t.Errorf("words beginning like a formula are quoted, and figures are not:\n%s", out.String())
	}
}

func lines(t *testing.T, r io.Reader) [][]string {
	t.Helper()
	all, err := csv.NewReader(r).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	all[0][0] = strings.TrimPrefix(all[0][0], "\ufeff")
	return all
}

func TestPeriodsInTheNotationOfSDMX(t *testing.T) {
	for key, want := range map[string]string{
		"2026-Y1": "2026", "2026-H2": "2026-S2", "2026-Q3": "2026-Q3", "2026-M09": "2026-09", "2026-T06": "2026-02-21/P8D", "2026-T01": "2026-01-01/P10D",
	} {
		p, err := reporting.ParsePeriod(key)
		if err != nil {
			t.Fatal(err)
		}
		if got := sdmx.TimeOf(p); got != want {
			t.Errorf("%s is %s and not %s", key, got, want)
		}
	}
}

func TestASetWithoutFiguresIsStillAMessage(t *testing.T) {
	set := district(t)
	set.Figures, set.Indicators, set.Units = nil, nil, nil
	for _, write := range []func(io.Writer) error{set.WriteData, set.WriteStructure, set.WriteCSV, set.WriteDictionary} {
		var out bytes.Buffer
		if err := write(&out); err != nil || out.Len() == 0 {
			t.Errorf("%d bytes, %v", out.Len(), err)
		}
	}
}
