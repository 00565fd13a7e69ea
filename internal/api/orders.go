package api

import (
	"context"
	"slices"
	"time"

	"luoshi/calendar"
	"luoshi/flow"
	desk "luoshi/internal/service/supervision"
	"luoshi/internal/service/workflow"
	"luoshi/ledger"
	"luoshi/ledger/supervision"
)

// OrderSummary is a supervision order as lists show it.
type OrderSummary struct {
	ID         supervision.OrderID `json:"id"`
	Revision   int64               `json:"revision" doc:"One more with each change; the ETag of the order"`
	Number     string              `json:"number,omitempty" doc:"Absent until it is issued"`
	Kind       supervision.Kind    `json:"kind"`
	Sheet      supervision.Sheet   `json:"sheet,omitempty" doc:"Of a graded order"`
	Parent     supervision.OrderID `json:"parent,omitempty" doc:"Of which it is a part"`
	Plan       ledger.PlanID       `json:"plan,omitempty"`
	Title      string              `json:"title"`
	Lead       ledger.UnitID       `json:"lead"`
	LeadName   string              `json:"lead_name"`
	State      string              `json:"state" doc:"Of the workflow “order”"`
	StateTitle string              `json:"state_title"`
	Urgency    supervision.Urgency `json:"urgency"`
	Issued     calendar.Date       `json:"issued,omitzero"`
	Signed     calendar.Date       `json:"signed,omitzero"`
	Replied    calendar.Date       `json:"replied,omitzero" doc:"For good, the last time"`
	Ended      calendar.Date       `json:"ended,omitzero"`
	Due        calendar.Date       `json:"due,omitzero" doc:"The latest legal date"`
	Estimated  bool                `json:"estimated,omitempty" doc:"Holidays on the way to it are not all announced"`
	Paused     bool                `json:"paused,omitempty" doc:"The clock stands still"`
	Left       int                 `json:"left" doc:"Working days to the due day; negative behind it"`
	Overdue    bool                `json:"overdue"`
	Updated    time.Time           `json:"updated"`
	Proof      string              `json:"proof" doc:"Where the proof of the record's history is found"`
}

func orderSummaryOf(x *exchange, s desk.Summary) OrderSummary {
	return OrderSummary{
		ID: s.ID, Revision: s.Revision, Number: s.Number, Kind: s.Kind, Sheet: s.Sheet, Parent: s.Parent, Plan: s.Plan, Title: s.Title,
		Lead: s.Lead, LeadName: s.LeadName, State: s.State, StateTitle: x.in(s.Label), Urgency: s.Urgency, Issued: s.Issued, Signed: s.Signed,
		Replied: s.Replied, Ended: s.Ended, Due: s.Due, Estimated: s.Estimated, Paused: s.Paused, Left: s.Left, Overdue: s.Overdue,
		Updated: s.Updated, Proof: proofPath(desk.OrderKind, string(s.ID)),
	}
}

func orderSummariesOf(ctx context.Context, all []desk.Summary) []OrderSummary {
	items := make([]OrderSummary, len(all))
	for i, s := range all {
		items[i] = orderSummaryOf(exchangeOf(ctx), s)
	}
	return items
}

// Order is a supervision order with everything about it.
type Order struct {
	OrderSummary
	Terms    OrderTerms     `json:"terms" doc:"What it says"`
	Units    []OrderUnit    `json:"units" doc:"That cooperate"`
	Clocks   []OrderClock   `json:"clocks" doc:"That run or stand still"`
	Replies  []OrderReply   `json:"replies"`
	Parts    []OrderSummary `json:"parts" doc:"Orders beneath it"`
	Workflow Workflow       `json:"workflow"`
	Steps    []Step         `json:"steps" doc:"That the caller may take now"`
}

