package intake

import (
	"strconv"
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/ledger"
	"luoshi/reading"
)

// entered are the commitments of the sample, all accepted.
func entered(t *testing.T) []ledger.Commitment {
	t.Helper()
	r, p := sample(t)
	var all []ItemID
	for _, i := range p.Items {
		all = append(all, i.ID)
	}
	must(t, r, Event{Op: Accept, Items: all})
	next := 100
	commitments, found := r.Enter(Entry{
		Plan: ledger.PlanID(uuid(9)), Tree: units(t), On: calendar.LastDay(2026, 1), NewID: func() string { next++; return uuid(next) },
	})
	if len(found) > 0 {
		t.Fatal(found)
	}
	return commitments
}

// promise is a commitment of a kind with targets.
func promised(t *testing.T, kind ledger.CommitmentKind, wording string, targets ...ledger.Target) ledger.Commitment {
	t.Helper()
	passage, err := ledger.Quote(ledger.Digest(strings.Repeat("0c", 32)), wording, 0, len([]rune(wording)))
	if err != nil {
		t.Fatal(err)
	}
	return ledger.NewCommitment(ledger.CommitmentTerms{
		ID: ledger.CommitmentID(uuid(50)), Plan: ledger.PlanID(uuid(9)), Title: wording, Kind: kind, State: ledger.Prepared,
		Targets: targets, By: calendar.LastDay(2026, 6),
	}, passage)
}

func ids() func() string {
	next := 500
	return func() string { next++; return uuid(next) }
}

var planOf2026 = ledger.Plan{ID: ledger.PlanID(uuid(9)), Year: 2026}

func TestIndicatorsAreMadeOnceAndFollowed(t *testing.T) {
	commitments := entered(t)
	made := Make(planOf2026, commitments, nil, nil, ids())
	if found := ledger.ValidateIndicators(made.Indicators); len(found) > 0 || len(made.Indicators) == 0 {
		t.Errorf("%d indicators, %v", len(made.Indicators), found)
	}
	followed := 0
	for _, c := range made.Commitments {
		for _, target := range c.Targets {
			if target.Indicator != "" {
				followed++
			}
		}
	}
	if followed < len(made.Indicators) {
		t.Errorf("%d targets follow %d indicators", followed, len(made.Indicators))
	}
	again := Make(planOf2026, commitments, made.Projects, made.Indicators, ids())
	if len(again.Indicators)+len(again.Projects) != 0 {
		t.Errorf("what is there is made again: %+v", again)
	}
}

func TestAMeasureOfThePlanItselfBecomesItsIndicator(t *testing.T) {
	target := ledger.Target{Number: 1, Subject: "望溪杯赛事场次", Unit: "场", Cmp: ledger.AtLeast, Value: ledger.Int(12), Measure: ledger.Level}
	c := promised(t, ledger.KindIndicator, "举办望溪杯赛事12场以上", target)
	made := Make(planOf2026, []ledger.Commitment{c, c}, nil, nil, ids())
	if len(made.Indicators) != 1 || made.Indicators[0].Direction != ledger.More || !made.Indicators[0].Own() {
		t.Fatalf("got %+v", made.Indicators)
	}
	if got := made.Commitments[1].Targets[0].Indicator; got != made.Indicators[0].ID {
		t.Errorf("the second follows %q", got)
	}
}

