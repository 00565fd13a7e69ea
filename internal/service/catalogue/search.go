package catalogue

import (
	"context"
	"fmt"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// The kinds of what can be found.
const (
	FoundCommitment = "commitments"
	FoundProject    = "projects"
	FoundDocument   = "documents"
)

// foundKind is a kind of what can be found: the action that a page of one asks for, and where lists find whose it is.
type foundKind struct {
	name    string
	action  access.Action
	columns access.Columns
}

// foundKinds stand in the order in which pages show them.
var foundKinds = []foundKind{
	{FoundCommitment, "commitment.read", commitmentColumns},
	{FoundProject, "project.read", projectColumns},
	{FoundDocument, "document.read", documentColumns},
}

// FoundKinds are the kinds of what can be found, in the order in which pages show them.
func FoundKinds() []string {
	names := make([]string, len(foundKinds))
	for i, k := range foundKinds {
		names[i] = k.name
	}
	return names
}

// Search is what somebody looks for.
type Search struct {
	Words string
	Kind  string        // all where empty
	Plan  ledger.PlanID // of commitments and projects; documents belong to none
	Unit  ledger.UnitID // that leads commitments and projects
	Limit int           // of each kind
	After string        // Found.Next of the part before, of one kind
}

// Found is what was found of one kind.
type Found struct {
	Kind string
	Hits []Hit
	Next string
}

// Hit is one thing that was found, with the passage that holds the words.
type Hit struct {
	Kind    string
	ID      string
	Number  string
	Title   []Stretch
	Lead    ledger.UnitID
	Passage []Stretch
}

// Search finds what holds all the words and what the caller may read, kind by kind.
func (s *Service) Search(ctx context.Context, q Search) ([]Found, error) {
	if !s.May(ctx, "search.run") {
		return nil, s.Check(ctx, "search.run", service.Owned{})
	}
	var all []Found
	for _, k := range foundKinds {
		narrowed := q.Plan != "" || q.Unit != ""
		if q.Kind != "" && q.Kind != k.name || narrowed && k.name == FoundDocument {
			continue
		}
		found, err := s.find(ctx, q, k)
		if err != nil {
			return nil, err
		}
		all = append(all, found)
	}
	return all, nil
}

func (s *Service) find(ctx context.Context, q Search, k foundKind) (Found, error) {
	scope, err := s.Scope(ctx, k.action, k.columns)
	if err != nil {
		return Found{}, err
	}
	filters := []store.Filter{scope}
	if q.Plan != "" {
		filters = append(filters, store.InPlan(q.Plan))
	}
	if q.Unit != "" {
		units, err := s.reach(ctx, q.Unit, false)
		if err != nil {
			return Found{}, err
		}
		filters = append(filters, ledByAny(units))
	}
	hits, err := s.Store().Search(ctx, store.Query{
		Text: q.Words, Kinds: []string{k.name}, Limit: q.Limit, After: q.After,
		Scopes: map[string]store.Filter{k.name: joined(filters)},
	})
	if err != nil {
		return Found{}, readable(err)
	}
	found := Found{Kind: k.name, Next: hits.Next}
	found.Hits, err = s.described(ctx, k.name, q.Words, hits.Hits)
	return found, err
}

// described are hits with what pages say of them.
func (s *Service) described(ctx context.Context, kind, words string, hits []store.Hit) ([]Hit, error) {
	ids := make([]string, len(hits))
	for i, h := range hits {
		ids[i] = h.ID
	}
	named, err := s.names(ctx, kind, ids)
	if err != nil {
		return nil, fmt.Errorf("reading what was found: %w", err)
	}
	found := make([]Hit, len(hits))
	for i, h := range hits {
		found[i] = named[h.ID].hit(kind, h.ID, words)
		found[i].Passage = Excerpt(h.Words, words)
	}
	return found, nil
}

// name is what something that was found is called.
type name struct {
	number, title string
	lead          ledger.UnitID
}

func (n name) hit(kind, id, words string) Hit {
	return Hit{Kind: kind, ID: id, Number: n.number, Title: Highlight(n.title, words), Lead: n.lead}
}

func (s *Service) names(ctx context.Context, kind string, ids []string) (map[string]name, error) {
	names := make(map[string]name, len(ids))
	switch kind {
	case FoundCommitment:
		records, err := s.Store().Commitments().Some(ctx, ids...)
		for _, r := range records {
			names[string(r.Value.ID)] = name{r.Value.Number, r.Value.Title, r.Value.Lead}
		}
		return names, err
	case FoundProject:
		records, err := s.Store().Projects().Some(ctx, ids...)
		for _, r := range records {
			names[string(r.Value.ID)] = name{r.Value.Number, r.Value.Name, r.Value.Lead}
		}
		return names, err
	}
	records, err := s.Store().Documents().Some(ctx, ids...)
	for _, r := range records {
		title := r.Value.Title
		if title == "" {
			title = r.Value.Name
		}
		names[string(r.Value.Digest)] = name{title: title}
	}
	return names, err
}
