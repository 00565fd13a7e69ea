package score_test

import (
	"errors"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"luoshi/checking"
	"luoshi/checking/score"
)

// mutate makes a key of one line for a text in which each figure stands once, and the mutants of it.
func mutate(t *testing.T, text, line string, figures ...string) []score.Mutant {
	t.Helper()
	for _, f := range figures {
		before, _, _ := strings.Cut(text, f)
		line = strings.Replace(line, f+"@", f+"@"+strconv.Itoa(utf8.RuneCountInString(before)), 1)
	}
	key, err := score.Parse([]byte(line))
	if err != nil {
		t.Fatal(err)
	}
	list, err := score.Mutants(text, key, score.FiguresOf(read(t, text)))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// changes lists the mutants of the figure in the order in which they are made, by slip.
func changes(list []score.Mutant, slip score.Slip, figure string) string {
	var got []string
	for _, m := range list {
		if m.Slip == slip && strings.HasPrefix(m.From, figure) {
			got = append(got, m.To)
		}
	}
	return strings.Join(got, " ")
}

func TestEachSlipOfAFigure(t *testing.T) {
	const (
		text = "青棠区完成投资20.95亿元，新建道路40公里，安置1.5万人；旁边写着0.46亿元、107个，人均收入27478元。"
		line = "## A. Totals\n- **EXACT** 各数: 20.95@ + 40@ + 1.5@ + 0.46@ + 107@ = 1; stated 27478@"
	)
	list := mutate(t, text, line, "20.95", "40", "1.5", "0.46", "107", "27478")
	for _, c := range []struct {
		figure string
		slip   score.Slip
		want   string
	}{
		{"20.95", score.Swapped, "29.05 20.59"}, // 02.95 is printed by nobody
		{"20.95", score.Mistyped, "30.95 70.95 21.95 25.95 20.05 20.45 20.96 20.90"},
		{"20.95", score.Tenfold, "209.5"},
		{"20.95", score.Tenth, "2.095"},
		{"20.95", score.Magnitude, "20.95万 20.95万亿"},
		{"40", score.Swapped, ""},
		{"40", score.Tenfold, "400"},
		{"40", score.Tenth, "4"},
		{"40", score.Magnitude, ""},
		{"1.5", score.Swapped, "5.1"},
		{"1.5", score.Magnitude, "1.5亿"},
		{"0.46", score.Swapped, "4.06 0.64"},
		{"0.46", score.Tenfold, "4.6"},
		{"0.46", score.Tenth, "0.046"},
		{"107", score.Tenth, ""},
		{"27478", score.Magnitude, "27478万元"},
	} {
		if got := changes(list, c.slip, c.figure); got != c.want {
			t.Errorf("%s, %s: %q, want %q", c.figure, c.slip, got, c.want)
		}
	}
}

func TestAMutantChangesItsFigureAlone(t *testing.T) {
	const text = "青棠区新建学校7所，其中小学3所、中学4所。"
	list := mutate(t, text, "## A. Totals\n- **EXACT** 学校: 3@ + 4@ = 7; stated 7@", "7", "3", "4")
	for _, m := range list {
		runes := []rune(text)
		want := string(runes[:m.At]) + m.To + string(runes[m.At+len([]rune(m.From)):])
		if got := m.Text(text); got != want {
			t.Errorf("%s to %s: %q, want %q", m.From, m.To, got, want)
		}
		if !m.Distinct {
			t.Errorf("%s to %s breaks the sum", m.From, m.To)
		}
	}
	if len(list) == 0 {
		t.Error("no mutants")
	}
}

// TestMutantsWithinRounding changes a figure so that the relation still holds for values that round to what
// is printed.
func TestMutantsWithinRounding(t *testing.T) {
	const text = "青棠区完成投资13.46亿元，占年度计划56.7亿元的23.7%。全年计划投资56.70亿元。"
	rate := mutate(t, text, "## B. Rates\n- **EXACT** 占比: 13.46@ / 56.7@ = 23.7%; stated 23.7@", "13.46", "56.7", "23.7")
	same := mutate(t, text, "## C. Same\n- **EXACT** 计划: 56.7@ = 56.70@", "56.70", "56.7")
	for _, c := range []struct {
		list     []score.Mutant
		from, to string
		distinct bool
	}{
		{rate, "13.46", "13.47", false}, // 13.47 ÷ 56.7 = 23.76 %, within what 56.7 stands for
		{rate, "13.46", "13.96", true},
		{rate, "56.7", "56.8", false},
		{rate, "23.7", "23.8", false}, // 13.465 ÷ 56.65 = 23.77 %
		{rate, "23.7", "23.2", true},
		{rate, "23.7", "32.7", true},
		{same, "56.70", "56.71", false},
		{same, "56.70", "56.75", false}, // 56.745 may be printed as either
		{same, "56.70", "56.20", true},
		{same, "56.7", "56.8", true},
	} {
		found := false
		for _, m := range c.list {
			if m.From == c.from && m.To == c.to {
				found = true
				if m.Distinct != c.distinct {
					t.Errorf("%s to %s: distinct %v", c.from, c.to, m.Distinct)
				}
			}
		}
		if !found {
			t.Errorf("no mutant has %s for %s", c.to, c.from)
		}
	}
}

func TestWhatFailsIsNotMutated(t *testing.T) {
	const text = "青棠区新建桥8座，其中公路桥3座、人行桥4座。"
	if list := mutate(t, text, "## A. Totals\n- **FAIL** 桥: 3@ + 4@ = 7; stated 8@", "8", "3", "4"); len(list) > 0 {
		t.Errorf("%d mutants of a relation that is broken already", len(list))
	}
}

func TestAKeyOfAnotherText(t *testing.T) {
	key, err := score.Parse([]byte("## C. Same\n- **EXACT** 桥: 3@2 = 3@900"))
	if err != nil {
		t.Fatal(err)
	}
	var stray *score.UnknownPlaceError
	if _, err := score.Mutants("新建桥3座。", key, nil); !errors.As(err, &stray) || stray.Line != 2 {
		t.Errorf("got %v", err)
	}
}

// TestAMutantIsCaughtByANewErrorThatNamesIt gives the scorer findings that do not depend on the text, except
// that the places behind the changed figure move.
func TestAMutantIsCaughtByANewErrorThatNamesIt(t *testing.T) {
	const text = "青棠区新建学校7所，其中小学3所、中学4所，另有桥5座。"
	all := mutate(t, text, "## A. Totals\n- **EXACT** 学校: 3@ + 4@ = 7; stated 7@", "7", "3", "4")
	var longer score.Mutant
	for _, m := range all {
		if m.From == "3" && m.To == "30" {
			longer = m
		}
	}
	if longer.Longer != 1 {
		t.Fatalf("30 for 3 makes the text longer by %d", longer.Longer)
	}
	old := finding("total", checking.Error, 3, 22)
	for name, c := range map[string]struct {
		after  checking.Finding
		caught bool
		errors int
	}{
		"an error that names it":      {finding("total", checking.Error, 7, longer.At), true, 1},
		"a warning that names it":     {finding("total", checking.Warning, 7, longer.At), false, 0},
		"an error on something else":  {finding("total", checking.Error, 7, 18), false, 1},
		"the old error, moved behind": {finding("total", checking.Error, 3, 23), false, 0},
	} {
		trials, err := score.Try(text, []score.Mutant{longer}, func(s string) ([]checking.Finding, error) {
			if s == text {
				return []checking.Finding{old}, nil
			}
			return []checking.Finding{c.after}, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if trials[0].Caught != c.caught || len(trials[0].Errors) != c.errors {
			t.Errorf("%s: caught %v with %d new errors", name, trials[0].Caught, len(trials[0].Errors))
		}
	}
}

func TestTrialsAreCountedBySlip(t *testing.T) {
	trial := func(slip score.Slip, distinct, caught bool) score.Trial {
		return score.Trial{Mutant: score.Mutant{Slip: slip, Distinct: distinct}, Caught: caught}
	}
	got := score.Caught([]score.Trial{
		trial(score.Swapped, true, true), trial(score.Swapped, true, false), trial(score.Tenth, false, false),
		trial(score.Tenth, false, true), // named although nothing is broken: not asked for
	})
	want := [score.Slips]score.Catch{
		score.Swapped: {Caught: 1, Distinct: 2},
		score.Tenth:   {Indistinct: 2},
	}
	if got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestATextThatCannotBeCheckedStopsTheTrial(t *testing.T) {
	broken := errors.New("not now")
	_, err := score.Try("", nil, func(string) ([]checking.Finding, error) { return nil, broken })
	if !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}
