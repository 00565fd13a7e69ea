package message

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"luoshi/internal/access"
	"luoshi/internal/access/credential"
	"luoshi/internal/service"
	"luoshi/internal/service/outward"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// RobotID names a robot.
type RobotID string

// Channel is how a robot is spoken to.
type Channel string

// The kinds of robots.
const (
	WeCom    Channel = "wecom"    // 企业微信
	DingTalk Channel = "dingtalk" // 钉钉
	Feishu   Channel = "feishu"   // 飞书
	Webhook  Channel = "webhook"  // any program, signed in the way of Standard Webhooks
)

// RobotChannels are all kinds of robots.
var RobotChannels = []Channel{WeCom, DingTalk, Feishu, Webhook}

// RobotState is whether a robot is spoken to.
type RobotState string

// The states of a robot.
const (
	Active  RobotState = "active"
	Paused  RobotState = "paused"
	Removed RobotState = "removed"
)

// Robot speaks to the group chat of a unit, or to a program of it.
type Robot struct {
	ID       RobotID       `json:"id"`
	Unit     ledger.UnitID `json:"unit"`
	Channel  Channel       `json:"channel"`
	Name     string        `json:"name"`
	Host     string        `json:"host"`  // of its address; the rest is a key
	Keyed    bool          `json:"keyed"` // messages to it are signed
	Mode     Mode          `json:"mode"`  // Urgent or Daily
	Language string        `json:"language"`
	State    RobotState    `json:"state"`
}

// RobotTerms are what the administrator sets of a robot.
type RobotTerms struct {
	Unit     ledger.UnitID
	Channel  Channel
	Name     string
	Address  string            // empty leaves the one that it has
	Key      credential.Secret // that its messages are signed with; empty leaves the one that it has
	Mode     Mode
	Language string
	Paused   bool
}

// RobotKind is what the log calls robots.
const RobotKind = "robots"

func (r robotRow) record() store.Record[Robot] {
	host := ""
	if u, err := url.Parse(r.Address); err == nil {
		host = u.Host
	}
	return store.Record[Robot]{
		Value: Robot{
			ID: RobotID(r.ID), Unit: ledger.UnitID(r.Unit), Channel: Channel(r.Kind), Name: r.Name, Host: host, Keyed: r.SigningKey != "",
			Mode: Mode(r.Mode), Language: r.Language, State: RobotState(r.State),
		},
		Revision: r.Revision, Created: store.TimeOf(r.Created), Updated: store.TimeOf(r.Updated),
	}
}

// Robots are all robots that were not removed, by unit.
func (s *Service) Robots(ctx context.Context) ([]store.Record[Robot], error) {
	if err := s.core.Check(ctx, readSent, service.Owned{}); err != nil {
		return nil, err
	}
	rows, err := s.robots(ctx)
	records := make([]store.Record[Robot], len(rows))
	for i, r := range rows {
		records[i] = r.record()
	}
	return records, err
}

func (s *Service) robots(ctx context.Context) ([]robotRow, error) {
	var rows []robotRow
	err := s.core.Store().View(ctx).NewSelect().Model(&rows).Where("state <> ?", Removed).Order("unit", "id").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the robots: %w", err)
	}
	return rows, nil
}

// Robot is a robot.
func (s *Service) Robot(ctx context.Context, id RobotID) (store.Record[Robot], error) {
	if err := s.core.Check(ctx, readSent, service.Owned{}); err != nil {
		return store.Record[Robot]{}, err
	}
	row, err := s.robot(ctx, id)
	return row.record(), err
}

func (s *Service) robot(ctx context.Context, id RobotID) (robotRow, error) {
	var row robotRow
	err := s.core.Store().View(ctx).NewSelect().Model(&row).Where("id = ?", id).Where("state <> ?", Removed).Scan(ctx)
	if noRows(err) {
		return row, &store.NotFound{Kind: RobotKind, ID: string(id)}
	}
	if err != nil {
		return row, fmt.Errorf("reading a robot: %w", err)
	}
	return row, nil
}

// AddRobot lets a unit be told by a robot. The key of a webhook that came without one is made up, and shown this once.
func (s *Service) AddRobot(ctx context.Context, terms RobotTerms) (added store.Record[Robot], key credential.Secret, err error) {
	if terms.Channel == Webhook && terms.Key.Reveal() == "" {
		if key, err = s.newKey(); err != nil {
			return added, key, err
		}
		terms.Key = key
	}
	err = s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.Allow(channels, access.Object{}); err != nil {
			return err
		}
		now := s.core.Store().NowText()
		row := robotRow{ID: store.NewID[string](s.core.Store()), Revision: 1, Created: now, Updated: now, State: string(Active)}
		if err := s.equip(ctx, &row, terms); err != nil {
			return err
		}
		added = row.record()
		w.Record(channels, RobotKind, row.ID, nil, added.Value, nil)
		return store.Insert(ctx, w.Tx(), row)
	})
	return added, key, err
}

