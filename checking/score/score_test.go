package score_test

import (
	"testing"

	"luoshi/checking"
	"luoshi/checking/score"
)

// finding is one of a rule, with figures at the given places.
func finding(rule string, severity checking.Severity, at ...int) checking.Finding {
	f := checking.Finding{Rule: rule, Severity: severity}
	for i, place := range at {
		f.Places = append(f.Places, checking.Place{Quantity: int32(i), At: place})
	}
	return f
}

// verdict is a finding on a target.
func verdict(word string, at ...int) checking.Finding {
	f := finding("target", checking.Note, at...)
	f.Verdict = word
	return f
}

func compare(t *testing.T, key string, findings ...checking.Finding) *score.Report {
	t.Helper()
	list, err := score.Parse([]byte(key))
	if err != nil {
		t.Fatal(err)
	}
	return score.Compare(list, findings)
}

const (
	sumKey   = "## A. Totals\n- **EXACT** 学校: 3@10 + 4@20 + 0@30 = 7; stated 7@5"
	roundKey = "## B. Rates\n- **ROUNDING** 比例: 1.5@10 / 2.5@20 = 60%; stated 60.1@30"
	failKey  = "## A. Totals\n- **FAIL** 桥: 3@10 + 4@20 = 7; stated 8@5"
	equalKey = "## C. Same\n- **EXACT** 任务: 43@10 = 43@20 = 43@30"
	linesKey = "## C. Same\n- **EXACT** 道路: 5@10 = 5@20; 6@30 = 6@40"
)

func TestARelationIsFoundByItsFiguresAndSeverity(t *testing.T) {
	list := func(f ...checking.Finding) []checking.Finding { return f }
	for name, c := range map[string]struct {
		key           string
		findings      []checking.Finding
		right, nearly bool
		found         int
	}{
		"all figures":                {sumKey, list(finding("total", checking.OK, 5, 10, 20, 30)), true, true, 1},
		"in any order":               {sumKey, list(finding("total", checking.OK, 30, 20, 10, 5)), true, true, 1},
		"nothing found":              {sumKey, nil, false, false, 0},
		"called wrong":               {sumKey, list(finding("total", checking.Error, 5, 10, 20, 30)), false, false, 0},
		"without the zero":           {sumKey, list(finding("total", checking.OK, 5, 10, 20)), false, true, 0},
		"without a part":             {sumKey, list(finding("total", checking.OK, 5, 10, 30)), false, false, 0},
		"one figure more":            {sumKey, list(finding("total", checking.OK, 5, 10, 20, 30, 40)), false, true, 0},
		"two figures more":           {sumKey, list(finding("total", checking.OK, 5, 10, 20, 30, 40, 50)), false, false, 0},
		"one more for the zero":      {sumKey, list(finding("total", checking.OK, 5, 10, 20, 40)), false, false, 0},
		"within rounding":            {roundKey, list(finding("rate", checking.Rounding, 10, 20, 30)), true, true, 1},
		"rounding called exact":      {roundKey, list(finding("rate", checking.OK, 10, 20, 30)), false, false, 0},
		"broken, as an error":        {failKey, list(finding("total", checking.Error, 5, 10, 20)), true, true, 1},
		"broken, as a warning":       {failKey, list(finding("total", checking.Warning, 5, 10, 20)), true, true, 1},
		"broken, called right":       {failKey, list(finding("total", checking.OK, 5, 10, 20)), false, false, 0},
		"equals at once":             {equalKey, list(finding("same", checking.OK, 10, 20, 30)), true, true, 1},
		"equals by pairs":            {equalKey, list(finding("same", checking.OK, 30, 20), finding("same", checking.OK, 10, 30)), true, true, 1},
		"equals not all connected":   {equalKey, list(finding("same", checking.OK, 30, 20)), false, false, 0},
		"connected by another one":   {equalKey, list(finding("same", checking.OK, 10, 40), finding("same", checking.OK, 40, 20, 30)), false, false, 0},
		"each equation of a line":    {linesKey, list(finding("same", checking.OK, 10, 20), finding("same", checking.OK, 30, 40)), true, true, 2},
		"one equation of two":        {linesKey, list(finding("same", checking.OK, 10, 20)), false, false, 1},
		"words are no figures":       {roundKey, list(withWords(finding("rate", checking.Rounding, 10, 20, 30))), true, true, 1},
		"two findings, one is right": {sumKey, list(finding("total", checking.OK, 5, 10), finding("total", checking.OK, 5, 10, 20, 30)), true, true, 1},
	} {
		t.Run(name, func(t *testing.T) {
			got := compare(t, c.key, c.findings...).Outcomes[0]
			if got.Right != c.right || got.Nearly != c.nearly || got.Found != c.found {
				t.Errorf("right %v, nearly %v, found %d of %d", got.Right, got.Nearly, got.Found, got.Claims)
			}
		})
	}
}

// withWords adds a passage that is no quantity.
func withWords(f checking.Finding) checking.Finding {
	f.Places = append(f.Places, checking.Place{Quantity: -1, At: 99})
	return f
}

