package message

import (
	"context"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// Sort is why something is sent.
type Sort string

// The sorts of deliveries.
const (
	Digest  Sort = "digest"
	AtOnce  Sort = "urgent"
	Test    Sort = "test"
	byEmail      = "email"
)

// State is how far a delivery is.
type State string

// The states of a delivery.
const (
	Waiting State = "waiting"
	Sent    State = "sent"
	Failed  State = "failed"  // given up
	Dropped State = "dropped" // nobody wants it any more
)

// DeliverKind is the kind of work that Deliver does, TickKind that of Tick.
const (
	DeliverKind = "message.deliver"
	TickKind    = "message.tick"
)

// parcel is what is to be sent to one receiver.
type parcel struct {
	row     deliveryRow
	notices []string
}

// attempt is the work of sending something once.
type attempt struct {
	Delivery string `json:"delivery"`
	Number   int    `json:"number"`
}

// mailTo is an e-mail to a person; occasion tells it from others of its sort to him.
func mailTo(account ledger.AccountID, choice Choice, sort Sort, occasion string, notices ...string) parcel {
	return parcel{notices: notices, row: deliveryRow{
		Key: string(sort) + ":" + occasion + ":" + byEmail + ":" + string(account), Sort: string(sort), Channel: byEmail, Account: string(account),
		Address: choice.Email, Language: choice.Language,
	}}
}

// chatTo is a message to a group chat.
func chatTo(robot robotRow, sort Sort, occasion string, notices ...string) parcel {
	return parcel{notices: notices, row: deliveryRow{
		Key: string(sort) + ":" + occasion + ":robot:" + robot.ID, Sort: string(sort), Channel: robot.Kind, Robot: robot.ID, Unit: robot.Unit,
		Language: robot.Language,
	}}
}

// send writes down what is to be sent and asks for it, and tells which parcels those were: what was written down before
// under the same key is left out.
func (s *Service) send(ctx context.Context, tx bun.Tx, parcels ...parcel) ([]parcel, error) {
	if len(parcels) == 0 {
		return nil, nil
	}
	now := s.core.Store().NowText()
	rows := make([]deliveryRow, len(parcels))
	for i := range parcels {
		row := &parcels[i].row
		row.ID, row.OnDay, row.Notices = store.NewID[string](s.core.Store()), s.core.Today().String(), len(parcels[i].notices)
		row.State, row.Created, row.Updated, row.NextAttempt = string(Waiting), now, now, now
		rows[i] = *row
	}
	var written []string
	if _, err := tx.NewInsert().Model(&rows).On("CONFLICT (key) DO NOTHING").Returning("id").Exec(ctx, &written); err != nil {
		return nil, fmt.Errorf("writing down what is to be sent: %w", err)
	}
	kept := slices.DeleteFunc(slices.Clone(parcels), func(p parcel) bool { return !slices.Contains(written, p.row.ID) })
	var contents []contentRow
	var tasks []service.Task
	for _, p := range kept {
		for _, notice := range p.notices {
			contents = append(contents, contentRow{Delivery: p.row.ID, Notice: notice})
		}
		tasks = append(tasks, service.Task{Kind: DeliverKind, Args: attempt{Delivery: p.row.ID, Number: 1}})
	}
	if err := insertAll(ctx, tx, contents); err != nil {
		return nil, err
	}
	if len(tasks) == 0 {
		return nil, nil
	}
	return kept, s.core.Later(ctx, tx, tasks...)
}

// hurry sends at once what is urgent.
func (s *Service) hurry(ctx context.Context, tx bun.Tx, fresh []told, persons []personRow, units []unitRow) error {
	urgent := map[string]bool{}
	for _, t := range fresh {
		if t.Urgent {
			urgent[t.row.ID] = true
		}
	}
	if len(urgent) == 0 {
		return nil
	}
	persons = slices.DeleteFunc(persons, func(p personRow) bool { return !urgent[p.Notice] })
	units = slices.DeleteFunc(units, func(u unitRow) bool { return !urgent[u.Notice] })
	mails, err := s.urgentMails(ctx, persons)
	if err != nil {
		return err
	}
	chats, err := s.urgentChats(ctx, units)
	if err != nil {
		return err
	}
	kept, err := s.send(ctx, tx, append(mails, chats...)...)
	if err != nil {
		return err
	}
	return s.markSent(ctx, tx, kept)
}

// urgentMails are e-mails to those who want to be told at once.
func (s *Service) urgentMails(ctx context.Context, persons []personRow) ([]parcel, error) {
	if !s.Mails() || len(persons) == 0 {
		return nil, nil
	}
	accounts := make([]string, len(persons))
	for i, p := range persons {
		accounts[i] = p.Account
	}
	var choices []choiceRow
	err := s.core.Store().View(ctx).NewSelect().Model(&choices).Where("account IN (?)", bun.List(accounts)).Where("mode <> ?", Off).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading who wants to be told at once: %w", err)
	}
	var mails []parcel
	for _, p := range persons {
		for _, c := range choices {
			if c.Account == p.Account {
				mails = append(mails, mailTo(ledger.AccountID(p.Account), c.choice(), AtOnce, p.Notice, p.Notice))
			}
		}
	}
	return mails, nil
}

// urgentChats are messages to the group chats of units.
func (s *Service) urgentChats(ctx context.Context, units []unitRow) ([]parcel, error) {
	if len(units) == 0 {
		return nil, nil
	}
	robots, err := s.robots(ctx)
	if err != nil {
		return nil, err
	}
	var chats []parcel
	for _, u := range units {
		for _, r := range robots {
			if r.Unit == u.Unit && r.State == string(Active) {
				chats = append(chats, chatTo(r, AtOnce, u.Notice, u.Notice))
			}
		}
	}
	return chats, nil
}

// markSent notes that persons were sent what is in e-mails to them.
func (s *Service) markSent(ctx context.Context, tx bun.Tx, parcels []parcel) error {
	for _, p := range parcels {
		if p.row.Account == "" || len(p.notices) == 0 {
			continue
		}
		_, err := tx.NewUpdate().Model((*personRow)(nil)).Set("sent = ?", true).Where("account = ?", p.row.Account).
			Where("notice IN (?)", bun.List(p.notices)).Exec(ctx)
		if err != nil {
			return fmt.Errorf("noting what was sent: %w", err)
		}
	}
	return nil
}
