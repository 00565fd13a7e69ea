package checking

import (
	"math/big"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/checking/judge"
	"luoshi/checking/pairing"
	"luoshi/document"
	"luoshi/indicator"
	"luoshi/reading"
)

// targetRule compares the targets of a document with the results that it reports for the same year.
var targetRule = Rule{
	Name:  "target",
	Title: Wording{"目标与完成情况", "Targets and results"},
	Doc: Wording{
		ZH: "同一文件中的年度目标与已报告的结果对照：未达到、达到、超过、快于或慢于序时进度；全年目标低于已完成数，同一目标前后不一。口径、单位、时期不同的不对照。",
		EN: "A year's targets against the results reported in the same document: missed, met, exceeded, ahead of or behind the time elapsed; a target below what is already done; one target given two values. Figures of unlike scope, unit or period are left alone.",
	},
	check: func(p *paper) []Finding {
		if !p.mayAnswer() && !p.mayConflict() && !p.hasBounds() {
			return nil
		}
		t := targets{Paper: pairing.Prepare(p.Reading)}
		return append(append(t.figures(), t.words()...), t.twice()...)
	},
}

// mayAnswer tells whether any result is of a year that targets are set for; a report that reviews one
// year and plans the next has none.
func (p *paper) mayAnswer() bool {
	var planned [256]bool
	year := func(q *reading.Quantity) uint8 { return uint8(q.By.Year) }
	for i := range p.Quantities {
		if q := &p.Quantities[i]; q.Kind == reading.Target && !q.By.IsZero() {
			planned[year(q)] = true
		}
	}
	return slices.ContainsFunc(p.Quantities, func(q reading.Quantity) bool {
		return q.Kind == reading.Result && !q.By.IsZero() && planned[year(&q)]
	})
}

// mayConflict tells whether two rates that are promised under one name for one date differ.
func (p *paper) mayConflict() bool {
	type promise struct {
		subject string
		by      calendar.Date
		measure reading.Measure
	}
	first := map[promise]*reading.Quantity{}
	for i := range p.Quantities {
		q := &p.Quantities[i]
		if q.Kind != reading.Target || !q.Firm || q.Unit != "%" && q.Unit != "％" {
			continue
		}
		key := promise{q.Subject, q.By, q.Measure}
		if before := first[key]; before == nil {
			first[key] = q
		} else if before.Value != q.Value && before.Clause != q.Clause {
			return true
		}
	}
	return false
}

// hasBounds tells whether a cell of a table states a bound in words.
func (p *paper) hasBounds() bool {
	return slices.ContainsFunc(p.Document.Tables, func(t document.Table) bool {
		return slices.ContainsFunc(t.Cells, func(c document.Cell) bool { return judge.Bound(c.In(p.text)) != "" })
	})
}

// leastWeight is the weight from which a result answers a target of the same document.
const leastWeight = 640

// targets is a document prepared for this rule.
type targets struct {
	*pairing.Paper
	known *pairing.Tellings // nil until it is asked for
}

// told is what the document tells of targets missed, looked for when first asked for.
func (t *targets) told() *pairing.Tellings {
	if t.known == nil {
		t.known = t.Tellings()
	}
	return t.known
}

// figures judges every target that a result answers.
func (t *targets) figures() []Finding {
	var found []Finding
	for _, i := range t.Targets {
		target := &t.Items[i]
		if result, begun := t.answer(target); result != nil {
			found = append(found, t.judged(target, result, begun))
		}
	}
	return found
}

// answer is the result of the same year that answers a target, and whether it only says that work has
// begun; nil where none answers for sure.
func (t *targets) answer(target *pairing.Item) (result *pairing.Item, begun bool) {
	if result := t.InRow(target); result != nil {
		return result, false
	}
	if target.Several() || t.Further(target) || target.Column() != "" {
		return nil, false
	}
	answers := t.Answers(t.Paper, target)
	if len(answers) == 0 {
		return nil, false
	}
	best := &answers[0]
	result = &t.Items[best.Result]
	if result.Sentence == target.Sentence && result.Figure.Measure != reading.Level {
		return nil, false // one sentence compares two rates rather than answer one with the other
	}
	if !best.Comparable || best.OtherPeriod || best.Ambiguous || best.Weight < leastWeight ||
		result.Kind != reading.Result || result.By.Year != target.By.Year || t.remainder(target, result) {
		return nil, false
	}
	return result, best.Begun
}

