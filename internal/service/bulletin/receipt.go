package bulletin

import (
	"context"
	"fmt"
	"time"

	"luoshi/calendar"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// Receipt is a unit that a bulletin went to, and whether it has confirmed.
type Receipt struct {
	Unit     ledger.UnitID
	UnitName string
	Account  ledger.AccountID // who confirmed; empty until somebody does
	At       time.Time
	Reminded calendar.Date // the last time; zero where never
}

// Confirmed tells whether the unit has confirmed that it has read the bulletin.
func (r Receipt) Confirmed() bool { return r.Account != "" }

// receipts are the units that a bulletin went to, in its order.
func (s *Service) receipts(ctx context.Context, b Bulletin) ([]Receipt, error) {
	var rows []receiptRow
	if err := s.core.Store().View(ctx).NewSelect().Model(&rows).Where("bulletin = ?", b.ID).Scan(ctx); err != nil {
		return nil, fmt.Errorf("bulletin: reading who has read %s: %w", b.ID, err)
	}
	byUnit := map[string]receiptRow{}
	for _, r := range rows {
		byUnit[r.Unit] = r
	}
	var all []Receipt
	for _, to := range b.Paper.Recipients {
		r := byUnit[string(to.Unit)]
		receipt := Receipt{Unit: to.Unit, UnitName: to.Name, Account: ledger.AccountID(r.Account), Reminded: store.DateOf(r.Reminded)}
		if r.AtTime != nil {
			receipt.At = store.TimeOf(*r.AtTime)
		}
		all = append(all, receipt)
	}
	return all, nil
}

// Receive confirms for a unit that it has read a bulletin. Who confirms again changes nothing.
func (s *Service) Receive(ctx context.Context, id ID, unit ledger.UnitID) error {
	return s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.AllowFor(ctx, receive, service.Owned{Lead: unit}); err != nil {
			return err
		}
		b, err := s.get(ctx, id)
		if err != nil {
			return err
		}
		if b.State != Issued {
			return faults.New("receipt.unpublished")
		}
		row := receiptRow{Bulletin: string(id), Unit: string(unit)}
		err = w.Tx().NewSelect().Model(&row).WherePK().Scan(ctx)
		if noRows(err) {
			return faults.New("receipt.stranger")
		}
		if err != nil {
			return fmt.Errorf("bulletin: reading the receipt of unit %s: %w", unit, err)
		}
		w.Record(receive, Kind, string(id), nil, nil, map[string]string{"unit": string(unit)})
		now := s.core.Store().NowText()
		_, err = w.Tx().NewUpdate().Model(&row).Set("account = ?", service.CallerOf(ctx).Account()).Set("at_time = ?", now).
			WherePK().Where("account = ''").Exec(ctx)
		if err != nil {
			return fmt.Errorf("bulletin: confirming for unit %s: %w", unit, err)
		}
		return nil
	})
}

// Remind reminds the units that have not confirmed yet, each once a day, and tells how many it were.
func (s *Service) Remind(ctx context.Context, id ID) (int, error) {
	reminded := 0
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		reminded = 0
		b, err := s.get(ctx, id)
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, publish, b.owned()); err != nil {
			return err
		}
		if b.State != Issued {
			return faults.New("receipt.unpublished")
		}
		today := s.core.Today().String()
		var units []ledger.UnitID
		err = w.Tx().NewRaw("UPDATE bulletin_receipts SET reminded = ? WHERE bulletin = ? AND account = '' AND reminded <> ? RETURNING unit",
			today, id, today).Scan(ctx, &units)
		if err != nil && !noRows(err) {
			return fmt.Errorf("bulletin: reminding of %s: %w", id, err)
		}
		reminded = len(units)
		w.Record(publish, Kind, string(id), nil, nil, map[string]any{"reminded": units})
		return s.tell(ctx, w, b, unread, unread+"/"+today, units)
	})
	return reminded, err
}
