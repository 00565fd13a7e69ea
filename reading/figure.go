package reading

import (
	"strings"

	"luoshi/document"
	"luoshi/reading/lexicon"
	"luoshi/reading/unit"
)

// readFigures reads the figures of a segment in order.
func (r *reader) readFigures(s *sentence, g *segment) {
	depth := r.depth
	for i := g.first; i < g.last; i++ {
		switch t := &s.tokens[i]; t.kind {
		case opening:
			depth = min(depth+1, len(r.memory)-1)
		case closing:
			depth = max(depth-1, 0)
		case date:
			if i > g.first && s.tokens[i-1].kind == pause && !r.isBase(s.tokens, i) {
				g.by = r.frame.dayOf(&r.lex.dates[t.ref], g.kind) // 一季度达到40%、二季度达到75%
			}
		case figure:
			r.readFigure(s, g, i, depth)
		}
	}
}

// readFigure makes the record of one figure.
func (r *reader) readFigure(s *sentence, g *segment, i, depth int) {
	f := &r.lex.figures[s.tokens[i].ref]
	p := phrase{r: r, s: s, g: g, i: i, f: f}
	p.read()
	subject := tidy(p.subject(depth))
	r.baseOpen = p.fromBase
	q := Quantity{
		Span: document.Span{Start: f.start, End: f.end}, Surface: r.text[f.start:f.end],
		Value: f.value, Upper: f.upper, Unit: f.unit, Cmp: p.comparator(), Measure: p.measure(),
		Kind: g.kind, Firm: !s.soft, By: g.by, Clause: -1, Cell: -1, Table: -1, Subject: subject,
	}
	r.judgeKind(&p, &q)
	if q.By.IsZero() {
		q.By = r.frame.defaultBy(q.Kind)
	}
	if len(g.quarters) > 1 && p.distributed {
		if n, of := p.ordinal(); of == len(g.quarters) {
			q.By = g.quarters[n]
		}
	}
	q.Measure, q.Subject = settleMeasure(q.Measure, f, q.Subject)
	if p.borrowed && f.class == unit.Percent && (q.Measure == Share || q.Measure == Level) && !p.share && len(r.out.Quantities) > 0 {
		if last := &r.out.Quantities[len(r.out.Quantities)-1]; last.Unit == q.Unit && last.Subject == q.Subject {
			q.Measure = last.Measure // 增长7%,力争达到9%
		}
	}
	r.memory[depth] = q.Subject
	if !p.changes() && (len(r.recent) == 0 || r.recent[len(r.recent)-1] != q.Subject) {
		r.recent = append(r.recent, q.Subject)
	}
	r.out.Quantities = append(r.out.Quantities, q)
}

// judgeKind turns a figure away from its segment's kind where its own words say so.
func (r *reader) judgeKind(p *phrase, q *Quantity) {
	switch {
	case p.threshold || p.capacity || p.fromBase:
		q.Kind = Context
		if p.fromBase {
			q.By = r.frame.baseDay(p.baseBy, p.g.kind)
		}
	case q.Kind == Result && r.inProgress(p, q):
	case q.Kind == Result && (p.pledged || p.g.wholeYear):
		q.Kind = Target
		if !p.g.dated {
			q.By = r.frame.planEnd
		}
	case q.Kind == Target && p.done:
		q.Kind = Result
	}
}

// inProgress judges the counts of a progress report: 新开工项目10项,已开工7项,未开工3项 states a plan and
// what came of it; 续建40项 in such a list is a past state.
func (r *reader) inProgress(p *phrase, q *Quantity) bool {
	rest := r.text[q.Span.End:p.s.end]
	switch {
	case strings.HasPrefix(q.Subject, "新开工") && (strings.Contains(rest, "已开工") || strings.Contains(rest, "未开工")):
		q.Kind, q.By = Target, r.frame.planEnd
		return true
	case strings.HasPrefix(q.Subject, "续建") && (strings.Contains(rest, "已完工") || strings.Contains(rest, "按计划推进")):
		q.Kind = Context
		return true
	default:
		return false
	}
}

// settleMeasure decides between level and share for what only the subject can tell (GUIDE, Decision 4).
func settleMeasure(m Measure, f *figureToken, subject string) (Measure, string) {
	for _, change := range changeEndings {
		if bare, found := strings.CutSuffix(subject, change.ending); found && bare != "" {
			return change.measure, bare
		}
	}
	if m != Level {
		return m, subject
	}
	if f.class == unit.Percent {
		for _, change := range changeEndings {
			if at := strings.Index(subject, change.ending); at > 0 {
				return change.measure, subject[:at] // 社零额增速转正并达到3%
			}
		}
	}
	if f.fraction {
		return Share, subject
	}
	if f.unit == "成" {
		return shareOrLevel(subject), subject
	}
	if f.class != unit.Percent || f.unit != "%" && f.unit != "％" {
		return m, subject
	}
	return shareOrLevel(subject), subject
}

// changeEndings are nouns that say of what stands before them how it changed.
var changeEndings = []struct {
	ending  string
	measure Measure
}{{"增长预期目标", Growth}, {"增长目标", Growth}, {"涨幅", Growth}, {"增幅", Growth}, {"增速", Growth}, {"增长速度", Growth}, {"增长幅度", Growth}, {"降幅", Decline}, {"跌幅", Decline}}

// findTopic is what a segment without figures speaks of: what stands before its first predicate, or,
// where it begins with one, what stands behind.
func (r *reader) findTopic(s *sentence) string {
	if r.spoken < 0 || r.spoken >= len(r.segments) {
		return ""
	}
	g := &r.segments[r.spoken]
	start, end := g.start, g.end
	for i := g.first; i < g.last; i++ {
		t := &s.tokens[i]
		if t.kind != word && t.kind != date || t.tags&lexicon.Head != 0 {
			continue
		}
		if int(t.start) == start || r.text[start:t.start] == " " {
			start = int(t.end)
			continue
		}
		if t.is(lexicon.Predicate|lexicon.Link|lexicon.Grow|lexicon.Fall) || t.is(lexicon.Verb) && t.end-t.start >= 6 {
			end = int(t.start)
			break
		}
	}
	if topic := tidy(r.text[min(start, end):end]); len(topic) <= maxTopic {
		return topic
	}
	return ""
}
