package publication

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"luoshi/internal/access"
	"luoshi/internal/audit/merkle"
	"luoshi/internal/service"
	"luoshi/internal/service/publication/disclosed"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// RenewKind is the kind of task that makes another edition of a plan when something that it tells of has changed.
const RenewKind = "publication.renew"

// RenewMay are the actions of the task.
var RenewMay = []access.Action{disclose}

// EditionIs is an edition with when it was made.
type EditionIs struct {
	disclosed.Edition
	Made time.Time
}

type editionRow struct {
	bun.BaseModel `bun:"table:publication_editions,alias:publication_editions"`
	Plan          string `bun:"plan,pk"`
	Number        int64  `bun:"number,pk"`
	Made          string `bun:"made"`
	Leaves        int64  `bun:"leaves"`
	Root          string `bun:"root"`
	Added         int    `bun:"added"`
	Changed       int    `bun:"changed"`
	Removed       int    `bun:"removed"`
	Heading       string `bun:"heading"`
}

func (r editionRow) edition() (EditionIs, error) {
	root, err := merkle.ParseHash(r.Root)
	e := disclosed.Edition{
		Plan: ledger.PlanID(r.Plan), Number: r.Number, Leaves: r.Leaves, Root: root, Added: r.Added, Changed: r.Changed, Removed: r.Removed,
	}
	return EditionIs{e, store.TimeOf(r.Made)}, err
}

type recordRow struct {
	bun.BaseModel `bun:"table:publication_records,alias:publication_records"`
	Plan          string `bun:"plan,pk"`
	Promise       string `bun:"promise,pk"`
	Edition       int64  `bun:"edition,pk"`
	Until         int64  `bun:"until"`
	Place         int    `bun:"place"`
	Key           string `bun:"key"`
	Section       int    `bun:"section"`
	Kind          string `bun:"kind"`
	Colour        string `bun:"colour"`
	Unit          string `bun:"unit"`
	Words         string `bun:"words"`
	Digest        string `bun:"digest"`
	Body          string `bun:"body"`
}

// last is the last edition of a plan with its heading; zero where there is none.
func (s *Service) last(ctx context.Context, plan ledger.PlanID) (EditionIs, string, error) {
	var row editionRow
	err := s.core.Store().View(ctx).NewSelect().Model(&row).Where("plan = ?", plan).Order("number DESC").Limit(1).Scan(ctx)
	if noRows(err) {
		return EditionIs{}, "", nil
	}
	if err != nil {
		return EditionIs{}, "", fmt.Errorf("publication: reading the last edition of plan %s: %w", plan, err)
	}
	e, err := row.edition()
	return e, row.Heading, err
}

// renewArgs is of which plan another edition is wanted.
type renewArgs struct {
	Plan ledger.PlanID `json:"plan"`
}

// Work is the task of RenewKind.
func (s *Service) Work(ctx context.Context, args json.RawMessage) error {
	var asked renewArgs
	if err := json.Unmarshal(args, &asked); err != nil {
		return fmt.Errorf("publication: reading what to renew: %w", err)
	}
	_, err := s.Renew(ctx, asked.Plan)
	return err
}

// Renew makes another edition of a plan that is public, if the ledger says something else than the last one. Reading
// holds up nobody; only what differs is written in a transaction.
func (s *Service) Renew(ctx context.Context, id ledger.PlanID) (EditionIs, error) {
	plan, err := s.core.Store().Plans().Get(ctx, string(id))
	if err != nil {
		return EditionIs{}, err
	}
	if err := s.core.Check(ctx, disclose, ofPlan(plan.Value, false)); err != nil {
		return EditionIs{}, err
	}
	settings, err := s.begin(ctx, id)
	if err != nil || !settings.Open {
		return EditionIs{}, err
	}
	draft, err := s.compose(ctx, plan.Value, settings)
	if err != nil {
		return EditionIs{}, err
	}
	if !draft.differs() {
		return draft.before, nil
	}
	if err := s.keep(service.As(ctx, reader), draft); err != nil {
		return EditionIs{}, err
	}
	if s.options.Sign != nil {
		if err := s.options.Sign(ctx); err != nil {
			return EditionIs{}, err
		}
	}
	return EditionIs{draft.edition, draft.made}, nil
}

