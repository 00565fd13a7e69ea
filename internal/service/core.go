package service

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/audit"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// zone is in which dates are told; the plans of the country know one time.
var zone = time.FixedZone("Asia/Shanghai", 8*60*60)

// Zone is the time zone in which the district lives: dates of the plan are dates there.
func Zone() *time.Location { return zone }

// Core is what use cases share: the ledger, the log, the table of rights, and the queue of work for later. It is
// safe for concurrent use.
type Core struct {
	store  *store.Store
	log    *audit.Log
	rights *access.Table
	queue  Queue
	logger *slog.Logger
	// observers are set while the program is made, see Observe.
	observers []Observer

	tree atomic.Pointer[keptTree]
}

// Parts are what a Core is made of.
type Parts struct {
	Store *store.Store
	Log   *audit.Log
	// Rights is access.Rights() where it is nil.
	Rights *access.Table
	// Queue takes work for later; where it is nil, whoever asks for work gets an error.
	Queue Queue
	// Logger hears what is refused; slog.Default() where it is nil.
	Logger *slog.Logger
}

// New makes a Core.
func New(parts Parts) *Core {
	c := &Core{store: parts.Store, log: parts.Log, rights: parts.Rights, queue: parts.Queue, logger: parts.Logger}
	if c.rights == nil {
		c.rights = access.Rights()
	}
	if c.logger == nil {
		c.logger = slog.Default()
	}
	return c
}

// Store is the ledger in SQL.
func (c *Core) Store() *store.Store { return c.store }

// Log is the tamper-evident log.
func (c *Core) Log() *audit.Log { return c.log }

// Rights is the table of who may do what.
func (c *Core) Rights() *access.Table { return c.rights }

// Today is the date in the district.
func (c *Core) Today() calendar.Date { return calendar.On(c.store.Now().In(zone)) }

// Task is a piece of work for later. Args are written as JSON; the kind says who does it.
type Task struct {
	Kind string
	Args any
	// At is when it is to be done; at once where zero.
	At time.Time
}

// Queue takes work in the transaction of the change that asks for it, so that neither is there without the other.
type Queue interface {
	Enqueue(ctx context.Context, tx bun.Tx, tasks ...Task) error
}

// keptTree is the tree of units as it is until a unit changes, in this process or in another.
type keptTree struct {
	state string
	on    calendar.Date
	tree  *ledger.Tree
	units *access.Units
}

// undecided is the tree that a change has read, to be kept once the change is.
type undecided struct{ kept *keptTree }

type undecidedKey struct{}

// Tree is the tree of units.
func (c *Core) Tree(ctx context.Context) (*ledger.Tree, error) {
	tree, _, err := c.units(ctx)
	return tree, err
}

// Units is the tree of units as it stands today, for questions of access.
func (c *Core) Units(ctx context.Context) (*access.Units, error) {
	_, units, err := c.units(ctx)
	return units, err
}

func (c *Core) units(ctx context.Context) (*ledger.Tree, *access.Units, error) {
	r := requestOf(ctx)
	if r == nil || c.store.Inside(ctx) {
		kept, err := c.lookAtUnits(ctx)
		return kept.tree, kept.units, err
	}
	kept, err := r.units(func() (keptTree, error) { return c.lookAtUnits(ctx) })
	return kept.tree, kept.units, err
}

// lookAtUnits is the tree of units as it stands now, read anew where a unit has changed since it was read last.
func (c *Core) lookAtUnits(ctx context.Context) (keptTree, error) {
	// Every change of a unit raises the revision of its record (see store.Units.Changed).
	var state struct{ Number, Revisions int64 }
	err := c.store.View(ctx).NewSelect().Table("units").
		ColumnExpr("count(*) AS number, coalesce(sum(revision), 0) AS revisions").Scan(ctx, &state)
	if err != nil {
		return keptTree{}, fmt.Errorf("looking whether units have changed: %w", err)
	}
	kept := keptTree{state: fmt.Sprint(state.Number, "/", state.Revisions), on: c.Today()}
	if last := c.tree.Load(); last != nil && last.state == kept.state && last.on == kept.on {
		return *last, nil
	}
	if kept.tree, err = c.readTree(ctx); err != nil {
		return keptTree{}, err
	}
	kept.units = access.UnitsOn(kept.tree, kept.on)
	// What a transaction sees may be undone, and another change may then count up to the same state.
	if !c.store.Inside(ctx) {
		c.tree.Store(&kept)
	} else if u, ok := ctx.Value(undecidedKey{}).(*undecided); ok {
		u.kept = &kept
	}
	return kept, nil
}

func (c *Core) readTree(ctx context.Context) (*ledger.Tree, error) {
	records, err := All(ctx, c.store.Units().List)
	if err != nil {
		return nil, fmt.Errorf("reading the units: %w", err)
	}
	changes, err := c.store.Units().Changes(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the changes of units: %w", err)
	}
	units := make([]ledger.Unit, len(records))
	for i, r := range records {
		units[i] = r.Value
	}
	tree, problems := ledger.NewTree(units, changes)
	if err := problems.Err(); err != nil {
		return nil, fmt.Errorf("making the tree of units: %w", err)
	}
	return tree, nil
}

// All is a whole list, part by part: for what is small by nature, such as units.
func All[T any](ctx context.Context, list func(context.Context, store.Page, ...store.Filter) (store.Listing[T], error),
	filters ...store.Filter,
) ([]store.Record[T], error) {
	var all []store.Record[T]
	page := store.Page{Limit: store.MaxLimit}
	for {
		part, err := list(ctx, page, filters...)
		if err != nil {
			return nil, err
		}
		all = append(all, part.Records...)
		if part.Next == "" {
			return all, nil
		}
		page.After = part.Next
	}
}