// OrderTerms are what an order says.
type OrderTerms struct {
	Kind        supervision.Kind      `json:"kind" enum:"assign,urge,rectify,sheet"`
	Sheet       supervision.Sheet     `json:"sheet,omitempty" enum:"blue,yellow,red" doc:"Of kind sheet alone"`
	Plan        ledger.PlanID         `json:"plan,omitempty" maxLength:"100"`
	Commitments []ledger.CommitmentID `json:"commitments,omitempty" maxItems:"500"`
	Projects    []ledger.ProjectID    `json:"projects,omitempty" maxItems:"500"`
	Title       string                `json:"title" minLength:"1" maxLength:"200"`
	Basis       string                `json:"basis,omitempty" maxLength:"20000" doc:"Needed before it is issued"`
	Requirement string                `json:"requirement" minLength:"1" maxLength:"20000"`
	Lead        ledger.UnitID         `json:"lead" minLength:"1" maxLength:"100"`
	Cooperating []ledger.UnitID       `json:"cooperating,omitempty" maxItems:"100"`
	Sources     []OrderSource         `json:"sources" minItems:"1" maxItems:"50"`
	Days        int                   `json:"days,omitempty" minimum:"0" maximum:"500" doc:"How long the unit has from the day of issue; the term of the settings where neither this nor due is given"`
	Count       flow.TermUnit         `json:"count,omitempty" enum:"workdays,days" doc:"What days are; working days where absent"`
	Due         calendar.Date         `json:"due,omitzero" doc:"The last day, instead of days"`
	Interim     int                   `json:"interim,omitempty" minimum:"0" maximum:"250" doc:"How often to report meanwhile, in working days"`
	Urgency     supervision.Urgency   `json:"urgency,omitempty" enum:"normal,urgent,hard" doc:"Normal where absent"`
	Contact     string                `json:"contact,omitempty" maxLength:"200"`
}

// order is an order that says so.
func (t OrderTerms) order() supervision.Order {
	o := supervision.Order{
		Kind: t.Kind, Sheet: t.Sheet, Plan: t.Plan, Commitments: t.Commitments, Projects: t.Projects, Title: t.Title, Basis: t.Basis,
		Requirement: t.Requirement, Lead: t.Lead, Cooperating: t.Cooperating, Sources: orderSources(t.Sources), Due: t.Due, Interim: t.Interim,
		Urgency: t.Urgency, Contact: t.Contact,
	}
	o.Term = termOf(t.Days, t.Count)
	if o.Urgency == "" {
		o.Urgency = supervision.Normal
	}
	return o
}

func orderTermsOf(o supervision.Order) OrderTerms {
	sources := make([]OrderSource, len(o.Sources))
	for i, s := range o.Sources {
		sources[i] = OrderSource(s)
	}
	return OrderTerms{
		Kind: o.Kind, Sheet: o.Sheet, Plan: o.Plan, Commitments: o.Commitments, Projects: o.Projects, Title: o.Title, Basis: o.Basis,
		Requirement: o.Requirement, Lead: o.Lead, Cooperating: o.Cooperating, Sources: sources, Days: o.Term.Days, Count: o.Term.Unit,
		Due: o.Due, Interim: o.Interim, Urgency: o.Urgency, Contact: o.Contact,
	}
}

// OrderSource is why a matter is seen to.
type OrderSource struct {
	Kind    supervision.SourceKind `json:"kind" enum:"light,plan,instruction,meeting,paper,inspection,deputies,lead"`
	Ref     string                 `json:"ref,omitempty" maxLength:"300" doc:"What it is in the ledger: a commitment, a document; orders with the same one are one order"`
	Title   string                 `json:"title" minLength:"1" maxLength:"500"`
	Wording string                 `json:"wording,omitempty" maxLength:"20000" doc:"What it says"`
	On      calendar.Date          `json:"on,omitzero"`
	By      string                 `json:"by,omitempty" maxLength:"200" doc:"Who gave it"`
}

func orderSources(all []OrderSource) []supervision.Source {
	sources := make([]supervision.Source, len(all))
	for i, s := range all {
		sources[i] = supervision.Source(s)
	}
	return sources
}

// termOf is a term of some days; none where they are 0. What is not said are working days.
func termOf(days int, count flow.TermUnit) supervision.Term {
	switch {
	case days == 0:
		return supervision.Term{}
	case count == "":
		count = flow.Workdays
	}
	return supervision.Term{Days: days, Unit: count}
}

