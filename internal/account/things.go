package account

import (
	"regexp"
	"strconv"
	"strings"

	"luoshi/internal/account/template"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// report is the thing that the whole report is.
func (c *composer) report() *thing {
	f := &c.facts
	t := newThing(template.Report, "")
	plan := Source{Kind: FromPromise, ID: string(f.Plan)}
	for name, text := range map[string]string{
		"region": f.Region, "government": f.Government, "unit": f.Unit.Name, "year": strconv.Itoa(f.Period.Year),
		"period": f.Period.Title().ZH, "span": spanTitle(f.Period), "months": monthsTitle(f.Period), "next": nextTitle(f.Period),
		"on": dateTitle(f.On), "occasion": Note(f.Head.Occasion), "speaker": f.Head.Speaker, "addressee": f.Head.Addressee,
		"organ": f.Head.Organ, "number": f.Head.Number, "issue": f.Head.Issue, "signer": f.Head.Signer,
		"signature": strings.Join(f.Head.Signature, "\n"), "date": f.Head.Date, "copies": f.Head.Copies,
		"printer": f.Head.Printer, "printed": f.Head.Printed,
	} {
		t.word(name, text)
	}
	t.quote("plan", f.PlanTitle, plan)
	t.flag("final", final(f.Period))
	c.figure(t, "elapsed", of(c.elapsed, "%"), Source{Kind: FromCalendar, ID: f.Period.Key()})
	c.root = t
	c.indicators(t)
	c.projects(t)
	c.commitments(t)
	c.items(t)
	c.supervision(t)
	c.others(t)
	return t
}

// indicators are the indicators with their verdicts.
func (c *composer) indicators(t *thing) {
	all := make([]*thing, 0, len(c.facts.Indicators))
	for n, i := range c.facts.Indicators {
		one, v := c.indicator(i)
		all = append(all, one)
		main := n < mostMain && i.Section == c.facts.Indicators[0].Section
		if main {
			t.add("main", one)
		} else {
			t.add("others", one)
		}
		if i.State != reporting.Locked {
			continue
		}
		if i.Headline {
			t.add("headlines", one)
		}
		if v.against == "growth" && main {
			t.add("grown", one)
		}
		if !one.nothing["rank"] {
			t.add("ranked", one)
		}
		if one.says["whole_share"] != nil {
			t.add("shared", one)
		}
		if one.says["apart"] != nil {
			t.add("besides", one)
		}
		if main && one.says["forecast"] != nil {
			t.add("foreseen", one)
		}
		judged(t, one, v, main)
		if area := c.area(i.Section); area != nil {
			judged(area, one, v, false)
		}
	}
	if len(t.lists["headlines"]) == 0 {
		t.lists["headlines"] = t.lists["reported"]
	}
	t.lists["indicators"] = all
	from := Source{Kind: FromIndicator}
	c.number(t, "indicator_count", len(all), from)
	reported, kept, missed := len(t.lists["reported"]), len(t.lists["kept"]), len(t.lists["missed"])
	c.number(t, "reported_count", reported, from)
	c.number(t, "kept_count", kept, from)
	c.number(t, "missed_count", missed, from)
	c.number(t, "rest_count", reported-kept-missed, from)
}

// mostMain is how many indicators are told as the main ones: those that the plan promises first, in one place.
const mostMain = 24

// judged puts an indicator with a locked figure into the lists of the report, or of its area, by its verdict.
func judged(t, one *thing, v verdict, main bool) {
	t.add("reported", one)
	list := ""
	switch {
	case good[v.says]:
		list = "kept"
	case bad[v.says]:
		list = "missed"
	default:
		return
	}
	t.add(list, one)
	if main {
		t.add("main_"+list, one)
	}
}

func (t *thing) add(list string, one *thing) { t.lists[list] = append(t.lists[list], one) }

// indicator is one of them. Of one that is not locked there are no figures.
func (c *composer) indicator(i Indicator) (*thing, verdict) {
	t := newThing("indicator", string(i.Indicator))
	from := []Source{{Kind: FromIndicator, ID: string(i.Indicator)}, {Kind: FromObservation, ID: string(i.Observation)}}
	promise := from[:1:1]
	for n, id := range i.Commitments {
		s := Source{Kind: FromPromise, ID: string(id)}
		if n < len(i.Targets) {
			s.Target = i.Targets[n].Number
		}
		promise = append(promise, s)
	}
	t.quote("name", i.Name, from[0])
	t.quote("subject", strings.TrimSuffix(strings.TrimSuffix(i.Name, "增速"), "增长率"), from[0])
	t.word("unit", i.Unit)
	if i.Unit == "" && !i.Done.Known() {
		t.word("unit", "%") // all that there is of it is growth
	}
	t.quote("remark", remarkOf(i), from[0])
	t.quote("reason", i.Reason, from[1])
	c.expected(t, i, promise)
	if i.State != reporting.Locked {
		return t, verdict{}
	}
	power, unit := i.Scale, judging{Indicator: i}.base()
	c.figure(t, "done", printed{value: whole(i.Done, i.Unit), power: power, measure: i.Unit, unit: unit}, from...)
	c.figure(t, "growth", of(i.Growth, "%"), from...)
	c.change(t, i.Growth, from)
	v := judging{i, c.elapsed, final(c.facts.Period)}.judge()
	t.word("verdict", v.says)
	t.word("against", v.against)
	c.figure(t, "attained", of(v.attained, "%"), append(promise, from...)...)
	t.word("points", v.points)
	c.figure(t, "margin", marginOf(v, power, unit), append(promise, from...)...)
	if v.against == "growth" {
		c.figure(t, "bound", of(v.bound, "%"), promise...)
	}
	c.rank(t, i, from)
	c.beside(t, i, from)
	c.turn(t, i, from)
	c.foresee(t, i, from)
	return t, v
}

// whole is a whole number of things without the noughts that a table may have put behind its point. Of amounts these are
// kept as far as tables print them: 747.70亿元.
func whole(d ledger.Decimal, unit string) ledger.Decimal {
	const printed = 2
	n := trimmed(d)
	switch {
	case n.Known() && n.Number().Exp >= 0 && unit != "%" && unit != "":
		return n
	case n.Known() && decimals(d) > printed:
		return reporting.Rounded(n.Rat(), max(printed, decimals(n)))
	}
	return d
}

// marginOf is the distance of a verdict as it is printed.
func marginOf(v verdict, power int, unit string) printed {
	if v.points == pointsOf("%") {
		return of(v.margin, v.points)
	}
	return printed{value: v.margin, power: power, measure: v.points, unit: unit}
}

// inUnitOfLine begins what stands behind a number that has no unit of its own.
var inUnitOfLine = regexp.MustCompile(`^(以上|以内|左右|\x{ff08}|\x{ff1b}|\x{2013}|$)`)

// expected is the target as the table words it, with its numbers bound.
func (c *composer) expected(t *thing, i Indicator, from []Source) {
	text := tidy(i.Expected.ZH)
	all := withDigits(text, nil)
	for n := range all {
		switch rest := text[all[n].end:]; {
		case strings.HasPrefix(rest, "%"):
			all[n].measure, all[n].unit = "%", "%"
		case inUnitOfLine.MatchString(rest):
			all[n].measure, all[n].unit = i.Unit, judging{Indicator: i}.base()
			all[n].value = all[n].value.Shifted(i.Scale)
		default:
			all[n].unit = unitOf(i.Targets, rest[len(all[n].measure):])
			all[n].measure += all[n].unit // a unit of its own: 110亿港元, 增长1倍
		}
	}
	t.says["expected"] = c.bind(t, "expected", quotation{text, Source{}}, all)
	for _, r := range t.says["expected"] {
		if f, is := c.figures[r.Figure]; is {
			f.Sources, f.Quoted = from, false
			c.figures[r.Figure] = f
		}
	}
}

// unitOf is the unit of a target with which a text begins; empty where it begins with none.
func unitOf(targets []ledger.Target, text string) string {
	for _, t := range targets {
		if strings.HasPrefix(text, t.Unit) {
			return t.Unit
		}
	}
	return ""
}

// change is growth without its sign, as sentences have it.
func (c *composer) change(t *thing, growth ledger.Decimal, from []Source) {
	switch {
	case !growth.Known():
	case growth.Sign() < 0:
		t.word("rise", "down")
		c.figure(t, "change", of(reporting.Less(ledger.Int(0), growth), "%"), from...)
	case growth.Sign() > 0:
		t.word("rise", "up")
		t.again("change", "growth")
	default:
		t.word("rise", "even")
	}
}

// remarkOf is the remark of a line; why it has no figure is said where it has none.
func remarkOf(i Indicator) string { return i.Remark.ZH }
