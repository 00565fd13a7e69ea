package api

import (
	"context"

	"luoshi/calendar"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// Project is an investment project. Money is in yuan.
type Project struct {
	ledger.Project
	Kept
	Proof string `json:"proof" doc:"Where the proof of the record's history is found"`
}

func projectOf(r store.Record[ledger.Project]) Project {
	return Project{Project: r.Value, Kept: keptOf(r), Proof: proofPath("projects", string(r.Value.ID))}
}

// ProjectTerms are what is set of a project. Its stage changes by a step of its own.
type ProjectTerms struct {
	Number     string                 `json:"number,omitempty" maxLength:"100" doc:"项目代码"`
	Name       string                 `json:"name" minLength:"1" maxLength:"200"`
	Category   ledger.ProjectCategory `json:"category"`
	Lead       ledger.UnitID          `json:"lead,omitempty" maxLength:"100"`
	Content    string                 `json:"content,omitempty" maxLength:"10000"`
	Place      ledger.Place           `json:"place,omitzero"`
	Start      calendar.Date          `json:"start,omitzero"`
	Completion calendar.Date          `json:"completion,omitzero"`
	Total      ledger.Decimal         `json:"total,omitzero" doc:"In yuan"`
	Years      []ledger.Investment    `json:"years,omitempty" maxItems:"50"`
	Funds      []ledger.Fund          `json:"funds,omitempty" maxItems:"50"`
	Nodes      []ledger.Node          `json:"nodes,omitempty" maxItems:"100"`
	Obstacles  []ledger.Obstacle      `json:"obstacles,omitempty" maxItems:"100"`
}

// put sets the terms in a project and leaves the rest.
func (t ProjectTerms) put(p ledger.Project) ledger.Project {
	p.Number, p.Name, p.Category, p.Lead, p.Content, p.Place = t.Number, t.Name, t.Category, t.Lead, t.Content, t.Place
	p.Start, p.Completion, p.Total, p.Years, p.Funds, p.Nodes, p.Obstacles = t.Start, t.Completion, t.Total, t.Years, t.Funds, t.Nodes, t.Obstacles
	return p
}

// NewProject is a project that is added to a plan.
type NewProject struct {
	Plan  ledger.PlanID `json:"plan" minLength:"1" maxLength:"100"`
	Stage ledger.Stage  `json:"stage,omitempty" doc:"In reserve where absent"`
	Terms ProjectTerms  `json:"terms"`
}

// StageTerms take a project to another stage.
type StageTerms struct {
	To     ledger.Stage  `json:"to"`
	Reason string        `json:"reason,omitempty" maxLength:"2000"`
	Date   calendar.Date `json:"date,omitzero" doc:"Of the beginning of construction or of its completion, where the stage demands one"`
}

// StageMove is a step of a project from one stage to another.
type StageMove struct {
	On      calendar.Date    `json:"on"`
	From    string           `json:"from,omitempty"`
	To      ledger.Stage     `json:"to"`
	Reason  string           `json:"reason,omitempty"`
	Account ledger.AccountID `json:"account,omitempty"`
}

func (a *API) projectOperations() {
	c := a.options.Catalogue
	type query struct {
		Paged
		Plan     ledger.PlanID `query:"plan" maxLength:"100"`
		Text     string        `query:"text" maxLength:"200" doc:"In the name, the number, the content or the address"`
		Category string        `query:"category" enum:"industry,infrastructure,wellbeing,ecology,city_renewal,other"`
		Stage    string        `query:"stage" enum:"reserve,preparing,starting,ongoing,finished,exited"`
		Unit     ledger.UnitID `query:"unit" maxLength:"100" doc:"That leads it"`
		Below    bool          `query:"below" doc:"Also what units beneath it lead"`
		NoUnit   bool          `query:"no_unit" doc:"Those that no unit leads"`
		Hindered bool          `query:"hindered" doc:"Those with an obstacle that stands"`
	}
	register(a, "list-projects", func(ctx context.Context, in *query) (*many[Project], error) {
		page := in.page()
		list, err := c.Projects(ctx, catalogue.ProjectQuery{
			Plan: in.Plan, Words: in.Text, Category: ledger.ProjectCategory(in.Category), Stage: ledger.Stage(in.Stage), Unit: in.Unit,
			Below: in.Below, NoUnit: in.NoUnit, Hindered: in.Hindered,
		}, page)
		if err != nil {
			return nil, err
		}
		return listed(&in.Paged, list.Next, shown(list.Records, projectOf)), nil
	})
	a.orders("list-projects", bothWays("number", "name", "completion", "total", "start")...)
	register(a, "get-project", func(ctx context.Context, in *Reading[ledger.ProjectID]) (*one[Project], error) {
		p, err := c.Project(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return answered(in.Known, p.Revision, projectOf(p.Record)), nil
	}, cached)
	register(a, "list-stages", func(ctx context.Context, in *ByID[ledger.ProjectID]) (*plain[List[StageMove]], error) {
		p, err := c.Project(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		items := make([]StageMove, len(p.Moves))
		for i, m := range p.Moves {
			items[i] = StageMove{On: m.On, From: string(m.From), To: m.To, Reason: m.Reason, Account: m.Account}
		}
		return &plain[List[StageMove]]{Body: List[StageMove]{Items: items}}, nil
	})
	a.projectChanges()
}

func (a *API) projectChanges() {
	c := a.options.Catalogue
	answer := func(ctx context.Context, id ledger.ProjectID) (*one[Project], error) {
		p, err := c.Project(ctx, id)
		if err != nil {
			return nil, err
		}
		return changed(p.Revision, projectOf(p.Record)), nil
	}
	register(a, "create-project", func(ctx context.Context, in *Adding[NewProject]) (*one[Project], error) {
		p := ledger.Project{ID: store.NewID[ledger.ProjectID](a.Store()), Plan: in.Body.Plan, Stage: in.Body.Stage}
		if p.Stage == "" {
			p.Stage = ledger.Reserve
		}
		id, err := c.AddProject(ctx, in.Body.Terms.put(p))
		if err != nil {
			return nil, err
		}
		r, err := c.Project(ctx, id)
		if err != nil {
			return nil, err
		}
		return made("/projects/"+string(id), r.Revision, projectOf(r.Record)), nil
	}, created)
	register(a, "edit-project", func(ctx context.Context, in *Writing[ledger.ProjectID, ProjectTerms]) (*one[Project], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		err = c.ReviseProject(ctx, in.ID, revision, func(p ledger.Project) (ledger.Project, error) { return in.Body.put(p), nil })
		if err != nil {
			return nil, err
		}
		return answer(ctx, in.ID)
	})
	register(a, "move-project", func(ctx context.Context, in *Writing[ledger.ProjectID, StageTerms]) (*one[Project], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		step := catalogue.Stage{To: in.Body.To, Reason: in.Body.Reason, Date: in.Body.Date}
		if err := c.MoveProject(ctx, in.ID, step, revision); err != nil {
			return nil, err
		}
		return answer(ctx, in.ID)
	})
}