// OrderUnit is a unit that cooperates in an order.
type OrderUnit struct {
	Unit   ledger.UnitID    `json:"unit"`
	Name   string           `json:"name"`
	Signed time.Time        `json:"signed,omitzero" doc:"Absent while nobody of it has signed"`
	By     ledger.AccountID `json:"by,omitempty"`
}

// OrderClock is a term of an order.
type OrderClock struct {
	Name      string        `json:"name"`
	Title     string        `json:"title"`
	Due       calendar.Date `json:"due,omitzero" doc:"The latest legal date"`
	Estimated bool          `json:"estimated,omitempty"`
	Paused    bool          `json:"paused,omitempty"`
	Left      int           `json:"left" doc:"Working days; negative is how many it is overdue"`
	Overdue   bool          `json:"overdue"`
	Extended  int           `json:"extended,omitempty" doc:"How often"`
}

// OrderEvidence is a file that shows what a reply says.
type OrderEvidence struct {
	ID        desk.EvidenceID  `json:"id"`
	Name      string           `json:"name"`
	MediaType string           `json:"media_type"`
	Size      int64            `json:"size"`
	Digest    ledger.Digest    `json:"digest"`
	By        ledger.AccountID `json:"by"`
	At        time.Time        `json:"at"`
}

func orderEvidenceOf(all []desk.Evidence) []OrderEvidence {
	files := make([]OrderEvidence, len(all))
	for i, e := range all {
		files[i] = OrderEvidence{ID: e.ID, Name: e.Name, MediaType: e.MediaType, Size: e.Size, Digest: e.Digest, By: e.By, At: e.At}
	}
	return files
}

// OrderReply is what a unit said to an order.
type OrderReply struct {
	supervision.Reply
	Number   int              `json:"number"`
	UnitName string           `json:"unit_name"`
	Late     bool             `json:"late,omitempty" doc:"After the day on which it was due"`
	By       ledger.AccountID `json:"by"`
	At       time.Time        `json:"at"`
	Evidence []OrderEvidence  `json:"evidence"`
}

func orderOf(ctx context.Context, v desk.View) Order {
	x := exchangeOf(ctx)
	out := Order{
		OrderSummary: orderSummaryOf(x, v.Summary), Terms: orderTermsOf(v.Order), Units: []OrderUnit{}, Clocks: []OrderClock{},
		Replies: []OrderReply{}, Parts: orderSummariesOf(ctx, v.Subs), Workflow: workflowOf(ctx, v.Case), Steps: orderStepsOf(x, v.Offers),
	}
	for _, u := range v.Units {
		out.Units = append(out.Units, OrderUnit(u))
	}
	for _, c := range v.Clocks {
		out.Clocks = append(out.Clocks, OrderClock{
			Name: c.Name, Title: x.in(c.Title), Due: c.Due, Estimated: c.Estimated, Paused: c.Paused, Left: c.Left, Overdue: c.Overdue, Extended: c.Extended,
		})
	}
	for _, r := range v.Replies {
		out.Replies = append(out.Replies, OrderReply{
			Reply: r.Reply, Number: r.Number, UnitName: r.UnitName, Late: r.Late, By: r.By, At: r.At, Evidence: orderEvidenceOf(r.Evidence),
		})
	}
	return out
}

// orderStepsOf leaves out the steps that a reply takes: they have an operation of their own.
func orderStepsOf(x *exchange, offers []workflow.Offer) []Step {
	return slices.DeleteFunc(stepsOf(x, offers), func(s Step) bool { return s.Action == "report" || s.Action == "prepare" })
}

// UnitOrders is how the orders went that a unit leads.
type UnitOrders struct {
	Unit          ledger.UnitID `json:"unit"`
	Name          string        `json:"name"`
	Issued        int           `json:"issued"`
	Signed        int           `json:"signed"`
	SignedInTime  int           `json:"signed_in_time"`
	Replied       int           `json:"replied" doc:"For good"`
	RepliedInTime int           `json:"replied_in_time"`
	Returned      int           `json:"returned"`
	Reopened      int           `json:"reopened"`
	Extended      int           `json:"extended"`
	Closed        int           `json:"closed"`
	Open          int           `json:"open" doc:"As it is now, of those issued up to the last day"`
	Overdue       int           `json:"overdue" doc:"As it is now"`
}
