package api

import (
	"context"

	"luoshi/calendar"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// Unit is a unit as the API shows it: as it was founded, and what became of it.
type Unit struct {
	ledger.Unit
	NameNow    string              `json:"name_now" doc:"Today; its last name if it has ended"`
	ParentNow  ledger.UnitID       `json:"parent_now,omitempty" doc:"Whom it answers to today"`
	Exists     bool                `json:"exists"`
	Successors []ledger.UnitID     `json:"successors" doc:"Who stand for it today, where it has ended"`
	Changes    []ledger.UnitChange `json:"changes" doc:"Its dated changes"`
	Kept
	Proof string `json:"proof" doc:"Where the proof of the record's history is found"`
}

func unitOf(u catalogue.Unit) Unit {
	shows := Unit{
		Unit: u.Value, NameNow: u.Name, Exists: u.Exists, Successors: []ledger.UnitID{}, Changes: filled(u.Changes), Kept: keptOf(u.Record),
		Proof: proofPath("units", string(u.Value.ID)),
	}
	if n := len(u.Above); n > 0 {
		shows.ParentNow = u.Above[n-1].ID
	}
	for _, heir := range u.Heirs {
		shows.Successors = append(shows.Successors, heir.ID)
	}
	return shows
}

// Branch is a unit in the tree of a day.
type Branch struct {
	ID    ledger.UnitID   `json:"id"`
	Name  string          `json:"name" doc:"On that day"`
	Kind  ledger.UnitKind `json:"kind"`
	Above ledger.UnitID   `json:"above,omitempty"`
	Level int             `json:"level" doc:"1 at the top"`
}

// UnitTerms are a unit as it is founded, or set right.
type UnitTerms struct {
	Parent  ledger.UnitID   `json:"parent,omitempty" maxLength:"100"`
	Kind    ledger.UnitKind `json:"kind"`
	Name    string          `json:"name" minLength:"1" maxLength:"100"`
	Aliases []string        `json:"aliases,omitempty" maxItems:"20"`
	Since   calendar.Date   `json:"since,omitzero"`
	Order   int             `json:"order,omitempty"`
}

func (t UnitTerms) unit(id ledger.UnitID) ledger.Unit {
	return ledger.Unit{ID: id, Parent: t.Parent, Kind: t.Kind, Name: t.Name, Aliases: t.Aliases, Since: t.Since, Order: t.Order}
}

// UnitChangeTerms are a dated change of a unit.
type UnitChangeTerms struct {
	On      calendar.Date   `json:"on"`
	Kind    string          `json:"kind" enum:"renamed,moved,merged,split,abolished"`
	Name    string          `json:"name,omitempty" maxLength:"100"`
	Aliases []string        `json:"aliases,omitempty" maxItems:"20"`
	Parent  ledger.UnitID   `json:"parent,omitempty" maxLength:"100"`
	Into    []ledger.UnitID `json:"into,omitempty" maxItems:"50"`
	Basis   string          `json:"basis,omitempty" maxLength:"200" doc:"The paper that orders it"`
}

func (a *API) unitOperations() {
	c := a.options.Catalogue
	type on struct {
		On calendar.Date `query:"on" doc:"Today where absent"`
	}
	register(a, "list-units", func(ctx context.Context, in *on) (*plain[List[Branch]], error) {
		day := in.On
		if day.IsZero() {
			day = a.Today()
		}
		tree, err := c.TreeOn(ctx, day)
		if err != nil {
			return nil, err
		}
		items := make([]Branch, len(tree))
		for i, b := range tree {
			items[i] = Branch{ID: b.Unit.ID, Name: b.Name, Kind: b.Unit.Kind, Above: b.Above, Level: b.Level}
		}
		return &plain[List[Branch]]{Body: List[Branch]{Items: items}}, nil
	})
	register(a, "get-unit", func(ctx context.Context, in *Reading[ledger.UnitID]) (*one[Unit], error) {
		u, err := c.Unit(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return answered(in.Known, u.Revision, unitOf(u)), nil
	}, cached)
	a.unitChanges()
	a.postOperations()
}

func (a *API) unitChanges() {
	c := a.options.Catalogue
	shown := func(ctx context.Context, id ledger.UnitID) (*one[Unit], error) {
		u, err := c.Unit(ctx, id)
		if err != nil {
			return nil, err
		}
		return changed(u.Revision, unitOf(u)), nil
	}
	register(a, "found-unit", func(ctx context.Context, in *Adding[UnitTerms]) (*one[Unit], error) {
		id, err := c.FoundUnit(ctx, in.Body.unit(""))
		if err != nil {
			return nil, err
		}
		u, err := c.Unit(ctx, id)
		if err != nil {
			return nil, err
		}
		return made("/units/"+string(id), u.Revision, unitOf(u)), nil
	}, created)
	register(a, "correct-unit", func(ctx context.Context, in *Writing[ledger.UnitID, UnitTerms]) (*one[Unit], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		if err := c.CorrectUnit(ctx, in.Body.unit(in.ID), revision); err != nil {
			return nil, err
		}
		return shown(ctx, in.ID)
	})
	register(a, "change-unit", func(ctx context.Context, in *Writing[ledger.UnitID, UnitChangeTerms]) (*one[Unit], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		b := in.Body
		change := ledger.UnitChange{
			Unit: in.ID, On: b.On, Kind: ledger.UnitChangeKind(b.Kind), Name: b.Name, Aliases: b.Aliases, Parent: b.Parent, Into: b.Into, Basis: b.Basis,
		}
		if err := c.ChangeUnit(ctx, change, revision); err != nil {
			return nil, err
		}
		return shown(ctx, in.ID)
	})
}

// Post is a post as the API shows it.
type Post struct {
	ledger.Post
	Holders []ledger.Holder `json:"holders" doc:"Who held it, the first one first"`
	Kept
	Proof string `json:"proof" doc:"Where the proof of the record's history is found"`
}

func postOf(p catalogue.Post) Post {
	return Post{Post: p.Value, Holders: filled(p.Holders), Kept: keptOf(p.Record), Proof: proofPath("posts", string(p.Value.ID))}
}

// PostTerms are a new post.
type PostTerms struct {
	Unit  ledger.UnitID `json:"unit" minLength:"1" maxLength:"100"`
	Title string        `json:"title" minLength:"1" maxLength:"100"`
}

// Succession lets somebody hold a post from a day on.
type Succession struct {
	Person  string           `json:"person" minLength:"1" maxLength:"100"`
	Account ledger.AccountID `json:"account,omitempty" maxLength:"100"`
	From    calendar.Date    `json:"from"`
}

func (a *API) postOperations() {
	c := a.options.Catalogue
	answer := func(ctx context.Context, id ledger.PostID) (*one[Post], error) {
		p, err := c.Post(ctx, id)
		if err != nil {
			return nil, err
		}
		return changed(p.Revision, postOf(p)), nil
	}
	register(a, "list-posts", func(ctx context.Context, in *ByID[ledger.UnitID]) (*plain[List[Post]], error) {
		all, err := c.Posts(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		items := make([]Post, len(all))
		for i, p := range all {
			items[i] = postOf(p)
		}
		return &plain[List[Post]]{Body: List[Post]{Items: items}}, nil
	})
	register(a, "get-post", func(ctx context.Context, in *Reading[ledger.PostID]) (*one[Post], error) {
		p, err := c.Post(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return answered(in.Known, p.Revision, postOf(p)), nil
	}, cached)
	register(a, "create-post", func(ctx context.Context, in *Adding[PostTerms]) (*one[Post], error) {
		id, err := c.AddPost(ctx, ledger.Post{ID: store.NewID[ledger.PostID](a.Store()), Unit: in.Body.Unit, Title: in.Body.Title})
		if err != nil {
			return nil, err
		}
		p, err := c.Post(ctx, id)
		if err != nil {
			return nil, err
		}
		return made("/posts/"+string(id), p.Revision, postOf(p)), nil
	}, created)
	register(a, "retitle-post", func(ctx context.Context, in *Writing[ledger.PostID, Titled]) (*one[Post], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		if err := c.RenamePost(ctx, in.ID, in.Body.Title, revision); err != nil {
			return nil, err
		}
		return answer(ctx, in.ID)
	})
	register(a, "succeed-in-post", func(ctx context.Context, in *Writing[ledger.PostID, Succession]) (*one[Post], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		next := ledger.Holder{Post: in.ID, Person: in.Body.Person, Account: in.Body.Account, From: in.Body.From}
		if err := c.Succeed(ctx, next, revision); err != nil {
			return nil, err
		}
		return answer(ctx, in.ID)
	})
}
