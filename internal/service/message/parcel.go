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
	Prompt  Sort = "prompt" // not urgent, and yet by itself: a rule says so
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

// hurry sends what does not wait for a digest: what is urgent, and what the rules want to go out by itself.
func (s *Service) hurry(ctx context.Context, tx bun.Tx, fresh []told, persons []personRow, units []unitRow) error {
	record, err := s.rules(ctx)
	if err != nil {
		return err
	}
	rules, notices := record.Value, map[string]Notice{}
	for _, t := range fresh {
		rule := rules.Of(t.Kind)
		if t.Urgent || rule.Email == Once || rule.Chats == Once {
			notices[t.row.ID] = t.Notice
		}
	}
	if len(notices) == 0 {
		return nil
	}
	mails, err := s.mailsNow(ctx, rules, notices, persons)
	if err != nil {
		return err
	}
	chats, err := s.chatsNow(ctx, rules, notices, units)
	if err != nil {
		return err
	}
	kept, err := s.send(ctx, tx, append(mails, chats...)...)
	if err != nil {
		return err
	}
	return s.markSent(ctx, tx, kept)
}

// mailsNow are e-mails to those who are told of some notices without waiting for their digest.
func (s *Service) mailsNow(ctx context.Context, rules Rules, notices map[string]Notice, persons []personRow) ([]parcel, error) {
	persons = slices.DeleteFunc(slices.Clone(persons), func(p personRow) bool { return notices[p.Notice].Key == "" })
	if !s.Mails() || len(persons) == 0 {
		return nil, nil
	}
	accounts := make([]string, len(persons))
	for i, p := range persons {
		accounts[i] = p.Account
	}
	var choices []choiceRow
	err := s.core.Store().View(ctx).NewSelect().Model(&choices).Where("account IN (?)", bun.List(accounts)).Where("mode <> ?", Off).Order("account").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading who wants to be told at once: %w", err)
	}
	var mails []parcel
	for _, c := range choices {
		choice := c.choice()
		var b bundle
		for _, p := range persons {
			if notice := notices[p.Notice]; p.Account == c.Account {
				b.add(p.Notice, rules.mails(notice.Kind, notice.Urgent, choice))
			}
		}
		mails = append(mails, b.parcels(func(sort Sort, occasion string, of ...string) parcel {
			return mailTo(ledger.AccountID(c.Account), choice, sort, occasion, of...)
		})...)
	}
	return mails, nil
}

// chatsNow are messages to the group chats of units that are told of some notices without waiting for their digest.
func (s *Service) chatsNow(ctx context.Context, rules Rules, notices map[string]Notice, units []unitRow) ([]parcel, error) {
	units = slices.DeleteFunc(slices.Clone(units), func(u unitRow) bool { return notices[u.Notice].Key == "" })
	if len(units) == 0 {
		return nil, nil
	}
	robots, err := s.robots(ctx)
	if err != nil {
		return nil, err
	}
	var chats []parcel
	for _, r := range robots {
		if r.State != string(Active) {
			continue
		}
		var b bundle
		for _, u := range units {
			if notice := notices[u.Notice]; u.Unit == r.Unit {
				b.add(u.Notice, alone(rules.Of(notice.Kind).Chats, notice.Urgent))
			}
		}
		chats = append(chats, b.parcels(func(sort Sort, occasion string, of ...string) parcel { return chatTo(r, sort, occasion, of...) })...)
	}
	return chats, nil
}

// bundle is what one receiver is told now: each urgent notice by itself, the others that are told together in one piece.
type bundle struct{ urgent, prompt []string }

func (b *bundle) add(notice string, sort Sort) {
	switch sort {
	case AtOnce:
		b.urgent = append(b.urgent, notice)
	case Prompt:
		b.prompt = append(b.prompt, notice)
	}
}

// parcels are the bundle as it is sent; to makes a parcel of a sort, an occasion and the notices in it.
func (b *bundle) parcels(to func(sort Sort, occasion string, notices ...string) parcel) []parcel {
	var parcels []parcel
	for _, notice := range b.urgent {
		parcels = append(parcels, to(AtOnce, notice, notice))
	}
	if len(b.prompt) > 0 {
		parcels = append(parcels, to(Prompt, b.prompt[0], b.prompt...))
	}
	return parcels
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