// ChangeRobot changes a robot.
func (s *Service) ChangeRobot(ctx context.Context, id RobotID, terms RobotTerms, seen int64) error {
	return s.alter(ctx, id, seen, nil, func(ctx context.Context, row *robotRow) error { return s.equip(ctx, row, terms) })
}

// RemoveRobot ends the speaking to a robot; the record of what it was told stays.
func (s *Service) RemoveRobot(ctx context.Context, id RobotID, seen int64) error {
	return s.alter(ctx, id, seen, nil, func(_ context.Context, row *robotRow) error {
		row.State, row.Address, row.SigningKey = string(Removed), "", ""
		return nil
	})
}

// TryRobot sends a robot a message by which its group sees that it works.
func (s *Service) TryRobot(ctx context.Context, id RobotID) error {
	return s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.Allow(channels, access.Object{}); err != nil {
			return err
		}
		row, err := s.robot(ctx, id)
		if err != nil {
			return err
		}
		if row.State != string(Active) {
			return fault("robot.paused")
		}
		w.Record(channels, RobotKind, row.ID, nil, nil, map[string]bool{"tested": true})
		_, err = s.send(ctx, w.Tx(), chatTo(row, Test, s.trial()))
		return err
	})
}

// alter is a change of a robot.
func (s *Service) alter(ctx context.Context, id RobotID, seen int64, detail any, do func(context.Context, *robotRow) error) error {
	return s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.Allow(channels, access.Object{}); err != nil {
			return err
		}
		row, err := s.robot(ctx, id)
		if err != nil {
			return err
		}
		before := row.record()
		if row.Revision != seen {
			return &store.Conflict[Robot]{Kind: RobotKind, ID: row.ID, Seen: seen, Current: before}
		}
		if err := do(ctx, &row); err != nil {
			return err
		}
		row.Revision, row.Updated = seen+1, s.core.Store().NowText()
		result, err := w.Tx().NewUpdate().Model(&row).WherePK().Where("revision = ?", seen).Exec(ctx)
		if err != nil {
			return fmt.Errorf("changing a robot: %w", err)
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, &store.Conflict[Robot]{Kind: RobotKind, ID: row.ID, Seen: seen, Current: before})
		}
		w.Record(channels, RobotKind, row.ID, before.Value, row.record().Value, detail)
		return nil
	})
}

// longestName bounds the name of a robot.
const longestName = 40

// equip sets what the administrator sets, or tells what is wrong with it.
func (s *Service) equip(ctx context.Context, row *robotRow, terms RobotTerms) error {
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return err
	}
	terms.Name, terms.Address = strings.TrimSpace(terms.Name), strings.TrimSpace(terms.Address)
	_, known := tree.Unit(terms.Unit)
	switch {
	case !known:
		return fault("robot.unit")
	case !slices.Contains(RobotChannels, terms.Channel):
		return fault("robot.kind")
	case terms.Name == "" || utf8.RuneCountInString(terms.Name) > longestName:
		return fault("robot.name")
	case terms.Mode != Urgent && terms.Mode != Daily:
		return fault("robot.mode")
	case terms.Language != Chinese && terms.Language != English:
		return fault("robot.language")
	}
	row.Unit, row.Kind, row.Name, row.Mode, row.Language = string(terms.Unit), string(terms.Channel), terms.Name, string(terms.Mode), terms.Language
	row.State = string(Active)
	if terms.Paused {
		row.State = string(Paused)
	}
	return s.connect(ctx, row, terms)
}

// connect sets where a robot is and what its messages are signed with.
func (s *Service) connect(ctx context.Context, row *robotRow, terms RobotTerms) error {
	if terms.Address != "" {
		row.Address = terms.Address
	}
	if fit := outward.Check(ctx, row.Address, s.options.Inside); fit != outward.Fits {
		return fault("robot." + string(fit))
	}
	if key := strings.TrimSpace(terms.Key.Reveal()); key != "" {
		row.SigningKey = key
	}
	if row.Kind == string(Webhook) && !isKey(row.SigningKey) {
		return fault("robot.key")
	}
	return nil
}

// keyMark begins the key of a webhook, in the way of Standard Webhooks.
const keyMark = "whsec_"

// keyBytes is how long a key is that is made up.
const keyBytes = 32

func isKey(text string) bool {
	key, marked := strings.CutPrefix(text, keyMark)
	bytes, err := base64.StdEncoding.DecodeString(key)
	return marked && err == nil && len(bytes) > 0
}

func (s *Service) newKey() (credential.Secret, error) {
	key := make([]byte, keyBytes)
	if _, err := io.ReadFull(s.options.Random, key); err != nil {
		return credential.Secret{}, fmt.Errorf("drawing a key: %w", err)
	}
	return credential.NewSecret(keyMark + base64.StdEncoding.EncodeToString(key)), nil
}
