package supervision

import "luoshi/flow"

// Guards are the conditions of flow order that hold for an order in a state: with so many files of evidence since it was
// last returned or reopened, and so many of its sub-orders still open.
func (o *Order) Guards(state string, evidence, open int) []string {
	holds := []string{}
	for _, guard := range []struct {
		name string
		ok   bool
	}{
		{"has-basis", !blank(o.Basis)},
		{"cleared", !o.NeedsApproval() || state == "approved"},
		{"has-evidence", evidence > 0},
		{"subs-closed", open == 0},
	} {
		if guard.ok {
			holds = append(holds, guard.name)
		}
	}
	return holds
}

// Give is a step of flow order with the term that the order itself lays down for it: issuing sets the deadline, signing
// and each interim report the day of the next one. Whoever forwards, returns or reopens says the term himself.
func (o *Order) Give(step flow.Step) flow.Step {
	switch step.Action {
	case "issue":
		switch {
		case !o.Due.IsZero():
			step.Until = o.Due
		case o.Term.Unit == flow.Days:
			step.Until = step.On.AddDays(o.Term.Days)
		default:
			step.Days = o.Term.Days
		}
	case "sign", "report":
		step.Days = o.Interim
	}
	return step
}
