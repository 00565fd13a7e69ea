package transfer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/internal/store/backup"
	"luoshi/internal/store/blob"
	"luoshi/internal/store/parts"
	"luoshi/ledger"
)

const (
	carry   access.Action = "plan.carry"
	receive access.Action = "plan.receive"
)

// ExportMay and ImportMay are what the commands may do.
var (
	ExportMay = []access.Action{carry}
	ImportMay = []access.Action{receive}
)

// Service carries plans. It is safe for concurrent use.
type Service struct {
	core    *service.Core
	blobs   blob.Store
	program string // its version
}

// New makes a Service.
func New(core *service.Core, blobs blob.Store, program string) *Service {
	return &Service{core: core, blobs: blobs, program: program}
}

// PlanOf is the one plan of a year.
func (s *Service) PlanOf(ctx context.Context, year int) (ledger.PlanID, error) {
	if err := s.core.Check(ctx, carry, service.Owned{}); err != nil {
		return "", err
	}
	found, err := service.All(ctx, s.core.Store().Plans().List, store.Where("year", year))
	if err != nil {
		return "", err
	}
	switch len(found) {
	case 0:
		return "", fault(nil, "transfer.no_plan", fmt.Sprint(year))
	case 1:
		return found[0].Value.ID, nil
	}
	var names []string
	for _, p := range found {
		names = append(names, string(p.Value.ID)+" "+p.Value.Title)
	}
	return "", fault(nil, "transfer.many_plans", fmt.Sprint(year), strings.Join(names, "; "))
}

// Export writes a plan whole. What it has written is worth nothing after an error.
func (s *Service) Export(ctx context.Context, id ledger.PlanID, to io.Writer) (Manifest, error) {
	plan, err := s.core.Store().Plans().Get(ctx, string(id))
	var absent *store.NotFound
	if errors.As(err, &absent) {
		return Manifest{}, fault(err, "transfer.absent", string(id))
	}
	if err != nil {
		return Manifest{}, err
	}
	if err := s.core.Check(ctx, carry, service.Owned{Lead: plan.Value.Government}); err != nil {
		return Manifest{}, err
	}
	var out *writer
	err = s.core.Store().Snapshot(ctx, func(ctx context.Context, tx bun.Tx) error {
		out, err = s.write(ctx, tx, plan.Value, to)
		return err
	})
	if err != nil {
		return Manifest{}, err
	}
	return out.manifest, s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.AllowFor(ctx, carry, service.Owned{Lead: plan.Value.Government}); err != nil {
			return err
		}
		w.Record(carry, "plans", string(id), nil, nil, map[string]int{"parts": len(out.manifest.Parts)})
		return nil
	})
}

func (s *Service) write(ctx context.Context, tx bun.Tx, plan ledger.Plan, to io.Writer) (*writer, error) {
	shapes, err := s.shapes(ctx, tx)
	if err != nil {
		return nil, err
	}
	government, err := s.core.Store().Units().Get(ctx, string(plan.Government))
	if err != nil {
		return nil, err
	}
	found, err := collect(ctx, tx, shapes, string(plan.ID))
	if err != nil {
		return nil, err
	}
	made := s.core.Store().Now().Truncate(time.Second)
	out := &writer{parts: parts.NewWriter(to, made), manifest: Manifest{
		Format: Format, Version: Version, Program: s.program, Made: made,
		Plan: Plan{ID: string(plan.ID), Title: plan.Title, Year: plan.Year, Government: government.Value.Name},
	}}
	if err := out.records(found, shapes); err != nil {
		return nil, err
	}
	for _, digest := range found.files(shapes) {
		if err := out.file(ctx, s.blobs, digest); err != nil {
			return nil, err
		}
	}
	return out, out.close()
}

func (s *Service) shapes(ctx context.Context, db bun.IDB) (map[string]shape, error) {
	tables, err := backup.Tables(ctx, db, s.core.Store().Dialect())
	if err != nil {
		return nil, err
	}
	return shapes(ctx, tables)
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