// begin takes the request away that this edition answers.
func (s *Service) begin(ctx context.Context, plan ledger.PlanID) (Settings, error) {
	var row publicationRow
	err := s.core.Store().Within(ctx, func(ctx context.Context, tx bun.Tx) error {
		row = publicationRow{}
		err := tx.NewUpdate().Model(&row).Set("asked = 0").Where("plan = ?", plan).Returning("*").Scan(ctx)
		if err != nil && !noRows(err) {
			return fmt.Errorf("publication: beginning an edition of plan %s: %w", plan, err)
		}
		return nil
	})
	if err != nil || row.Plan == "" {
		return Settings{}, err
	}
	return row.settings()
}

// draft is an edition before it is kept.
type draft struct {
	before  EditionIs
	edition disclosed.Edition
	made    time.Time
	heading string
	moved   bool        // the heading says something else
	added   []recordRow // that say something new
	gone    []string    // promises whose last record no longer holds
	places  []recordRow // that say the same elsewhere
}

// differs tells whether the ledger says something else than the last edition.
func (d *draft) differs() bool { return d.moved || len(d.added)+len(d.gone) > 0 }

// compose makes an edition of what the ledger says now.
func (s *Service) compose(ctx context.Context, plan ledger.Plan, settings Settings) (*draft, error) {
	g, followed, err := s.gather(ctx, plan, settings)
	if err != nil {
		return nil, err
	}
	d := &draft{}
	var said string
	if d.before, said, err = s.last(ctx, plan.ID); err != nil {
		return nil, err
	}
	holding, err := s.holding(ctx, plan.ID)
	if err != nil {
		return nil, err
	}
	promises, withheld := g.promises(followed)
	heading, err := disclosed.Encode(g.heading(withheld))
	if err != nil {
		return nil, fmt.Errorf("publication: writing the heading of plan %s: %w", plan.ID, err)
	}
	d.heading, d.moved = string(heading), string(heading) != said
	d.edition = disclosed.Edition{Plan: plan.ID, Number: d.before.Number + 1, Leaves: int64(len(promises)) + 1}
	leaves := make(map[string]string, len(promises))
	for place := range promises {
		row, err := s.record(plan.ID, d.edition.Number, place, &promises[place])
		if err != nil {
			return nil, err
		}
		leaves[row.Promise] = row.Digest
		d.compare(row, holding)
	}
	for promise := range holding {
		if _, still := leaves[promise]; !still {
			d.gone = append(d.gone, promise)
			d.edition.Removed++
		}
	}
	d.edition.Root, err = s.root(heading, leaves)
	return d, err
}

// hashing is the hash function of the log, which editions use as well.
func (s *Service) hashing() merkle.Hashing {
	if s.options.Key == nil {
		return merkle.SHA256
	}
	return s.options.Key.Suite().Hashing()
}

// record is a promise as a row.
func (s *Service) record(plan ledger.PlanID, edition int64, place int, p *disclosed.Promise) (recordRow, error) {
	body, err := disclosed.Encode(p)
	if err != nil {
		return recordRow{}, fmt.Errorf("publication: writing promise %s: %w", p.ID, err)
	}
	words := strings.ToLower(strings.Join(append([]string{p.Number, p.Title, p.Wording, p.Lead}, p.Cooperating...), "\n"))
	return recordRow{
		Plan: string(plan), Promise: string(p.ID), Edition: edition, Place: place, Key: p.Key, Section: p.Section, Kind: string(p.Kind),
		Colour: string(p.Colour()), Unit: p.Lead, Words: words, Digest: s.hashing().Leaf(body).String(), Body: string(body),
	}, nil
}

