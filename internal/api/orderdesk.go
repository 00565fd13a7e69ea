package api

import (
	"context"
	"io"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"luoshi/calendar"
	"luoshi/flow"
	desk "luoshi/internal/service/supervision"
	"luoshi/ledger"
	"luoshi/ledger/supervision"
)

// DraftedOrder is what became of an order that somebody wanted to draft.
type DraftedOrder struct {
	Order  OrderSummary `json:"order"`
	Joined bool         `json:"joined" doc:"The matter has an open order already, which was given what the new one would have added"`
}

// LightOrder is what became of the light of one commitment.
type LightOrder struct {
	Commitment ledger.CommitmentID `json:"commitment"`
	Done       bool                `json:"done"`
	Drafted    *DraftedOrder       `json:"drafted,omitempty"`
	Problem    *Wrong              `json:"problem,omitempty" doc:"Why nothing was drafted"`
}

// LightOrders are the commitments for whose red lights orders are drafted.
type LightOrders struct {
	Commitments []ledger.CommitmentID `json:"commitments" minItems:"1" maxItems:"500"`
}

// OrderStep is a step that an order is to take.
type OrderStep struct {
	Action string        `json:"action" enum:"submit,approve,rework,issue,drop,sign,decline,uphold,forward,revise,reply,ask-extension,extend,refuse-extension,ask-suspension,suspend,refuse-suspension,resume,accept,return,close,reopen,cancel"`
	Reason string        `json:"reason,omitempty" maxLength:"2000"`
	Days   int           `json:"days,omitempty" minimum:"0" maximum:"500" doc:"By how many a clock is lengthened, or how long a term is that is given, in working days"`
	Until  calendar.Date `json:"until,omitzero" doc:"Its last day, instead of days"`
	To     ledger.UnitID `json:"to,omitempty" maxLength:"100" doc:"To which unit it is forwarded"`
}

// OrderSteps is a step that several orders are to take.
type OrderSteps struct {
	Action string                `json:"action" maxLength:"40"`
	Reason string                `json:"reason,omitempty" maxLength:"2000"`
	Days   int                   `json:"days,omitempty" minimum:"0" maximum:"500"`
	Orders []supervision.OrderID `json:"orders" minItems:"1" maxItems:"500"`
}

// OrderOutcome is what became of one order of several.
type OrderOutcome struct {
	ID      supervision.OrderID `json:"id"`
	Done    bool                `json:"done"`
	Order   *OrderSummary       `json:"order,omitempty" doc:"As it is now"`
	Problem *Wrong              `json:"problem,omitempty" doc:"Why the step was not taken"`
}

// OrderPart is what one unit gets.
type OrderPart struct {
	Unit        ledger.UnitID `json:"unit" minLength:"1" maxLength:"100"`
	Title       string        `json:"title,omitempty" maxLength:"200" doc:"That of the whole where absent"`
	Requirement string        `json:"requirement" minLength:"1" maxLength:"20000"`
	Days        int           `json:"days,omitempty" minimum:"0" maximum:"500" doc:"How long the unit has; as long as for the whole where neither this nor due is given"`
	Count       flow.TermUnit `json:"count,omitempty" enum:"workdays,days" doc:"What days are; working days where absent"`
	Due         calendar.Date `json:"due,omitzero" doc:"The last day, instead of days"`
}

func partsOf(all []OrderPart) []supervision.Part {
	parts := make([]supervision.Part, len(all))
	for i, p := range all {
		parts[i] = supervision.Part{Unit: p.Unit, Title: p.Title, Requirement: p.Requirement, Term: termOf(p.Days, p.Count), Due: p.Due}
	}
	return parts
}

// OrderParts are what units get of an order that is split.
type OrderParts struct {
	Parts []OrderPart `json:"parts" minItems:"1" maxItems:"50"`
}

// WaitingOrders are orders that wait for the caller in one way.
type WaitingOrders struct {
	Name    string         `json:"name"`
	Title   string         `json:"title"`
	Count   int            `json:"count"`
	Overdue int            `json:"overdue"`
	Orders  []OrderSummary `json:"orders" doc:"The most pressing ones"`
}

// replyForm is a reply as a form.
type replyForm struct {
	Text     string          `form:"text" minLength:"1" maxLength:"20000"`
	Progress int             `form:"progress" minimum:"0" maximum:"100" doc:"Per cent"`
	Final    bool            `form:"final" required:"false" doc:"The matter is done, and the reply is to be reviewed"`
	Next     string          `form:"next" required:"false" maxLength:"20000"`
	Trouble  string          `form:"trouble" required:"false" maxLength:"20000"`
	Files    []huma.FormFile `form:"file" required:"false" contentType:"application/octet-stream" doc:"Evidence; a final reply has some"`
}

func (f *replyForm) reply() (supervision.Reply, []desk.File) {
	files := make([]desk.File, len(f.Files))
	for i, file := range f.Files {
		files[i] = desk.File{Name: file.Filename, Content: file}
	}
	return supervision.Reply{
		Text: f.Text, Progress: f.Progress, Done: f.Final, Final: f.Final, Next: f.Next, Trouble: f.Trouble,
	}, files
}

