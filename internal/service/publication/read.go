package publication

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/uptrace/bun"

	"luoshi/internal/audit/merkle"
	"luoshi/internal/service/publication/disclosed"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/light"
)

// Opened is a plan that is public, as its last edition tells of it.
type Opened struct {
	disclosed.Heading
	Edition EditionIs
	spoken  string // the heading in its one spelling
}

// Shown tells whether a part is public.
func (o Opened) Shown(p disclosed.Part) bool { return slices.Contains(o.Shows, p) }

// Section is a section of the outline by its number; false where there is none.
func (o Opened) Section(number int) (disclosed.Section, bool) {
	i := slices.IndexFunc(o.Outline, func(s disclosed.Section) bool { return s.Number == number })
	if i < 0 {
		return disclosed.Section{}, false
	}
	return o.Outline[i], true
}

// Path is where a section stands in the outline, from the top.
func (o Opened) Path(number int) []disclosed.Section {
	var path []disclosed.Section
	for section, ok := o.Section(number); ok && len(path) < len(o.Outline); section, ok = o.Section(section.Parent) {
		path = append([]disclosed.Section{section}, path...)
	}
	return path
}

// Beneath is a section with all beneath it.
func (o Opened) Beneath(number int) []int {
	var all []int
	for _, section := range o.Outline {
		if slices.ContainsFunc(o.Path(section.Number), func(s disclosed.Section) bool { return s.Number == number }) {
			all = append(all, section.Number)
		}
	}
	return all
}

// Plans are the plans that are public, the youngest year first.
func (s *Service) Plans(ctx context.Context) ([]Opened, error) {
	var rows []publicationRow
	err := s.core.Store().View(ctx).NewSelect().Model(&rows).Where("open").Order("address DESC").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("publication: looking for public plans: %w", err)
	}
	var plans []Opened
	for _, r := range rows {
		opened, there, err := s.opened(ctx, ledger.PlanID(r.Plan))
		if err != nil {
			return nil, err
		}
		if there {
			plans = append(plans, opened)
		}
	}
	slices.SortStableFunc(plans, func(a, b Opened) int { return b.Year - a.Year })
	return plans, nil
}

// opened is a public plan; false where nothing was told of it yet.
func (s *Service) opened(ctx context.Context, plan ledger.PlanID) (Opened, bool, error) {
	edition, heading, err := s.last(ctx, plan)
	if err != nil || edition.Number == 0 {
		return Opened{}, false, err
	}
	o := Opened{Edition: edition, spoken: heading}
	if err := json.Unmarshal([]byte(heading), &o.Heading); err != nil {
		return o, false, fmt.Errorf("publication: reading the heading of plan %s: %w", plan, err)
	}
	government, err := s.core.Store().Plans().Get(ctx, string(plan))
	if err != nil {
		return o, false, err
	}
	return o, true, s.core.Check(ctx, readPlan, ofPlan(government.Value, true))
}

// Plan is a public plan by its address. Of a plan that is not public nobody learns that there is one.
func (s *Service) Plan(ctx context.Context, address string) (Opened, error) {
	var row publicationRow
	err := s.core.Store().View(ctx).NewSelect().Model(&row).Where("address = ?", address).Where("open").Scan(ctx)
	if noRows(err) {
		return Opened{}, &store.NotFound{Kind: Kind, ID: address}
	}
	if err != nil {
		return Opened{}, fmt.Errorf("publication: looking for the plan at %s: %w", address, err)
	}
	opened, there, err := s.opened(ctx, ledger.PlanID(row.Plan))
	if err == nil && !there {
		err = &store.NotFound{Kind: Kind, ID: address}
	}
	return opened, err
}

// Query narrows a list of promises. What is empty narrows nothing.
type Query struct {
	Words   string // in the number, the title, the wording or the names of units
	Section int    // of the outline, with all beneath it
	Colour  light.Colour
	Kind    ledger.CommitmentKind
	Unit    string // the name of who leads
}