// compare puts a record among what differs from the last edition, as far as it does.
func (d *draft) compare(row recordRow, holding map[string]recordRow) {
	old, there := holding[row.Promise]
	switch {
	case !there:
		d.edition.Added++
		d.added = append(d.added, row)
	case old.Digest != row.Digest:
		d.edition.Changed++
		d.added, d.gone = append(d.added, row), append(d.gone, row.Promise)
	case old.Place != row.Place:
		d.places = append(d.places, row)
	}
}

// holding are the records that hold now, without what they say.
func (s *Service) holding(ctx context.Context, plan ledger.PlanID) (map[string]recordRow, error) {
	var rows []recordRow
	err := s.core.Store().View(ctx).NewSelect().Model(&rows).Column("promise", "place", "digest").
		Where("plan = ?", plan).Where("until = 0").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("publication: reading the records of plan %s: %w", plan, err)
	}
	all := make(map[string]recordRow, len(rows))
	for _, r := range rows {
		all[r.Promise] = r
	}
	return all, nil
}

// root is that of the tree over the heading and the promises in the order of their identifiers.
func (s *Service) root(heading []byte, leaves map[string]string) (merkle.Hash, error) {
	ids := make([]string, 0, len(leaves))
	for id := range leaves {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	hashes := []merkle.Hash{s.hashing().Leaf(heading)}
	for _, id := range ids {
		leaf, err := merkle.ParseHash(leaves[id])
		if err != nil {
			return merkle.Hash{}, err
		}
		hashes = append(hashes, leaf)
	}
	return disclosed.NewTree(s.hashing(), hashes).Root(), nil
}

// atOnce is how many rows are written by one statement.
const atOnce = 300

// keep writes an edition, unless another one came first.
func (s *Service) keep(ctx context.Context, d *draft) error {
	return s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		plan := d.edition.Plan
		record, err := s.core.Store().Plans().Get(ctx, string(plan))
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, disclose, ofPlan(record.Value, false)); err != nil {
			return err
		}
		now, _, err := s.last(ctx, plan)
		if err != nil {
			return err
		}
		if now.Number != d.before.Number {
			return faults.New("edition.overtaken")
		}
		d.made = s.core.Store().Now()
		edition := editionRow{
			Plan: string(plan), Number: d.edition.Number, Made: store.TimeText(d.made), Leaves: d.edition.Leaves, Root: d.edition.Root.String(),
			Added: d.edition.Added, Changed: d.edition.Changed, Removed: d.edition.Removed, Heading: d.heading,
		}
		if err := store.Insert(ctx, w.Tx(), edition); err != nil {
			return err
		}
		if err := d.write(ctx, w.Tx()); err != nil {
			return err
		}
		w.Record(disclose, EditionKind, disclosed.EditionID(d.edition), nil, d.edition, nil)
		return s.writeNews(ctx, w.Tx())
	})
}

// write writes what differs: what no longer holds ends first, as keys may go from one promise to another.
func (d *draft) write(ctx context.Context, tx bun.Tx) error {
	for some := range slices.Chunk(d.gone, atOnce) {
		_, err := tx.NewUpdate().Table("publication_records").Set("until = ?", d.edition.Number).
			Where("plan = ?", d.edition.Plan).Where("until = 0").Where("promise IN (?)", bun.List(some)).Exec(ctx)
		if err != nil {
			return fmt.Errorf("publication: ending records of plan %s: %w", d.edition.Plan, err)
		}
	}
	for some := range slices.Chunk(d.added, atOnce) {
		if err := store.Insert(ctx, tx, some...); err != nil {
			return err
		}
	}
	for _, row := range d.places {
		_, err := tx.NewUpdate().Table("publication_records").Set("place = ?", row.Place).
			Where("plan = ?", row.Plan).Where("promise = ?", row.Promise).Where("until = 0").Exec(ctx)
		if err != nil {
			return fmt.Errorf("publication: ordering the records of plan %s: %w", row.Plan, err)
		}
	}
	return nil
}
