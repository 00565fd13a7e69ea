package api

import (
	"context"
	"strings"

	"luoshi/internal/service/catalogue"
	"luoshi/ledger"
)

// Found is what was found of one kind.
type Found struct {
	Kind string `json:"kind" enum:"documents,commitments,projects"`
	Hits []Hit  `json:"hits"`
	Next string `json:"next,omitempty" doc:"Pass it as after, with this kind, for the next part"`
}

// Hit is one thing that was found.
type Hit struct {
	ID      string        `json:"id"`
	Number  string        `json:"number,omitempty"`
	Title   string        `json:"title"`
	Lead    ledger.UnitID `json:"lead,omitempty"`
	Passage []Stretch     `json:"passage" doc:"The passage that holds the words"`
}

// Stretch is a part of a passage.
type Stretch struct {
	Text  string `json:"text"`
	Found bool   `json:"found" doc:"These are the words that were looked for"`
}

// SavedView is the filters and the order of a list under a name.
type SavedView struct {
	ID      string           `json:"id"`
	Name    string           `json:"name"`
	Page    string           `json:"page" doc:"The path of the list"`
	Query   string           `json:"query" doc:"Its filters and order, as in an address"`
	Account ledger.AccountID `json:"account"`
	Unit    ledger.UnitID    `json:"unit,omitempty" doc:"With which it is shared"`
	Own     bool             `json:"own"`
	Default bool             `json:"default" doc:"What one sees who comes to the page without filters"`
}

// NewView is a view that somebody wants to keep.
type NewView struct {
	Name    string `json:"name" minLength:"1" maxLength:"100"`
	Page    string `json:"page" minLength:"1" maxLength:"200"`
	Query   string `json:"query" maxLength:"2000"`
	Share   bool   `json:"share,omitempty" doc:"With the own unit"`
	Default bool   `json:"default,omitempty"`
}

func (a *API) searchOperations() {
	c := a.options.Catalogue
	type query struct {
		Words string        `query:"words" required:"true" minLength:"1" maxLength:"200"`
		Kind  string        `query:"kind" enum:"documents,commitments,projects" doc:"All where absent"`
		Plan  ledger.PlanID `query:"plan" maxLength:"100"`
		Unit  ledger.UnitID `query:"unit" maxLength:"100" doc:"That leads it"`
		Limit int           `query:"limit" minimum:"1" maximum:"100" default:"20" doc:"Of each kind"`
		After string        `query:"after" maxLength:"2000"`
	}
	register(a, "search", func(ctx context.Context, in *query) (*plain[List[Found]], error) {
		found, err := c.Search(ctx, catalogue.Search{
			Words: in.Words, Kind: in.Kind, Plan: in.Plan, Unit: in.Unit, Limit: in.Limit, After: in.After,
		})
		if err != nil {
			return nil, err
		}
		items := make([]Found, len(found))
		for i, f := range found {
			items[i] = Found{Kind: f.Kind, Hits: []Hit{}, Next: f.Next}
			for _, h := range f.Hits {
				items[i].Hits = append(items[i].Hits, Hit{ID: h.ID, Number: h.Number, Title: joined(h.Title), Lead: h.Lead, Passage: stretchesOf(h.Passage)})
			}
		}
		return &plain[List[Found]]{Body: List[Found]{Items: items}}, nil
	})
	a.viewOperations()
}

func joined(title []catalogue.Stretch) string {
	var b strings.Builder
	for _, s := range title {
		b.WriteString(s.Text)
	}
	return b.String()
}

func stretchesOf(passage []catalogue.Stretch) []Stretch {
	all := make([]Stretch, len(passage))
	for i, s := range passage {
		all[i] = Stretch(s)
	}
	return all
}

func (a *API) viewOperations() {
	c := a.options.Catalogue
	register(a, "list-views", func(ctx context.Context, in *struct {
		Page string `query:"page" required:"true" minLength:"1" maxLength:"200" doc:"The path of the list"`
	},
	) (*plain[List[SavedView]], error) {
		all, err := c.Views(ctx, in.Page)
		if err != nil {
			return nil, err
		}
		items := make([]SavedView, len(all))
		for i, v := range all {
			items[i] = SavedView(v)
		}
		return &plain[List[SavedView]]{Body: List[SavedView]{Items: items}}, nil
	})
	register(a, "save-view", func(ctx context.Context, in *Adding[NewView]) (*plain[Named], error) {
		id, err := c.SaveView(ctx, catalogue.NewView(in.Body))
		if err != nil {
			return nil, err
		}
		return &plain[Named]{Body: Named{ID: id}}, nil
	})
	register(a, "drop-view", func(ctx context.Context, in *ByID[string]) (*done, error) {
		return nil, c.DropView(ctx, in.ID)
	})
}

// Named names what was made.
type Named struct {
	ID string `json:"id"`
}