// remainder tells whether a target is what is left of a larger one of the document: 5200 to come, where
// 12000 are promised for the year and 6820 are done.
func (t *targets) remainder(target, result *pairing.Item) bool {
	if target.Measure != reading.Level || target.Unit != result.Unit {
		return false
	}
	sum := new(big.Rat).Add(target.Value.Rat(), result.Value.Rat())
	for _, i := range t.Targets {
		whole := &t.Items[i]
		if whole == target || whole.By != target.By || whole.Unit != target.Unit || whole.Measure != reading.Level ||
			whole.Value.Cmp(target.Value) <= 0 || whole.Name.Same(target.Name) < indicator.Identical {
			continue
		}
		of := whole.Value.Rat()
		apart := new(big.Rat).Sub(sum, of)
		if apart.Abs(apart).Cmp(of.Mul(of, big.NewRat(1, 20))) <= 0 {
			return true
		}
	}
	return false
}

// judged is the finding on a target and its result.
func (t *targets) judged(target, result *pairing.Item, begun bool) Finding {
	elapsed, due := judge.Elapsed(target.By, result.By)
	terms := target.Terms
	terms.Elapsed, terms.Strict = elapsed, true
	var j judge.Judgement
	if due && !begun {
		j = pairing.Overrule(t.told, target, result, judge.Judge(target.Figure, result.Figure, terms))
	}
	f := t.finding(j, subject(target), promised(target.Quantity), reported(result.Quantity), result)
	f.Places = []Place{place(t.Reading, target.Index), place(t.Reading, result.Index)}
	if j.Outcome == judge.Exceeded && terms.Running(target.Figure) {
		f.Severity = Warning
		f.Message = Wording{
			ZH: subject(target) + "：已完成 " + reported(result.Quantity) + "，超过全年目标 " + promised(target.Quantity),
			EN: subject(target) + ": " + result.Surface + " is already done, more than the year's target of " + target.Surface,
		}
		f.Suggestion = Wording{
			ZH: "核对目标：若只指余下时间，请写明；若是全年目标，已经失去意义",
			EN: "Check the target: say so if it covers the rest of the year only; for the whole year it no longer asks anything",
		}
	}
	return f
}

// finding words a judgement.
func (t *targets) finding(j judge.Judgement, subject, target, result string, told *pairing.Item) Finding {
	v := phrases[j.Outcome]
	f := Finding{Severity: v.severity, Verdict: j.Outcome.String(), Computation: j.Computation, Suggestion: v.suggestion}
	f.Message = Wording{
		ZH: subject + "：目标 " + target + "，结果 " + result + "," + v.says.ZH,
		EN: subject + ": target " + target + ", result " + result + ", " + v.says.EN,
	}
	if j.Gap != "" && (j.Outcome == judge.Missed || j.Outcome == judge.Behind) {
		f.Message.ZH += "(" + j.Gap + ")"
		f.Message.EN += " (" + j.Gap + ")"
	}
	if j.Outcome == judge.Missed || j.Outcome == judge.Behind {
		if reason := t.told().Of(told).Reason; reason != "" {
			f.Message.ZH += "。文中说明的原因：" + reason
			f.Message.EN += ". The document gives as the reason: " + reason
			f.Suggestion = Wording{}
		}
	}
	return f
}

// phrase is what a finding says of an outcome.
type phrase struct {
	severity   Severity
	says       Wording
	suggestion Wording
}