func TestATargetIsRightByItsVerdict(t *testing.T) {
	const (
		missed = "## D. Targets\n- **MISSED** 增速: H1 7@10 vs year target 8@20"
		ahead  = "## D. Targets\n- **ONTRACK** 资金: H1 79@10 / year 110@20"
		words  = "## D. Targets\n- **MET** 居民收入: 城镇 11@10%, 农村 14@20% vs GDP 7@30%"
		open   = "## D. Targets\n- **OPEN** 外资: 15@10 year target; H1 gives 26@20"
		twin   = missed + "\n## C. Same\n- **EXACT** 增速: 7@10 = 7@40"
	)
	list := func(f ...checking.Finding) []checking.Finding { return f }
	for name, c := range map[string]struct {
		key           string
		findings      []checking.Finding
		right, nearly bool
	}{
		"missed":                        {missed, list(verdict("missed", 10, 20)), true, true},
		"more is named":                 {missed, list(verdict("missed", 10, 20, 30)), true, true},
		"another verdict":               {missed, list(verdict("met", 10, 20)), false, false},
		"two verdicts":                  {missed, list(verdict("missed", 10, 20), verdict("behind", 10, 20)), false, false},
		"the result alone":              {missed, list(verdict("missed", 10)), false, false},
		"another rule":                  {missed, list(finding("total", checking.Note, 10, 20)), false, false},
		"where it stands again":         {twin, list(verdict("missed", 40, 20)), false, true},
		"on track is said as ahead":     {ahead, list(verdict("ahead", 10, 20)), true, true},
		"words for a target":            {words, list(verdict("met", 10, 30), verdict("met", 20)), true, true},
		"one of two results":            {words, list(verdict("met", 10, 30)), false, false},
		"open and nothing said":         {open, nil, true, true},
		"open and said so":              {open, list(verdict("open", 10, 20)), true, true},
		"open and decided":              {open, list(verdict("behind", 10, 20)), false, false},
		"one of the open figures alone": {open, list(verdict("behind", 10, 50)), true, true},
	} {
		t.Run(name, func(t *testing.T) {
			got := compare(t, c.key, c.findings...).Outcomes[0]
			if got.Right != c.right || got.Nearly != c.nearly {
				t.Errorf("right %v, nearly %v", got.Right, got.Nearly)
			}
		})
	}
}

func TestErrorsThatTheKeyDoesNotBearOut(t *testing.T) {
	const suspect = "## E. Loose\n- **FAIL** 续建: 40@50 + 10@60 vs 50@70 later\n" + sumKey
	for name, c := range map[string]struct {
		key     string
		finding checking.Finding
		wrong   int
	}{
		"on a relation that fails":             {failKey, finding("total", checking.Error, 5, 10, 20), 0},
		"on one that holds":                    {sumKey, finding("total", checking.Error, 5, 10, 20, 30), 1},
		"on nothing in the key":                {sumKey, finding("total", checking.Error, 80, 90), 1},
		"a warning on nothing":                 {sumKey, finding("total", checking.Warning, 80, 90), 0},
		"on statements that disagree":          {suspect, finding("same", checking.Error, 50, 70), 0},
		"on one of them and something else":    {suspect, finding("same", checking.Error, 50, 80), 1},
		"on a missed target":                   {"## D. T\n- **MISSED** 增速: H1 7@10 / year 8@20", finding("target", checking.Error, 10, 20), 0},
		"by another rule on the missed target": {"## D. T\n- **MISSED** 增速: H1 7@10 / year 8@20", finding("same", checking.Error, 10, 20), 1},
	} {
		if got := compare(t, c.key, c.finding).Wrong; len(got) != c.wrong {
			t.Errorf("%s: %d wrong errors, want %d", name, len(got), c.wrong)
		}
	}
}

func TestWhatTheKeyHoldsApart(t *testing.T) {
	const (
		decoy  = "## D. T\n- **OPEN** 改造: 36@10 target. DECOY: 36.4@20 is another thing"
		unlike = "## E. L\n- **LOOSE** 岗位: 2@10 vs 三千@20: must not be reported as a contradiction"
	)
	for name, c := range map[string]struct {
		key     string
		finding checking.Finding
		paired  int
	}{
		"a decoy paired":             {decoy, verdict("open", 10, 20), 1},
		"a decoy alone":              {decoy, verdict("open", 20, 30), 0},
		"unlike scopes named":        {unlike, finding("same", checking.Note, 10, 20), 0},
		"unlike scopes contradicted": {unlike, finding("same", checking.Warning, 10, 20), 1},
	} {
		if got := compare(t, c.key, c.finding).Paired; len(got) != c.paired {
			t.Errorf("%s: %d paired, want %d", name, len(got), c.paired)
		}
	}
}

func TestWhatWasFoundInstead(t *testing.T) {
	report := compare(t, sumKey, finding("total", checking.OK, 10, 20), finding("total", checking.OK, 10, 80))
	if got := report.Outcomes[0].Instead; len(got) != 1 || got[0].Places[1].At != 20 {
		t.Errorf("found instead %+v, want the finding that shares two figures", got)
	}
}

func TestTheTallyOfASection(t *testing.T) {
	report := compare(t, linesKey+"\n- **EXACT** 桥: 7@50 = 7@60\n"+sumKey,
		finding("same", checking.OK, 10, 20), finding("same", checking.OK, 50, 60), finding("total", checking.OK, 5, 10, 20))
	same := report.Tally(func(r *score.Relation) bool { return r.Section == score.Same })
	if want := (score.Tally{Lines: 2, Right: 1, Nearly: 1, Claims: 3, Found: 2}); same != want {
		t.Errorf("%+v, want %+v", same, want)
	}
	all := report.Tally(func(*score.Relation) bool { return true })
	if want := (score.Tally{Lines: 3, Right: 1, Nearly: 2, Claims: 4, Found: 2}); all != want {
		t.Errorf("%+v, want %+v", all, want)
	}
}
