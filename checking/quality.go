package checking

import (
	_ "embed"
	"strings"
	"sync"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/reading"
	"luoshi/reading/lexicon"
)

var quality = Rule{
	Name:  "quality",
	Title: Wording{"任务表述质量", "Quality of promises"},
	Doc: Wording{
		"计划发布前的自查：没有数量、时限或责任单位的任务，“力争”“争取”等软化表述，“加强”“推进”等无法核验的动词，重复的任务。只检查计划和报告中的计划部分。",
		"A plan before it is published: promises without number, deadline or owner, softened ones, verbs that nobody can verify, duplicates. Only plans, and the planning part of reports, are looked at.",
	},
	check: checkQuality,
}

func checkQuality(p *paper) []Finding {
	if kind := p.Document.Meta.Kind; kind != document.KindPlan && kind != document.KindBoth {
		return nil
	}
	v := qualityWords()
	promises := p.promises()
	found := make([]Finding, 0, promises)
	places := make([]Place, 0, promises) // one block of memory for the findings, of which there are many
	twice := duplicates{paper: p, heads: map[string]int32{}, tails: map[string]int32{}}
	block := 0
	for i := range p.Clauses {
		c := &p.Clauses[i]
		if c.Kind != reading.Target || c.Verb == "" {
			continue
		}
		for block+1 < len(p.Document.Blocks) && p.Document.Blocks[block].End <= c.Span.Start {
			block++
		}
		if p.Document.Blocks[block].Kind == document.Heading {
			continue
		}
		w := p.wordingOf(c, v)
		if w.vague != nil && !w.figure && v.doctrine.in(c.Text) {
			continue
		}
		if f, weak := w.finding(c); weak {
			places = append(places, clausePlace(c))
			f.Places = places[len(places)-1 : len(places) : len(places)]
			found = append(found, f)
		}
		if w.definite {
			if f, again := twice.add(int32(i)); again {
				found = append(found, f)
			}
		}
	}
	return found
}

// promises is how many clauses promise something.
func (p *paper) promises() int {
	n := 0
	for i := range p.Clauses {
		if p.Clauses[i].Kind == reading.Target && p.Clauses[i].Verb != "" {
			n++
		}
	}
	return n
}

// qualityVocabulary is quality.txt.
type qualityVocabulary struct {
	vague              map[string]*[8]Wording // what to say of each verb, by what is missing beside; see lacking
	measurable, plural map[string]bool
	countable          *glossary // as objects end
	deadline           *glossary
	doctrine           *glossary
	soft, unsaid       []string
}

//go:embed quality.txt
var qualityFile string

var qualityWords = sync.OnceValue(func() *qualityVocabulary {
	lines := map[string][]string{}
	for line := range lexicon.Lines(qualityFile) {
		lines[line.Head] = line.Words
	}
	set := func(name string) map[string]bool {
		words := map[string]bool{}
		for _, word := range lines[name] {
			words[word] = true
		}
		return words
	}
	return &qualityVocabulary{
		vague: unverifiable(lines["vague"]), measurable: set("measurable"), plural: set("plural"), countable: glossaryOf(lines["countable"]),
		deadline: glossaryOf(lines["deadline"]), doctrine: glossaryOf(lines["doctrine"]), soft: lines["soft"], unsaid: lines["unsaid"],
	}
})

// promise is what the wording of a clause has of that by which a promise is checked later.
type promise struct {
	figure, deadline, owner bool
	definite                bool        // it says what will be done, apart from percentages to be reached
	vague                   *[8]Wording // what to say of a verb that cannot be verified; nil for another
	made                    bool        // it makes things one can count
	unsaid                  string      // 一批: stands where the number should
	soft                    string      // 力争
}

func (p *paper) wordingOf(c *reading.Clause, v *qualityVocabulary) promise {
	w := promise{
		owner: c.Owner != "",
		vague: v.vague[c.Verb],
	}
	w.definite = w.vague == nil
	for i := c.Quantities[0]; i < c.Quantities[1] && !w.figure; i++ {
		w.figure = p.Quantities[i].Kind != reading.Context
		w.definite = !isPercent(p.Quantities[i].Unit)
	}
	if !c.Firm {
		w.soft = firstOf(c.Text, v.soft)
	}
	if w.figure && w.soft == "" {
		return w // nothing more is asked of it
	}
	w.deadline = c.By != calendar.LastDay(p.Document.Meta.PlanYear, 12) || v.deadline.in(c.Text)
	if !w.figure && v.measurable[c.Verb] {
		w.unsaid = firstOf(acted(c), v.unsaid)
		w.made = v.makesMany(c)
	}
	return w
}

// acted is what a clause does, from its verb to the end of the phrase.
func acted(c *reading.Clause) string {
	text := c.Text[max(0, strings.Index(c.Text, c.Verb)):]
	if end := strings.IndexAny(text, "，,"); end >= 0 {
		return text[:end]
	}
	return text
}

