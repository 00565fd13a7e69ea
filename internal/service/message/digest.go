package message

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"luoshi/internal/store"
)

// remembered is how old a notice may be that goes into a digest for the first time: older than the longest holiday.
const remembered = 14 * 24 * time.Hour

// Tick gathers what people and groups have not been told yet, one message for each a working day. It may run as often as
// anybody likes, on any number of servers.
func (s *Service) Tick(ctx context.Context, _ json.RawMessage) error {
	now := s.core.Store().Now()
	if !s.open(now, digestAt) {
		return nil
	}
	rules, err := s.rules(ctx)
	if err != nil {
		return err
	}
	g := gathering{rules: rules.Value, since: store.TimeText(now.Add(-remembered))}
	return errors.Join(s.gatherMails(ctx, g), s.gatherChats(ctx, g))
}

// gathering is what digests are made of: notices since a time, as the rules have it.
type gathering struct {
	rules Rules
	since string
}

// together is how many digests are written in one transaction.
const together = 50

// waitingMail is a notice that is to go into somebody's digest.
type waitingMail struct {
	choiceRow `bun:",extend"`
	Notice    string `bun:"notice"`
}

// gatherMails writes the day's digests to people.
func (s *Service) gatherMails(ctx context.Context, g gathering) error {
	if !s.Mails() {
		return nil
	}
	var accounts []string
	err := s.unsent(ctx, g).ColumnExpr("DISTINCT c.account").
		Where("NOT EXISTS (?)", s.core.Store().View(ctx).NewSelect().Model((*deliveryRow)(nil)).ColumnExpr("1").
			Where("d.account = c.account").Where("d.on_day = ?", s.core.Today().String()).Where("d.sort = ?", Digest)).Scan(ctx, &accounts)
	if err != nil {
		return fmt.Errorf("looking who is to get a digest: %w", err)
	}
	slices.Sort(accounts)
	for some := range slices.Chunk(accounts, together) {
		err := s.core.Store().Within(ctx, func(ctx context.Context, tx bun.Tx) error { return s.mailDigests(ctx, tx, g, some) })
		if err != nil {
			return err
		}
	}
	return nil
}

// unsent are the notices that nobody has read and no e-mail has told of, to people who want a digest.
func (s *Service) unsent(ctx context.Context, g gathering) *bun.SelectQuery {
	return g.rules.digested(s.core.Store().View(ctx).NewSelect().TableExpr("message_persons AS p").Join("JOIN message_choices AS c ON c.account = p.account").
		Join("JOIN message_notices AS n ON n.id = p.notice").Where("NOT p.sent AND p.seen IS NULL").Where("c.mode = ?", Daily).Where("n.created >= ?", g.since))
}

func (s *Service) mailDigests(ctx context.Context, tx bun.Tx, g gathering, accounts []string) error {
	var rows []waitingMail
	err := s.unsent(ctx, g).ColumnExpr("c.*").Column("p.notice").Where("c.account IN (?)", bun.List(accounts)).Order("c.account", "p.notice").Scan(ctx, &rows)
	if err != nil {
		return fmt.Errorf("reading what goes into digests: %w", err)
	}
	var parcels []parcel
	for i, row := range rows {
		if i == 0 || rows[i-1].Account != row.Account {
			parcels = append(parcels, mailTo(accountID(row.Account), row.choice(), Digest, s.core.Today().String()))
		}
		last := &parcels[len(parcels)-1]
		last.notices = append(last.notices, row.Notice)
	}
	kept, err := s.send(ctx, tx, parcels...)
	if err != nil {
		return err
	}
	return s.markSent(ctx, tx, kept)
}

// gatherChats writes the day's digests to group chats.
func (s *Service) gatherChats(ctx context.Context, g gathering) error {
	robots, err := s.robots(ctx)
	if err != nil {
		return err
	}
	for _, robot := range robots {
		if robot.State != string(Active) || robot.Mode != string(Daily) {
			continue
		}
		err := s.core.Store().Within(ctx, func(ctx context.Context, tx bun.Tx) error { return s.chatDigest(ctx, tx, g, robot) })
		if err != nil {
			return err
		}
	}
	return nil
}

// chatDigest writes the day's digest to a group chat: what its unit was told since the robot is there, and the robot was
// not.
func (s *Service) chatDigest(ctx context.Context, tx bun.Tx, g gathering, robot robotRow) error {
	var notices []string
	err := g.rules.chatted(tx.NewSelect()).TableExpr("message_units AS u").Column("u.notice").Join("JOIN message_notices AS n ON n.id = u.notice").
		Where("u.unit = ?", robot.Unit).Where("n.created >= ?", max(g.since, robot.Created)).
		Where("NOT EXISTS (?)", tx.NewSelect().TableExpr("message_contents AS x").ColumnExpr("1").Join("JOIN message_deliveries AS d ON d.id = x.delivery").
			Where("x.notice = u.notice").Where("d.robot = ?", robot.ID)).
		Order("u.notice").Scan(ctx, &notices)
	if err != nil {
		return fmt.Errorf("reading what robot %s is to be told: %w", robot.ID, err)
	}
	if len(notices) == 0 {
		return nil
	}
	_, err = s.send(ctx, tx, chatTo(robot, Digest, s.core.Today().String(), notices...))
	return err
}
