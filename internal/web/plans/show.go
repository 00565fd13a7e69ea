package plans

import (
	"strings"

	"luoshi/internal/service/planning"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/reading/numeral"
)

// planTone is the tone of a plan's state.
func planTone(s ledger.PlanState) page.Tone {
	switch s {
	case ledger.Published:
		return page.Success
	case ledger.Reviewed, ledger.Approved:
		return page.Info
	case ledger.Abandoned:
		return page.Danger
	default:
		return page.Neutral
	}
}

// commitmentTone is the tone of a commitment's state.
func commitmentTone(s ledger.CommitmentState) page.Tone {
	switch s {
	case ledger.InForce:
		return page.Info
	case ledger.Fulfilled:
		return page.Success
	case ledger.Withdrawn:
		return page.Warning
	default:
		return page.Neutral
	}
}

// amendmentTone is the tone of an amendment's state.
func amendmentTone(s ledger.AmendmentState) page.Tone {
	switch s {
	case ledger.Applied:
		return page.Success
	case ledger.Agreed:
		return page.Info
	case ledger.Refused:
		return page.Danger
	default:
		return page.Neutral
	}
}

// balanceTone is the tone of how parts stand to their whole.
func balanceTone(b ledger.Balance) page.Tone {
	switch b {
	case ledger.Holds:
		return page.Success
	case ledger.Undecided:
		return page.Neutral
	default:
		return page.Warning
	}
}

// bound is what a target demands, for people: 不低于 200 张.
func bound(v page.View, t ledger.Target) string {
	if t.IsWorded() {
		return t.Words
	}
	figure := amount(v, t.Value, t.Unit)
	if t.Cmp == ledger.Between {
		figure = amount(v, t.Value, "") + "–" + amount(v, t.Upper, t.Unit)
	}
	said := []string{figure}
	if t.Cmp != ledger.Equal && t.Cmp != ledger.Between {
		said = []string{v.Wording(t.Cmp.Label()), figure}
	}
	if t.Measure == ledger.Growth || t.Measure == ledger.Decline {
		said = append([]string{v.Wording(t.Measure.Label())}, said...)
	}
	return strings.Join(said, " ")
}

// magnitudes are what large figures are counted in, the greatest first.
var magnitudes = []struct {
	exp  int8
	name string
}{{8, "\u4ebf"}, {4, "\u4e07"}}

// amount is a figure with its unit. In Chinese large sums are counted in 亿 and 万, to their last digit.
func amount(v page.View, d ledger.Decimal, unit string) string {
	shown := v.Decimal(d)
	if v.Lang != page.English && unit == "\u5143" {
		for _, m := range magnitudes {
			if d.Cmp(ledger.Exactly(numeral.Decimal{Coef: 1, Exp: m.exp})) >= 0 {
				n := d.Number()
				shown = v.Decimal(ledger.Exactly(numeral.Decimal{Coef: n.Coef, Exp: n.Exp - m.exp})) + m.name
				break
			}
		}
	}
	if unit == "%" || unit == "" {
		return shown + unit
	}
	return shown + " " + unit
}

// targetLine is a target in one line.
func targetLine(v page.View, t ledger.Target) string {
	line := t.Subject + "\uff1a" + bound(v, t)
	if v.Lang == page.English {
		line = t.Subject + ": " + bound(v, t)
	}
	return line
}

// targetLines are all targets of a commitment.
func targetLines(v page.View, targets []ledger.Target) string {
	lines := make([]string, len(targets))
	for i, t := range targets {
		lines[i] = targetLine(v, t)
	}
	return strings.Join(lines, "\uff1b")
}

// content is what a field holds in one of its states.
func (n names) content(v page.View, f ledger.Field, c ledger.Content) string {
	switch f {
	case ledger.TargetField:
		if c.Target != nil {
			return targetLine(v, *c.Target)
		}
	case ledger.DeadlineField:
		return v.Date(c.Date)
	case ledger.LeadField:
		return n.unit(c.Unit)
	case ledger.CooperatingField:
		return n.units(c.Units)
	case ledger.PostField:
		return n.post(c.Post)
	case ledger.StateField:
		return v.Wording(c.State.Label())
	}
	return ""
}

// orNone is a text, or a dash where there is none.
func orNone(text string) string {
	if text == "" {
		return "—"
	}
	return text
}

// sectionTitle is a section as its document prints it.
func sectionTitle(s ledger.Section) string { return s.Marker + s.Title }

// sectionPath is where a commitment stands in the outline.
func sectionPath(plan ledger.Plan, section int) string {
	var path []string
	for _, s := range plan.Path(section) {
		path = append(path, sectionTitle(s))
	}
	return strings.Join(path, " › ")
}

// sectionOptions are the sections of an outline, set in by their level.
func sectionOptions(plan ledger.Plan, none string) []page.Option {
	options := []page.Option{{Label: none}}
	for _, s := range plan.Outline {
		indent := strings.Repeat("\u3000", len(plan.Path(s.Number))-1)
		options = append(options, page.Option{Value: itoa(s.Number), Label: indent + sectionTitle(s)})
	}
	return options
}

func kindOptions(v page.View, none string) []page.Option {
	var options []page.Option
	if none != "" {
		options = append(options, page.Option{Label: none})
	}
	for _, k := range ledger.CommitmentKinds() {
		options = append(options, page.Option{Value: string(k), Label: v.Wording(k.Label())})
	}
	return options
}

func lackOptions(v page.View) []page.Option {
	options := []page.Option{{Label: v.T("plans.lack.any")}}
	for _, lack := range planning.Lacks() {
		options = append(options, page.Option{Value: string(lack), Label: v.T("plans.lack." + string(lack))})
	}
	return options
}