func TestProjectsAreMadeOfWhatBuildsOne(t *testing.T) {
	total := ledger.Target{Number: 1, Subject: "总投资", Unit: "元", Cmp: ledger.Equal, Value: ledger.Int(90_000_000), Measure: ledger.Level}
	year := ledger.Target{Number: 2, Subject: "年度计划投资", Unit: "元", Cmp: ledger.Equal, Value: ledger.Int(40_000_000), Measure: ledger.Level}
	count := ledger.Target{Number: 1, Subject: "重点建设项目", Unit: "个", Cmp: ledger.Equal, Value: ledger.Int(73), Measure: ledger.Level}
	for _, tc := range []struct {
		name       string
		commitment ledger.Commitment
		want       string
	}{
		{"a park that is finished", promised(t, ledger.KindProject, "建成望溪湿地公园", total, year), "ecology preparing 90000000 2026:40000000 2026-06-30"},
		{"a road that is begun", promised(t, ledger.KindProject, "开工建设望溪大桥"), "infrastructure preparing"},
		{"one in reserve", promised(t, ledger.KindProject, "谋划望溪老旧小区改造工程"), "city_renewal reserve"},
		{"so and so many", promised(t, ledger.KindProject, "安排重点建设项目73个", count), "none"},
		{"money alone", promised(t, ledger.KindProject, "总投资9000万元", total), "none"},
		{"projects in general", promised(t, ledger.KindProject, "加快重点项目进度"), "none"},
		{"no project", promised(t, ledger.KindTask, "建成望溪湿地公园"), "none"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			made := Make(planOf2026, []ledger.Commitment{tc.commitment}, nil, nil, ids())
			if got := brief(made.Projects); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
			if found := ledger.ValidateProjects(made.Projects); len(found) > 0 {
				t.Error(found)
			}
			if (made.Commitments[0].Project != "") != (tc.want != "none") {
				t.Errorf("the commitment is of project %q", made.Commitments[0].Project)
			}
		})
	}
}

// brief is the first project in short.
func brief(projects []ledger.Project) string {
	if len(projects) == 0 {
		return "none"
	}
	p := projects[0]
	parts := []string{string(p.Category), string(p.Stage)}
	if p.Total.Known() {
		parts = append(parts, p.Total.String())
	}
	for _, y := range p.Years {
		parts = append(parts, strconv.Itoa(y.Year)+":"+y.Planned.String())
	}
	if !p.Completion.IsZero() {
		parts = append(parts, p.Completion.String())
	}
	return strings.Join(parts, " ")
}

func TestWhatIsSelectedBringsItsFigures(t *testing.T) {
	_, doc := proposed(t, "testdata/plan.txt")
	figures := Figures(reading.Read(doc, reading.Options{}))
	const words = "，9月底前建成社区食堂12个、农村幸福院20个。"
	begin := runeIndex(doc.Text, words)
	passage, err := ledger.Quote(ledger.Digest(doc.Digest), doc.Text, begin, begin+len([]rune(words)))
	if err != nil {
		t.Fatal(err)
	}
	item := Select(passage, 4, figures)
	if item.Title != "9月底前建成社区食堂12个、农村幸福院20个" || len(item.Targets) != 2 || item.Targets[1].Number != 2 || item.Section != 4 {
		t.Errorf("got %+v", item)
	}
	if item.By != calendar.LastDay(2026, 9) {
		t.Errorf("it is due %s", item.By)
	}
	blank, err := ledger.Quote(ledger.Digest(doc.Digest), doc.Text, begin, begin+1)
	if err != nil {
		t.Fatal(err)
	}
	if item := Select(blank, 0, figures); len(item.Source) != 0 {
		t.Errorf("a comma is no promise: %+v", item)
	}
}

func TestALaterVersionIsCompared(t *testing.T) {
	earlier, doc := proposed(t, "testdata/plan.txt")
	text := strings.NewReplacer("新增养老床位300张", "新增养老床位260张", "开展业务培训12场。", "", "惠民演出120场。", "惠民演出120场。三是改建口袋公园6个。").Replace(doc.Text)
	changed, err := document.Open(t.Context(), "plan.txt", []byte(text), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[ledger.DifferenceKind]int{}
	for _, d := range Compare(earlier, Propose(reading.Read(changed, reading.Options{}))) {
		kinds[d.Kind]++
	}
	if kinds[ledger.Changed] != 1 || kinds[ledger.Dropped] != 1 || kinds[ledger.Added] != 1 {
		t.Errorf("got %v", kinds)
	}
	if same := Compare(earlier, earlier); len(same) != 0 {
		t.Errorf("a version differs from itself: %v", same)
	}
}
