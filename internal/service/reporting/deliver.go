package reporting

import (
	"context"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Delivery is figures of a unit for a period that another system knows.
type Delivery struct {
	Plan    ledger.PlanID
	Unit    ledger.UnitID
	Period  reporting.Period
	Source  string // the system, as people call it
	Figures []reporting.Observation
	// Replace takes the place of what people have typed as well.
	Replace bool
}

// Reception is what became of a figure that was delivered.
type Reception string

const (
	Taken     Reception = "taken"     // it stands in the form
	Unchanged Reception = "unchanged" // it stood there already
	Kept      Reception = "kept"      // people have said otherwise, and that stays
)

// Delivered is what became of a delivery.
type Delivered struct {
	Submission Submission
	Rows       []DeliveredRow // in the order in which they came
}

// DeliveredRow is what became of one figure.
type DeliveredRow struct {
	Row      RowView // as it stands now
	Became   Reception
	Warnings reporting.Findings
}

// Deliver puts figures of another system into the form of a unit. What that system delivered before is replaced, what
// people have typed is not, unless that is asked for. Where the checks find an error nothing is taken, and the error is
// reporting.Findings.
func (s *Service) Deliver(ctx context.Context, d Delivery) (Delivered, error) {
	var round string
	err := s.core.Store().View(ctx).NewSelect().Table("rounds").Column("id").Where("plan = ?", d.Plan).
		Where("period = ?", d.Period.Key()).Scan(ctx, &round)
	if noRows(err) {
		return Delivered{}, &store.NotFound{Kind: RoundKind, ID: d.Period.Key()}
	}
	if err != nil {
		return Delivered{}, fmt.Errorf("finding the round of %s: %w", d.Period.Key(), err)
	}
	if err := s.core.Check(ctx, importObservation, service.Owned{Lead: d.Unit}); err != nil {
		return Delivered{}, err
	}
	var delivered Delivered
	err = s.core.Store().Within(ctx, func(ctx context.Context, _ bun.Tx) error {
		desk, err := s.deskOf(ctx, reporting.RoundID(round), d.Unit)
		if err != nil {
			return err
		}
		delivered, err = s.receive(ctx, desk, d)
		return err
	})
	return delivered, err
}

// receive saves what is to be taken of a delivery.
func (s *Service) receive(ctx context.Context, desk *desk, d Delivery) (Delivered, error) {
	filling := Filling{Round: desk.round.ID, Unit: d.Unit, Import: true, Token: service.CallerOf(ctx).Token}
	became := map[reporting.Subject]Reception{}
	for _, o := range d.Figures {
		o.Origin, o.Source = reporting.Delivered, d.Source
		row := desk.said[o.Subject]
		now, err := standing(row, o.Subject)
		if err != nil {
			return Delivered{}, err
		}
		if became[o.Subject] = d.reception(now, o); became[o.Subject] != Kept {
			filling.Rows = append(filling.Rows, Filled{Observation: o, Seen: row.Revision})
		}
	}
	saved, err := s.Save(ctx, filling)
	if err != nil {
		return Delivered{}, err
	}
	out := Delivered{Submission: saved.Submission}
	if out.Rows, err = s.delivered(ctx, desk, d, became); err != nil {
		return Delivered{}, err
	}
	var errors reporting.Findings
	for _, r := range out.Rows {
		for _, f := range r.Row.Findings {
			if r.Became == Taken && f.Severity == reporting.Fault {
				errors = append(errors, f)
			}
		}
	}
	return out, errors.Err()
}

// reception is what becomes of a figure where something stands already.
func (d Delivery) reception(now, o reporting.Observation) Reception {
	switch {
	case now.IsEmpty():
		return Taken
	case written(now) == written(o):
		return Unchanged
	case now.Origin == reporting.Delivered && now.Source == d.Source || now.Origin == reporting.Prefilled || d.Replace:
		return Taken
	}
	return Kept
}

// delivered are the rows of a delivery as they stand now.
func (s *Service) delivered(ctx context.Context, desk *desk, d Delivery, became map[reporting.Subject]Reception) ([]DeliveredRow, error) {
	view, err := s.deskOf(ctx, desk.round.ID, d.Unit)
	if err != nil {
		return nil, err
	}
	around, err := s.contextOf(ctx, view)
	if err != nil {
		return nil, err
	}
	var rows []DeliveredRow
	for _, o := range d.Figures {
		asked, there := view.asked(o.Subject)
		if !there {
			continue
		}
		shown, err := around.view(RowView{Row: asked})
		if err != nil {
			return nil, err
		}
		row := DeliveredRow{Row: shown, Became: became[o.Subject]}
		row.Warnings = slices.DeleteFunc(slices.Clone(shown.Findings), func(f reporting.Finding) bool {
			return f.Severity == reporting.Fault
		})
		rows = append(rows, row)
	}
	return rows, nil
}