// filter narrows a list of records.
func (o Opened) filter(q *bun.SelectQuery, query Query) *bun.SelectQuery {
	q = q.Where("plan = ?", o.Plan).Where("until = 0")
	for _, word := range strings.Fields(strings.ToLower(query.Words)) {
		q = q.Where(`words LIKE ? ESCAPE '\'`, "%"+strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(word)+"%")
	}
	if query.Section != 0 {
		q = q.Where("section IN (?)", bun.List(append(o.Beneath(query.Section), query.Section)))
	}
	for column, value := range map[string]string{"colour": string(query.Colour), "kind": string(query.Kind), "unit": query.Unit} {
		if value != "" {
			q = q.Where("? = ?", bun.Ident(column), value)
		}
	}
	return q
}

// Listing is a part of a list of promises, in the order of the plan.
type Listing struct {
	Promises []disclosed.Promise
	Next     string // of store.Page; empty behind the last
}

// Promises are the promises of a public plan.
func (s *Service) Promises(ctx context.Context, o Opened, query Query, page store.Page) (Listing, error) {
	limit := page.Limit
	if limit <= 0 {
		limit = store.DefaultLimit
	}
	limit = min(limit, store.MaxLimit)
	var rows []recordRow
	q := o.filter(s.core.Store().View(ctx).NewSelect().Model(&rows).Column("promise", "place", "body"), query).Order("place", "promise")
	if after, err := strconv.Atoi(page.After); err == nil {
		q = q.Where("place > ?", after)
	}
	if err := q.Limit(int64(limit) + 1).Scan(ctx); err != nil {
		return Listing{}, fmt.Errorf("publication: listing the promises of plan %s: %w", o.Plan, err)
	}
	var l Listing
	if len(rows) > limit {
		rows = rows[:limit]
		l.Next = strconv.Itoa(rows[limit-1].Place)
	}
	for _, r := range rows {
		p, err := r.promise()
		if err != nil {
			return l, err
		}
		l.Promises = append(l.Promises, p)
	}
	return l, nil
}

func (r recordRow) promise() (disclosed.Promise, error) {
	var p disclosed.Promise
	if err := json.Unmarshal([]byte(r.Body), &p); err != nil {
		return p, fmt.Errorf("publication: reading promise %s: %w", r.Promise, err)
	}
	return p, nil
}

// Told is what the public was told of a promise, and from which edition on.
type Told struct {
	Promise disclosed.Promise
	Edition int64
	Body    string // in its one spelling
	Digest  string // its leaf
}

// Promise is a promise of a public plan, by its key.
func (s *Service) Promise(ctx context.Context, o Opened, key string) (Told, error) {
	var row recordRow
	err := s.core.Store().View(ctx).NewSelect().Model(&row).Where("plan = ?", o.Plan).Where("until = 0").Where("key = ?", key).Scan(ctx)
	if noRows(err) {
		return Told{}, s.gone(ctx, o, key)
	}
	if err != nil {
		return Told{}, fmt.Errorf("publication: reading promise %s: %w", key, err)
	}
	p, err := row.promise()
	return Told{p, row.Edition, row.Body, row.Digest}, err
}

// Records are all promises of a public plan in the order of the leaves, each as it was written; the heading comes first.
func (s *Service) Records(ctx context.Context, o Opened) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		if !yield(o.spoken, nil) {
			return
		}
		for row, err := range s.records(ctx, o) {
			if !yield(row.Body, err) || err != nil {
				return
			}
		}
	}
}

// records are the rows of all promises, by identifier.
func (s *Service) records(ctx context.Context, o Opened) iter.Seq2[recordRow, error] {
	return func(yield func(recordRow, error) bool) {
		after := ""
		for {
			var rows []recordRow
			err := s.core.Store().View(ctx).NewSelect().Model(&rows).Where("plan = ?", o.Plan).Where("until = 0").
				Where("promise > ?", after).Order("promise").Limit(store.MaxLimit).Scan(ctx)
			if err != nil {
				yield(recordRow{}, fmt.Errorf("publication: reading the records of plan %s: %w", o.Plan, err))
				return
			}
			for _, r := range rows {
				if !yield(r, nil) {
					return
				}
			}
			if len(rows) < store.MaxLimit {
				return
			}
			after = rows[len(rows)-1].Promise
		}
	}
}

