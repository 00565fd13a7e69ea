package plans

import (
	"strings"

	"luoshi/internal/service/planning"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

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

// balanceSaid is the arithmetic of a breakdown in words where its parts were added up, and its working otherwise.
func balanceSaid(v page.View, b ledger.Breakdown) string {
	if b.Sum == "" {
		return b.Working
	}
	count := "one"
	if len(b.Parts) > 1 {
		count = "sum"
	}
	return v.T("plans.balance."+count+"."+[...]string{"below", "at", "above"}[b.Side+1], b.Sum, b.Whole, b.Working)
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

// targetLine is a target in one line.
func targetLine(v page.View, t ledger.Target) string {
	line := t.Subject + "\uff1a" + v.Target(t)
	if v.Lang == page.English {
		line = t.Subject + ": " + v.Target(t)
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
	case ledger.MilestoneField:
		if c.Milestone != nil {
			return v.T("plans.milestone.line", c.Milestone.Title, c.Milestone.By)
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
