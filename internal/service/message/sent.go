package message

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// Delivery is what was sent to somebody, or is to be. What it said is not part of it: whoever watches over the sending
// is not thereby shown the business of others.
type Delivery struct {
	ID       string
	Sort     Sort
	On       calendar.Date
	Channel  Channel
	Account  ledger.AccountID // whose e-mail; empty for a robot
	Robot    RobotID
	Name     string        // of the robot
	Unit     ledger.UnitID // of the robot
	Address  string        // of the e-mail
	Notices  int
	Kinds    map[Kind]int // what they are about
	State    State
	Attempts int
	Created  time.Time
	Updated  time.Time
	Next     time.Time // when it is tried again
	Answer   string
	Problem  string
}

// Email is the channel of deliveries to people.
const Email Channel = byEmail

// Channels are all channels.
var Channels = append([]Channel{Email}, RobotChannels...)

// States are all states of deliveries.
var States = []State{Waiting, Sent, Failed, Dropped}

// SentQuery asks for a part of what was sent, the youngest first.
type SentQuery struct {
	State   State
	Channel Channel
	Account ledger.AccountID
	Robot   RobotID
	On      calendar.Date
	Before  string // SentList.Next of the part before
	Limit   int
}

// SentList is a part of what was sent.
type SentList struct {
	Deliveries []Delivery
	Next       string
}

// Sent is what was sent to whom, and what came of it.
func (s *Service) Sent(ctx context.Context, q SentQuery) (SentList, error) {
	if err := s.core.Check(ctx, readSent, service.Owned{}); err != nil {
		return SentList{}, err
	}
	if q.Limit <= 0 || q.Limit > store.MaxLimit {
		q.Limit = store.DefaultLimit
	}
	var rows []deliveryRow
	query := s.core.Store().View(ctx).NewSelect().Model(&rows).Order("d.id DESC").Limit(int64(q.Limit) + 1)
	for column, value := range map[string]string{
		"d.state": string(q.State), "d.channel": string(q.Channel), "d.account": string(q.Account), "d.robot": string(q.Robot),
	} {
		if value != "" {
			query = query.Where("? = ?", bun.Ident(column), value)
		}
	}
	if !q.On.IsZero() {
		query = query.Where("d.on_day = ?", q.On.String())
	}
	if q.Before != "" {
		query = query.Where("d.id < ?", q.Before)
	}
	if err := query.Scan(ctx); err != nil {
		return SentList{}, fmt.Errorf("reading what was sent: %w", err)
	}
	var list SentList
	if len(rows) > q.Limit {
		rows = rows[:q.Limit]
		list.Next = rows[q.Limit-1].ID
	}
	for _, r := range rows {
		list.Deliveries = append(list.Deliveries, r.delivery())
	}
	return list, s.describe(ctx, list.Deliveries)
}

func (r deliveryRow) delivery() Delivery {
	return Delivery{
		ID: r.ID, Sort: Sort(r.Sort), On: store.DateOf(r.OnDay), Channel: Channel(r.Channel), Account: accountID(r.Account), Robot: RobotID(r.Robot),
		Unit: ledger.UnitID(r.Unit), Address: r.Address, Notices: r.Notices, State: State(r.State), Attempts: r.Attempts,
		Created: store.TimeOf(r.Created), Updated: store.TimeOf(r.Updated), Next: store.TimeOf(r.NextAttempt), Answer: r.Answer, Problem: r.Problem,
	}
}

// describe adds what deliveries are about and what their robots are called.
func (s *Service) describe(ctx context.Context, deliveries []Delivery) error {
	if len(deliveries) == 0 {
		return nil
	}
	ids, robots := make([]string, len(deliveries)), make([]string, len(deliveries))
	for i, d := range deliveries {
		ids[i], robots[i] = d.ID, string(d.Robot)
	}
	var about []struct {
		Delivery string `bun:"delivery"`
		Kind     string `bun:"kind"`
		Number   int    `bun:"number"`
	}
	db := s.core.Store().View(ctx)
	err := db.NewSelect().Model((*contentRow)(nil)).Column("x.delivery", "n.kind").ColumnExpr("count(*) AS number").
		Join("JOIN message_notices AS n ON n.id = x.notice").Where("x.delivery IN (?)", bun.List(ids)).Group("x.delivery", "n.kind").Scan(ctx, &about)
	if err != nil {
		return fmt.Errorf("reading what was sent is about: %w", err)
	}
	var named []robotRow
	if err := db.NewSelect().Model(&named).Column("id", "name").Where("id IN (?)", bun.List(robots)).Scan(ctx); err != nil {
		return fmt.Errorf("reading the names of robots: %w", err)
	}
	for i := range deliveries {
		d := &deliveries[i]
		d.Kinds = map[Kind]int{}
		for _, a := range about {
			if a.Delivery == d.ID {
				d.Kinds[Kind(a.Kind)] = a.Number
			}
		}
		for _, r := range named {
			if r.ID == string(d.Robot) {
				d.Name = r.Name
			}
		}
	}
	return nil
}

// Resend tries something again at once that was given up, or that waits for its next attempt.
func (s *Service) Resend(ctx context.Context, id string) error {
	return s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.Allow(channels, access.Object{}); err != nil {
			return err
		}
		var row deliveryRow
		err := w.Tx().NewSelect().Model(&row).Where("id = ?", id).Scan(ctx)
		if noRows(err) {
			return &store.NotFound{Kind: deliveryKind, ID: id}
		}
		if err != nil {
			return fmt.Errorf("reading what is to be sent again: %w", err)
		}
		if row.State == string(Sent) {
			return fault("delivery.sent")
		}
		if row.Claimed != "" && store.TimeOf(row.Claimed).After(s.core.Store().Now().Add(-claim)) {
			return fault("delivery.moving")
		}
		return s.again(ctx, w, &row)
	})
}

// deliveryKind is what the log calls deliveries.
const deliveryKind = "message_deliveries"

// again begins the attempts of a delivery anew.
func (s *Service) again(ctx context.Context, w *service.Work, row *deliveryRow) error {
	tried, now := row.Attempts, s.core.Store().NowText()
	row.State, row.Attempts, row.Answer, row.Problem, row.Updated, row.NextAttempt, row.Claimed = string(Waiting), 0, "", "", now, now, ""
	result, err := w.Tx().NewUpdate().Model(row).Column("state", "attempts", "answer", "problem", "updated", "next_attempt", "claimed").
		WherePK().Where("attempts = ?", tried).Exec(ctx)
	if err != nil {
		return fmt.Errorf("sending again: %w", err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return fault("delivery.moving")
	}
	w.Record(channels, deliveryKind, row.ID, nil, nil, map[string]bool{"resent": true})
	return w.Enqueue(ctx, service.Task{Kind: DeliverKind, Args: attempt{Delivery: row.ID, Number: 1}})
}
