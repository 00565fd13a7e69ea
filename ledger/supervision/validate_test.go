package supervision_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"luoshi/ledger"
	"luoshi/ledger/supervision"
)

type problem struct {
	code, where string
	found       ledger.Problems
}

func orderProblems() []problem {
	order := func(change func(*supervision.Order)) ledger.Problems {
		o := with(change)
		return o.Validate()
	}
	split := func(change func(*supervision.Order), parts ...supervision.Part) ledger.Problems {
		_, found := with(change).Split(parts)
		return found
	}
	same := func(*supervision.Order) {}
	return []problem{
		{"order.kind", "kind", order(func(o *supervision.Order) { o.Kind = "letter" })},
		{"order.urgency", "urgency", order(func(o *supervision.Order) { o.Urgency = "" })},
		{"order.sheet", "sheet", order(func(o *supervision.Order) { o.Sheet = supervision.Red })},
		{"order.sheet", "sheet", order(func(o *supervision.Order) { o.Kind = supervision.Graded })},
		{"order.title", "title", order(func(o *supervision.Order) { o.Title = " " })},
		{"order.title", "title", order(func(o *supervision.Order) { o.Title = strings.Repeat("桥", 201) })},
		{"order.requirement", "requirement", order(func(o *supervision.Order) { o.Requirement = "" })},
		{"order.long", "requirement", order(func(o *supervision.Order) { o.Requirement = strings.Repeat("桥", 20001) })},
		{"order.long", "basis", order(func(o *supervision.Order) { o.Basis = strings.Repeat("桥", 20001) })},
		{"order.own_parent", "parent", order(func(o *supervision.Order) { o.Parent = o.ID })},
		{"order.unit", "lead", order(func(o *supervision.Order) { o.Lead = "" })},
		{"order.unit", "cooperating/0", order(func(o *supervision.Order) { o.Cooperating = []ledger.UnitID{""} })},
		{"order.unit_twice", "cooperating/0", order(func(o *supervision.Order) { o.Cooperating = []ledger.UnitID{"u1"} })},
		{"order.unit_twice", "cooperating/1", order(func(o *supervision.Order) { o.Cooperating = []ledger.UnitID{"u2", "u2"} })},
		{"order.term_and_date", "term", order(func(o *supervision.Order) { o.Due.Year, o.Due.Month, o.Due.Day = 2026, 7, 1 })},
		{"order.term", "term/days", order(func(o *supervision.Order) { o.Term.Days = -1 })},
		{"order.term", "term/days", order(func(o *supervision.Order) { o.Term.Days = 501 })},
		{"order.term_unit", "term/unit", order(func(o *supervision.Order) { o.Term.Unit = "weeks" })},
		{"order.interim", "interim", order(func(o *supervision.Order) { o.Interim = 251 })},
		{"order.source", "sources", order(func(o *supervision.Order) { o.Sources = nil })},
		{"order.source_kind", "sources/0/kind", order(func(o *supervision.Order) { o.Sources[0].Kind = "rumour" })},
		{"order.source_title", "sources/0/title", order(func(o *supervision.Order) { o.Sources[0].Title = "" })},
		{"order.split_twice", "parent", split(func(o *supervision.Order) { o.Parent = "o0" }, supervision.Part{Unit: "u2", Requirement: "征地"})},
		{"order.parts", "parts", split(same)},
		{"order.unit_twice", "parts/1/unit", split(same, supervision.Part{Unit: "u2", Requirement: "征地"}, supervision.Part{Unit: "u2", Requirement: "拆迁"})},
		{"order.requirement", "parts/0/requirement", split(same, supervision.Part{Unit: "u2"})},
	}
}

func replyProblems() []problem {
	reply := func(r supervision.Reply) ledger.Problems { return r.Validate() }
	return []problem{
		{"reply.text", "text", reply(supervision.Reply{})},
		{"order.long", "text", reply(supervision.Reply{Text: strings.Repeat("桥", 20001)})},
		{"reply.progress", "progress", reply(supervision.Reply{Text: "已开工", Progress: 101})},
		{"reply.done", "progress", reply(supervision.Reply{Text: "已完成", Progress: 90, Done: true})},
		{"reply.final", "done", reply(supervision.Reply{Text: "已完成", Progress: 100, Final: true})},
	}
}