// All are all promises of a public plan in its order.
func (s *Service) All(ctx context.Context, o Opened) ([]Told, error) {
	var rows []recordRow
	for row, err := range s.records(ctx, o) {
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	slices.SortStableFunc(rows, func(a, b recordRow) int { return a.Place - b.Place })
	all := make([]Told, len(rows))
	for i, r := range rows {
		p, err := r.promise()
		if err != nil {
			return nil, err
		}
		all[i] = Told{p, r.Edition, r.Body, r.Digest}
	}
	return all, nil
}

// News are the promises that the last editions of a plan said something new about, the youngest first.
func (s *Service) News(ctx context.Context, o Opened, limit int) ([]Told, map[int64]EditionIs, error) {
	var rows []recordRow
	err := s.core.Store().View(ctx).NewSelect().Model(&rows).Where("plan = ?", o.Plan).Where("until = 0").
		Order("edition DESC", "place").Limit(int64(limit)).Scan(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("publication: looking for news of plan %s: %w", o.Plan, err)
	}
	told := make([]Told, len(rows))
	for i, r := range rows {
		p, err := r.promise()
		if err != nil {
			return nil, nil, err
		}
		told[i] = Told{p, r.Edition, r.Body, r.Digest}
	}
	editions, err := s.editions(ctx, o.Plan)
	return told, editions, err
}

// editions are the editions of a plan by their numbers.
func (s *Service) editions(ctx context.Context, plan ledger.PlanID) (map[int64]EditionIs, error) {
	var rows []editionRow
	err := s.core.Store().View(ctx).NewSelect().Model(&rows).ExcludeColumn("heading").Where("plan = ?", plan).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("publication: reading the editions of plan %s: %w", plan, err)
	}
	all := map[int64]EditionIs{}
	for _, r := range rows {
		if all[r.Number], err = r.edition(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Editions are the editions of a public plan, the youngest first.
func (s *Service) Editions(ctx context.Context, o Opened) ([]EditionIs, error) {
	all, err := s.editions(ctx, o.Plan)
	if err != nil {
		return nil, err
	}
	var list []EditionIs
	for _, e := range all {
		list = append(list, e)
	}
	slices.SortFunc(list, func(a, b EditionIs) int { return int(b.Number - a.Number) })
	return list, nil
}

// Document opens a document of a public plan whose file is public. Whoever opens it closes it.
func (s *Service) Document(ctx context.Context, o Opened, digest ledger.Digest) (disclosed.Document, io.ReadCloser, error) {
	i := slices.IndexFunc(o.Documents, func(d disclosed.Document) bool { return d.Digest == digest && d.Open })
	if i < 0 || s.options.Files == nil {
		return disclosed.Document{}, nil, &store.NotFound{Kind: "documents", ID: string(digest)}
	}
	file, err := s.options.Files.Open(ctx, digest)
	if err != nil {
		return disclosed.Document{}, nil, fmt.Errorf("publication: opening document %s: %w", digest, err)
	}
	return o.Documents[i], file, nil
}

// tree is the tree of a plan's last edition, and at which leaf each promise is.
func (s *Service) tree(ctx context.Context, o Opened) (*disclosed.Tree, map[string]int64, error) {
	var rows []recordRow
	err := s.core.Store().View(ctx).NewSelect().Model(&rows).Column("promise", "digest").Where("plan = ?", o.Plan).
		Where("until = 0").Order("promise").Scan(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("publication: reading the leaves of plan %s: %w", o.Plan, err)
	}
	leaves, at := []merkle.Hash{s.hashing().Leaf([]byte(o.spoken))}, map[string]int64{}
	for _, r := range rows {
		leaf, err := merkle.ParseHash(r.Digest)
		if err != nil {
			return nil, nil, err
		}
		at[r.Promise] = int64(len(leaves))
		leaves = append(leaves, leaf)
	}
	return disclosed.NewTree(s.hashing(), leaves), at, nil
}