// makesMany tells whether a clause is about things of a kind (改造老旧小区) and not about one that has a name
// (建成北山水厂) or about several that are named (北山水厂等项目).
func (v *qualityVocabulary) makesMany(c *reading.Clause) bool {
	const longestKind = len("高标准农田")
	kind, _ := v.countable.ending(c.Object, 0)
	return kind >= 0 && !strings.Contains(c.Object, "等") && !strings.HasPrefix(c.Object, "的") &&
		(v.plural[c.Verb] || len(c.Object) <= longestKind)
}

func firstOf(text string, words []string) string {
	for _, word := range words {
		if strings.Contains(text, word) {
			return word
		}
	}
	return ""
}

// finding is what there is to say of a promise: at most one thing, the gravest.
func (w *promise) finding(c *reading.Clause) (Finding, bool) {
	f := Finding{Severity: Note}
	lacks, add := lacking[w.missing()], adding[w.missing()]
	switch {
	case !w.figure && !w.deadline && (w.made || w.unsaid != ""):
		f.Severity = Warning
		f.Message = Wording{
			"“" + c.Verb + "”的是可以计数的事项，但" + lacks.ZH + "，年底无法核验是否完成。",
			"“" + c.Verb + "” makes things that can be counted, yet the promise " + lacks.EN + ": nobody can tell at the year's end whether it was kept.",
		}
		if w.unsaid != "" {
			add = Wording{"请将“" + w.unsaid + "”改为具体数量；" + add.ZH, "Replace " + w.unsaid + " by a number. " + add.EN}
		}
	case w.soft != "":
		f.Message = Wording{"“" + w.soft + "”使承诺软化，完成与否难以考核。", w.soft + " softens the promise, so that missing it has no consequence."}
		add = Wording{"如有把握，请删去“" + w.soft + "”；如无把握，请写明下限（如“不少于”）。", "Drop " + w.soft + ", or state a lower bound instead."}
	case w.vague != nil && !w.figure:
		f.Message = w.vague[w.missing()]
		add = exactly[w.missing()]
	case !w.figure && !w.deadline && !w.owner:
		f.Message = bare
	default:
		return Finding{}, false
	}
	f.Suggestion = add
	return f, true
}

// missing is what a promise does not say: number (1), deadline (2), owner (4).
func (w *promise) missing() int {
	index := 0
	for bit, has := range []bool{w.figure, w.deadline, w.owner} {
		if !has {
			index |= 1 << bit
		}
	}
	return index
}

// bare is said of a promise that states nothing by which it could be checked.
var bare = Wording{"这项任务" + lacking[7].ZH + "。", "This promise " + lacking[7].EN + "."}

// unverifiable is what to say of each verb, by what is missing beside.
func unverifiable(verbs []string) map[string]*[8]Wording {
	said := map[string]*[8]Wording{}
	for _, verb := range verbs {
		said[verb] = &[8]Wording{}
		for missing := 1; missing < len(lacking); missing++ {
			said[verb][missing] = Wording{
				"“" + verb + "”无法核验，且" + lacking[missing].ZH + "。",
				"“" + verb + "” cannot be verified, and the promise " + lacking[missing].EN + ".",
			}
		}
	}
	return said
}

// exactly is adding for a verb that cannot be verified.
var exactly = func() (exactly [8]Wording) {
	for i, add := range adding {
		exactly[i] = Wording{"请写明具体做什么、做到什么程度；" + add.ZH, "Say what exactly will be done. " + add.EN}
	}
	return exactly
}()

// lacking and adding say for every combination of number, deadline and owner (see missing) that it is not
// there, and how to add it.
var lacking, adding = func() (lacking, adding [8]Wording) {
	names := []Wording{{"数量", "number"}, {"时限", "deadline"}, {"责任单位", "owner"}}
	ways := []Wording{
		{"数量（如“5个”“不少于3家”）", "a number (5, at least 3)"},
		{"时限（如“6月底前”）", "a deadline (by the end of June)"},
		{"责任单位（如“牵头单位：区××局”）", "an owner (the leading bureau)"},
	}
	for index := 1; index < len(lacking); index++ {
		var zh, en, addZH, addEN []string
		for bit := range names {
			if index&(1<<bit) != 0 {
				zh, en = append(zh, names[bit].ZH), append(en, names[bit].EN)
				addZH, addEN = append(addZH, ways[bit].ZH), append(addEN, ways[bit].EN)
			}
		}
		lacking[index] = Wording{"没有写明" + strings.Join(zh, "、"), "states no " + strings.Join(en, ", no ")}
		adding[index] = Wording{"请补充" + strings.Join(addZH, "、") + "。", "Add " + strings.Join(addEN, ", ") + "."}
	}
	return lacking, adding
}()
