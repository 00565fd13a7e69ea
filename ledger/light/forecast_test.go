package light

import (
	"strings"
	"testing"

	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

const (
	steady   = "100 200 300 400 500 600 700 800 900 1000 1100 1200"
	backload = "20 40 60 100 150 200 300 400 500 700 900 1200"
)

func TestForecastsTakeTheMethodThatErredLeast(t *testing.T) {
	sales := func(f string) Matter {
		m := measured(target("社会消费品零售总额", ledger.AtLeast, "1300", "元"), ledger.AsSum, ledger.More, f)
		return m
	}
	for name, test := range map[string]struct {
		now    string
		before []string
		method Method
		value  string
		tests  int
		err    string
		look   Outlook
	}{
		"even years go on at their rate":          {"110 220 330", []string{steady, steady, steady}, Seasonal, "1320.00", 2, "0.00", LikelyMet},
		"years that end strongly do so again":     {"22 44 66 110 165 220", []string{backload, backload, backload}, Seasonal, "1320.00", 2, "0.00", LikelyMet},
		"and are missed when they lag":            {"15 30 45 75 110 150", []string{backload, backload, backload}, Seasonal, "900.00", 2, "0.00", LikelyMissed},
		"one year before cannot test a share":     {"110 220 330", []string{steady}, RunRate, "1320.00", 1, "0.00", Open},
		"no year before at all":                   {"110 220 330", nil, RunRate, "1320.00", 0, "", Open},
		"the year is over":                        {"- - - - - - - - - - - 1310", []string{steady}, AsReported, "1310.00", 0, "", LikelyMet},
		"years that differ leave it open":         {"110 220 330 430 540 640", []string{steady, backload, steady}, RunRate, "1280.00", 3, "22.22", Open},
		"a year without its end is not tested on": {"110 220 330", []string{"100 200 300", steady, steady}, RunRate, "1320.00", 2, "0.00", LikelyMet},
	} {
		var before [][]reporting.Point
		for i, f := range test.before {
			before = append(before, sums(2026-len(test.before)+i, f))
		}
		f := ForecastOf(sales(test.now), before, day("2027-02-01"))
		if f.Method != test.method || f.Value.Plain() != test.value || f.Tests != test.tests || f.Error.Plain() != test.err || f.Outlook != test.look {
			t.Errorf("%s: got %s %s ±%s%% on %d, %s: %s", name, f.Method, f.Value.Plain(), f.Error.Plain(), f.Tests, f.Outlook, zh(f.Why))
		}
	}
}

func TestRatesAreForecastAsTheyStand(t *testing.T) {
	m := measured(target("城镇登记失业率", ledger.AtMost, "4", "%"), ledger.AsLatest, ledger.Less, "3.8 3.7 3.6")
	terms := m.Terms
	before := [][]reporting.Point{
		points(terms, 2023, "3.9 3.9 3.9 3.9 3.9 3.9 3.9 3.9 3.9 3.9 3.9 3.8"), points(terms, 2024, "3.7 3.7 3.7 - - - - - - - - 3.8"),
		points(terms, 2025, "3.6 3.6 3.6 - - - - - - - - 3.7"),
	}
	f := ForecastOf(m, before, day("2026-05-01"))
	if f.Method != LastValue || f.Value.Plain() != "3.60" || f.Error.Plain() != "0.10" || !f.Points || !f.Enough || f.Outlook != LikelyMet {
		t.Errorf("got %+v: %s", f, zh(f.Why))
	}
	if f.Low.Plain() != "3.50" || f.High.Plain() != "3.70" {
		t.Errorf("got %s to %s", f.Low.Plain(), f.High.Plain())
	}
	if g := ForecastOf(growth(ledger.AtLeast, "6", ledger.More, "5.1"), nil, day("2026-05-01")); g.Method != LastValue || g.Value.Plain() != "5.10" {
		t.Errorf("growth: got %+v", g)
	}
}

func TestForecastsRestOnLockedFiguresAlone(t *testing.T) {
	m := jobs("1000 2000 3000")
	before := ForecastOf(m, nil, day("2026-05-01"))
	m.Points = append(m.Points, reporting.Point{Period: month(2026, 4), Cumulative: figure("9000"), State: reporting.Reviewed})
	if after := ForecastOf(m, nil, day("2026-05-01")); zh(after.Why) != zh(before.Why) {
		t.Errorf("got %s", zh(after.Why))
	}
}

func TestWhatCannotBeForecast(t *testing.T) {
	for name, m := range map[string]Matter{
		"no figure": jobs(""), "a task": permits(), "words": worded("持续改善", "3"),
	} {
		if f := ForecastOf(m, nil, day("2026-05-01")); f.Value.Known() || f.Outlook != Open || len(f.Why) == 0 {
			t.Errorf("%s: got %+v", name, f)
		}
	}
	if f := ForecastOf(port("- - 6e6 12e6"), nil, day("2026-05-01")); f.Value.Plain() != "36000000" || !strings.Contains(zh(f.Why), "误差未知") {
		t.Errorf("a project: got %s, %s", f.Value.Plain(), zh(f.Why))
	}
}