func (a *API) orderOperations() {
	s := a.options.Supervision
	a.orderLists()
	register(a, "get-order", func(ctx context.Context, in *Reading[supervision.OrderID]) (*one[Order], error) {
		v, err := s.Order(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return answered(in.Known, v.Revision, orderOf(ctx, v)), nil
	}, cached)
	register(a, "create-order", func(ctx context.Context, in *Adding[OrderTerms]) (*one[DraftedOrder], error) {
		d, err := s.Draft(ctx, in.Body.order())
		if err != nil {
			return nil, err
		}
		body := DraftedOrder{Order: orderSummaryOf(exchangeOf(ctx), d.Order), Joined: d.Joined}
		return made("/orders/"+string(d.Order.ID), d.Order.Revision, body), nil
	}, created)
	register(a, "draft-orders", a.ordersFromLights, unkept) // some may fail where others do not, and those must not be undone
	register(a, "edit-order", func(ctx context.Context, in *Writing[supervision.OrderID, OrderTerms]) (*one[Order], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		o := in.Body.order()
		o.ID = in.ID
		if _, err := s.Edit(ctx, o, revision); err != nil {
			return nil, err
		}
		return a.orderNow(ctx, in.ID)
	})
	a.orderSteps()
	a.orderReplies()
}

// orderNow is an order as it is after a change.
func (a *API) orderNow(ctx context.Context, id supervision.OrderID) (*one[Order], error) {
	v, err := a.options.Supervision.Order(ctx, id)
	if err != nil {
		return nil, err
	}
	return changed(v.Revision, orderOf(ctx, v)), nil
}

func (a *API) ordersFromLights(ctx context.Context, in *Adding[LightOrders]) (*plain[List[LightOrder]], error) {
	all, err := a.options.Supervision.FromLight(ctx, in.Body.Commitments...)
	if err != nil {
		return nil, err
	}
	items := make([]LightOrder, len(all))
	for i, o := range all {
		items[i] = LightOrder{Commitment: o.Commitment, Done: o.Err == nil}
		if o.Err != nil {
			p := a.failure(ctx, o.Err)
			items[i].Problem = &Wrong{Code: p.Code, Message: p.Detail}
			continue
		}
		items[i].Drafted = &DraftedOrder{Order: orderSummaryOf(exchangeOf(ctx), o.Order), Joined: o.Joined}
	}
	return &plain[List[LightOrder]]{Body: List[LightOrder]{Items: items}}, nil
}

func (a *API) orderLists() {
	s := a.options.Supervision
	register(a, "list-orders", func(ctx context.Context, in *struct {
		Paged
		State      []string            `query:"state" maxItems:"20"`
		Kind       supervision.Kind    `query:"kind" enum:"assign,urge,rectify,sheet"`
		Sheet      supervision.Sheet   `query:"sheet" enum:"blue,yellow,red"`
		Unit       ledger.UnitID       `query:"unit" maxLength:"100" doc:"That leads or cooperates"`
		Plan       ledger.PlanID       `query:"plan" maxLength:"100"`
		Commitment ledger.CommitmentID `query:"commitment" maxLength:"100"`
		Project    ledger.ProjectID    `query:"project" maxLength:"100"`
		Open       bool                `query:"open" doc:"Those that have not ended"`
		Overdue    bool                `query:"overdue"`
		DueBefore  calendar.Date       `query:"due_before" doc:"Due on this day or before"`
		Text       string              `query:"text" maxLength:"200" doc:"In the number, the title, the basis or the requirement"`
	},
	) (*many[OrderSummary], error) {
		filter := desk.Filter{
			States: in.State, Sheet: in.Sheet, Plan: in.Plan, Commitment: in.Commitment, Project: in.Project, Open: in.Open,
			Overdue: in.Overdue, DueBefore: in.DueBefore, Text: in.Text,
		}
		if in.Kind != "" {
			filter.Kinds = []supervision.Kind{in.Kind}
		}
		if in.Unit != "" {
			filter.Units = []ledger.UnitID{in.Unit}
		}
		found, err := s.List(ctx, filter, in.page())
		if err != nil {
			return nil, err
		}
		return listed(&in.Paged, found.Next, orderSummariesOf(ctx, found.Orders)), nil
	})
	a.orders("list-orders", bothWays("due", "number", "issued", "updated", "title", "lead")...)
	register(a, "list-waiting-orders", func(ctx context.Context, _ *struct{}) (*plain[List[WaitingOrders]], error) {
		all, err := s.Inbox(ctx)
		if err != nil {
			return nil, err
		}
		items := make([]WaitingOrders, len(all))
		for i, w := range all {
			items[i] = WaitingOrders{
				Name: w.Name, Title: exchangeOf(ctx).in(w.Title), Count: w.Count, Overdue: w.Overdue, Orders: orderSummariesOf(ctx, w.Orders),
			}
		}
		return &plain[List[WaitingOrders]]{Body: List[WaitingOrders]{Items: items}}, nil
	})
	register(a, "get-order-statistics", func(ctx context.Context, in *struct {
		Plan ledger.PlanID `query:"plan" maxLength:"100" doc:"All plans where absent"`
		From calendar.Date `query:"from" required:"true"`
		To   calendar.Date `query:"to" required:"true"`
	},
	) (*plain[List[UnitOrders]], error) {
		all, err := s.Statistics(ctx, in.Plan, in.From, in.To)
		if err != nil {
			return nil, err
		}
		items := make([]UnitOrders, len(all))
		for i, u := range all {
			items[i] = UnitOrders(u)
		}
		return &plain[List[UnitOrders]]{Body: List[UnitOrders]{Items: items}}, nil
	})
}

func (a *API) orderSteps() {
	s := a.options.Supervision
	register(a, "take-order-step", func(ctx context.Context, in *Writing[supervision.OrderID, OrderStep]) (*one[Order], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		b := in.Body
		_, err = s.Step(ctx, in.ID, desk.Step{Action: b.Action, Reason: b.Reason, Days: b.Days, Until: b.Until, To: b.To, Seen: revision})
		if err != nil {
			return nil, err
		}
		return a.orderNow(ctx, in.ID)
	})
	register(a, "take-order-steps", func(ctx context.Context, in *Adding[OrderSteps]) (*plain[List[OrderOutcome]], error) {
		return a.orderOutcomes(ctx, s.Take(ctx, in.Body.Action, in.Body.Orders, in.Body.Reason, in.Body.Days)), nil
	}, unkept) // some may fail where others do not, and those must not be undone
	register(a, "urge-orders", func(ctx context.Context, in *Adding[struct {
		Orders []supervision.OrderID `json:"orders" minItems:"1" maxItems:"500"`
		Reason string                `json:"reason,omitempty" maxLength:"2000"`
	}],
	) (*plain[List[OrderOutcome]], error) {
		return a.orderOutcomes(ctx, s.Urge(ctx, in.Body.Orders, in.Body.Reason)), nil
	}, unkept)
	register(a, "split-order", func(ctx context.Context, in *Writing[supervision.OrderID, OrderParts]) (*one[Order], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		if _, err := s.Split(ctx, in.ID, partsOf(in.Body.Parts), revision); err != nil {
			return nil, err
		}
		return a.orderNow(ctx, in.ID)
	})
}

func (a *API) orderOutcomes(ctx context.Context, all []desk.Outcome) *plain[List[OrderOutcome]] {
	items := make([]OrderOutcome, len(all))
	for i, o := range all {
		items[i] = OrderOutcome{ID: o.ID, Done: o.Err == nil}
		if o.Err != nil {
			p := a.failure(ctx, o.Err)
			items[i].Problem = &Wrong{Code: p.Code, Message: p.Detail}
			continue
		}
		now := orderSummaryOf(exchangeOf(ctx), o.Order)
		items[i].Order = &now
	}
	return &plain[List[OrderOutcome]]{Body: List[OrderOutcome]{Items: items}}
}

func (a *API) orderReplies() {
	register(a, "reply-to-order", func(ctx context.Context, in *struct {
		ByID[supervision.OrderID]
		RawBody huma.MultipartFormFiles[replyForm]
	},
	) (*one[Order], error) {
		defer func() { _ = in.RawBody.Form.RemoveAll() }()
		reply, files := in.RawBody.Data().reply()
		if _, err := a.options.Supervision.Reply(ctx, in.ID, reply, files); err != nil {
			return nil, err
		}
		return a.orderNow(ctx, in.ID)
	}, bringing(mostEvidence))
	register(a, "get-order-evidence", a.orderEvidence, answering("application/octet-stream", "The file as it came, or its small picture"))
}

// orderEvidence sends a file as it came, always as a download: what somebody uploaded must not run as a page of ours.
func (a *API) orderEvidence(ctx context.Context, in *struct {
	ByID[desk.EvidenceID]
	Preview bool `query:"preview" doc:"The small picture instead of the file, where there is one"`
},
) (*huma.StreamResponse, error) {
	e, content, err := a.options.Supervision.OpenEvidence(ctx, in.ID, in.Preview)
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(out huma.Context) {
		defer func() { _ = content.Close() }()
		out.SetHeader("Content-Type", "application/octet-stream")
		out.SetHeader("Content-Disposition", attached(e.Name))
		out.SetHeader("Content-Security-Policy", "sandbox; default-src 'none'")
		if !in.Preview {
			out.SetHeader("Content-Length", strconv.FormatInt(e.Size, 10))
		}
		out.SetStatus(http.StatusOK)
		if _, err := io.Copy(out.BodyWriter(), content); err != nil {
			a.logger.WarnContext(ctx, "sending a file", "request", exchangeOf(ctx).id, "evidence", e.ID, "error", err)
		}
	}}, nil
}