func settingsProblems() []problem {
	settings := func(change func(*supervision.Settings)) ledger.Problems {
		s := supervision.Defaults()
		s.Terms, s.Numbering, s.Urging = slices.Clone(s.Terms), slices.Clone(s.Numbering), slices.Clone(s.Urging)
		change(&s)
		return s.Validate()
	}
	last := len(supervision.DefaultTerms()) - 1
	return []problem{
		{"order.kind", "terms/0/kind", settings(func(s *supervision.Settings) { s.Terms[0].Kind = "letter" })},
		{"order.urgency", "terms/0/urgency", settings(func(s *supervision.Settings) { s.Terms[0].Urgency = "so so" })},
		{"order.source_kind", "terms/0/source", settings(func(s *supervision.Settings) { s.Terms[0].Source = "rumour" })},
		{"order.term", "terms/0/term/days", settings(func(s *supervision.Settings) { s.Terms[0].Term.Days = 0 })},
		{"order.term_unit", "terms/0/term/unit", settings(func(s *supervision.Settings) { s.Terms[0].Term.Unit = "weeks" })},
		{"order.interim", "terms/0/interim", settings(func(s *supervision.Settings) { s.Terms[0].Interim = -1 })},
		{"terms.last", "terms", settings(func(s *supervision.Settings) { s.Terms = s.Terms[:last] })},
		{"terms.last", "terms", settings(func(s *supervision.Settings) { s.Terms = nil })},
		{"number.series", "numbering/0/name", settings(func(s *supervision.Settings) { s.Numbering[0].Name = "letter" })},
		{"number.missing", "numbering", settings(func(s *supervision.Settings) { s.Numbering = s.Numbering[1:] })},
		{"number.form", "numbering/0/form", settings(func(s *supervision.Settings) { s.Numbering[0].Form = "督{n}号" })},
		{"number.form", "numbering/0/form", settings(func(s *supervision.Settings) { s.Numbering[0].Form = "督{year}{n}{n}号" })},
		{"number.first", "numbering/0/first", settings(func(s *supervision.Settings) { s.Numbering[0].First = 0 })},
		{"number.twice", "numbering/1/form", settings(func(s *supervision.Settings) { s.Numbering[1].Form = s.Numbering[0].Form })},
		{"urging.none", "urging", settings(func(s *supervision.Settings) { s.Urging = nil })},
		{"urging.clock", "urging/0/clock", settings(func(s *supervision.Settings) { s.Urging[0].Clock = "lunch" })},
		{"urging.kind", "urging/0/kind", settings(func(s *supervision.Settings) { s.Urging[0].Kind = "whim" })},
		{"urging.day", "urging/0/at", settings(func(s *supervision.Settings) { s.Urging[0].At = -61 })},
		{"urging.day", "urging/0/every", settings(func(s *supervision.Settings) { s.Urging[0].Every = -1 })},
		{"urging.times", "urging/1/times", settings(func(s *supervision.Settings) { s.Urging[1].Times = 3 })},
		{"urging.to", "urging/0/to", settings(func(s *supervision.Settings) { s.Urging[0].To = nil })},
		{"urging.to", "urging/0/to/0", settings(func(s *supervision.Settings) { s.Urging[0].To = []supervision.Recipient{"all"} })},
		{"urging.twice", "urging/1/at", settings(func(s *supervision.Settings) { s.Urging[1] = s.Urging[0] })},
		{"grading.name", "grading", settings(func(s *supervision.Settings) { s.Grading = "stern" })},
	}
}

func TestValidateTellsWhatIsWrongAndWhere(t *testing.T) {
	for _, tc := range slices.Concat(orderProblems(), replyProblems(), settingsProblems()) {
		t.Run(tc.code, func(t *testing.T) {
			i := slices.IndexFunc(tc.found, func(p ledger.Problem) bool { return p.Code == tc.code && p.Where == tc.where })
			if i < 0 {
				t.Fatalf("want %s at %q, got %v", tc.code, tc.where, tc.found)
			}
			for _, words := range []ledger.Wording{tc.found[i].What(), tc.found[i].Do()} {
				if words.ZH == "" || words.EN == "" || strings.Contains(words.ZH+words.EN, "{0}") {
					t.Errorf("words are not whole: %q", words)
				}
			}
		})
	}
}

func TestEveryProblemHasItsCase(t *testing.T) {
	tested := map[string]bool{}
	for _, tc := range slices.Concat(orderProblems(), replyProblems(), settingsProblems()) {
		tested[tc.code] = true
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	code := regexp.MustCompile(`"((?:order|reply|terms|number|urging|grading)\.[a-z_]+)"`)
	seen := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range code.FindAllStringSubmatch(string(source), -1) {
			seen++
			if !tested[m[1]] && !strings.HasSuffix(m[1], ".txt") {
				t.Errorf("no case for %s", m[1])
			}
		}
	}
	if seen < 30 {
		t.Errorf("only %d codes were found", seen)
	}
}

func TestWhatIsSoundHasNoProblems(t *testing.T) {
	settings := supervision.Defaults()
	if found := settings.Validate(); len(found) > 0 {
		t.Errorf("the settings: %v", found)
	}
	for name, change := range map[string]func(*supervision.Order){
		"as it is":          func(*supervision.Order) {},
		"with a date":       func(o *supervision.Order) { o.Term, o.Due = supervision.Term{}, day(t, "2026-07-01") },
		"without a term":    func(o *supervision.Order) { o.Term = supervision.Term{} },
		"a red sheet":       func(o *supervision.Order) { o.Kind, o.Sheet = supervision.Graded, supervision.Red },
		"a draft, no basis": func(o *supervision.Order) { o.Basis = "" },
	} {
		o := with(change)
		if found := o.Validate(); len(found) > 0 {
			t.Errorf("%s: %v", name, found)
		}
	}
	for _, r := range []supervision.Reply{{Text: "桥面已合龙", Progress: 80}, {Text: "已通车", Progress: 100, Done: true, Final: true}} {
		if found := r.Validate(); len(found) > 0 {
			t.Errorf("%s: %v", r.Text, found)
		}
	}
}

func TestEverythingHasItsWords(t *testing.T) {
	said := map[string]ledger.Wording{}
	for _, v := range supervision.Kinds() {
		said[string(v)] = v.Label()
	}
	for _, v := range supervision.Urgencies() {
		said[string(v)] = v.Label()
	}
	for _, v := range supervision.Sheets() {
		said[string(v)] = v.Label()
	}
	for _, v := range supervision.SourceKinds() {
		said[string(v)] = v.Label()
	}
	for _, v := range supervision.Occasions() {
		said[string(v)] = v.Label()
	}
	for _, v := range supervision.Recipients() {
		said[string(v)] = v.Label()
	}
	for value, words := range said {
		if words.ZH == value || words.ZH == "" || words.EN == "" {
			t.Errorf("%s has no words: %q", value, words)
		}
	}
}