var phrases = map[judge.Outcome]phrase{
	judge.Open: {severity: Note, says: Wording{"凭文中的数不能判定", "which the figures of the document do not decide"}},
	judge.Missed: {Warning, Wording{"未达到", "missed"},
		Wording{"写明未达到的原因和措施", "State why it was missed and what will be done"}},
	judge.Behind: {Warning, Wording{"慢于序时进度", "behind the time elapsed"},
		Wording{"写明进度滞后的原因和下一步安排", "State why it lags and what comes next"}},
	judge.Ahead:    {severity: OK, says: Wording{"达到或快于序时进度", "on time or ahead"}},
	judge.Met:      {severity: OK, says: Wording{"达到", "met"}},
	judge.Exceeded: {severity: OK, says: Wording{"超过", "exceeded"}},
}

// words judges the targets that a table states in words: 正增长, 与经济增长基本同步.
func (t *targets) words() []Finding {
	var found []Finding
	offsets := document.NewOffsets(t.Document.Text)
	for _, cell := range t.WordedCells() {
		result := t.changeIn(cell.Results)
		if result == nil {
			continue
		}
		j := judge.Worded(cell.Text, &result.Figure, judge.Evidence{Economy: t.economy(result), Telling: t.told().Of(result).Text})
		f := t.finding(j, result.Subject, cell.Text, reported(result.Quantity), result)
		f.Places = []Place{
			{Quantity: -1, At: offsets.CodePoints(cell.Cell.Start), Span: cell.Cell.Span, Surface: cell.Cell.In(t.Document.Text)},
			place(t.Reading, result.Index),
		}
		found = append(found, f)
	}
	return found
}

// changeIn is the result of a row that tells how the indicator moved; the first where none does.
func (t *targets) changeIn(row []int32) *pairing.Item {
	for _, i := range row {
		if it := &t.Items[i]; it.Measure == reading.Growth || it.Measure == reading.Decline {
			return it
		}
	}
	if len(row) > 0 {
		return &t.Items[row[0]]
	}
	return nil
}

const economyCode = "economy.gdp"

// economy is the growth of the economy at the date of a result; nil where the document states none.
func (t *targets) economy(result *pairing.Item) *judge.Figure {
	for _, i := range t.Results {
		it := &t.Items[i]
		if known := it.Name.Indicator; known != nil && known.Code == economyCode && it.Name.Topic == "" && it.By == result.By &&
			(it.Figure.Measure == reading.Growth || it.Figure.Measure == reading.Decline) && !it.Several() {
			return &it.Figure
		}
	}
	return nil
}

// promised is a target as a message names it: 增长 8%, 98%以上.
func promised(q *reading.Quantity) string {
	around := boundWords[q.Cmp]
	return movement[q.Measure] + around[0] + withUnit(q) + around[1]
}

// reported is a result as a message names it.
func reported(q *reading.Quantity) string { return movement[q.Measure] + withUnit(q) }

var (
	movement   = map[reading.Measure]string{reading.Growth: "增长 ", reading.Decline: "下降 "}
	boundWords = map[reading.Comparator][2]string{
		reading.AtLeast: {"", "以上"}, reading.MoreThan: {"超过 ", ""}, reading.AtMost: {"", "以内"},
		reading.LessThan: {"低于 ", ""}, reading.Approximately: {"", "左右"},
	}
)

// withUnit is the surface with the unit that a table's header gives it.
func withUnit(q *reading.Quantity) string {
	if q.Unit == "" || strings.Contains(q.Surface, q.Unit) || strings.ContainsAny(q.Surface, "分万亿") {
		if strings.HasSuffix(q.Surface, "万") || strings.HasSuffix(q.Surface, "亿") {
			return q.Surface + q.Unit
		}
		return q.Surface
	}
	f := judge.Of(q)
	return q.Surface + f.Magnitude() + q.Unit
}

// subject names what a target measures; a cell's column too where it names something.
func subject(it *pairing.Item) string {
	if column := it.Column(); column != "" {
		return it.Subject + "·" + column
	}
	return it.Subject
}
