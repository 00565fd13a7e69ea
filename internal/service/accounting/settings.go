package accounting

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/uptrace/bun"

	"luoshi/internal/account"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// Settings are how the reports of a government or a unit look and how they are numbered. What is empty is that of the
// template.
type Settings struct {
	Sign      string `json:"sign"`                // of the numbers: 望政报
	Organ     string `json:"organ,omitempty"`     // the red head: 望溪区人民政府文件
	Signer    string `json:"signer,omitempty"`    // 签发人
	Signature string `json:"signature,omitempty"` // 落款
	Copies    string `json:"copies,omitempty"`    // 抄送
	Printer   string `json:"printer,omitempty"`   // 印发机关
}

// The bounds of settings, in characters.
const (
	longestSign = 10
	longestName = 30
	longestCopy = 200
	usualSign   = "政报"
	unitSign    = "报"
)

// head is what the settings put above and beneath a report.
func (t Settings) head() account.Head {
	h := account.Head{Organ: t.Organ, Signer: t.Signer, Copies: t.Copies, Printer: t.Printer}
	if t.Signature != "" {
		h.Signature = []string{t.Signature}
	}
	return h
}

type settingsRow struct {
	bun.BaseModel `bun:"table:paper_settings,alias:paper_settings"`
	Owner         string `bun:"owner,pk"`
	Revision      int64  `bun:"revision"`
	Body          string `bun:"body"`
}

// Settings are those of an owner of reports; the usual ones, at revision 0, until somebody saves some.
func (s *Service) Settings(ctx context.Context, owner ledger.UnitID) (store.Record[Settings], error) {
	if err := s.core.Check(ctx, edit, service.Owned{Lead: owner}); err != nil {
		return store.Record[Settings]{}, err
	}
	return s.settings(ctx, owner)
}

func (s *Service) settings(ctx context.Context, owner ledger.UnitID) (store.Record[Settings], error) {
	r := settingsRow{Owner: string(owner)}
	record := store.Record[Settings]{}
	err := s.core.Store().View(ctx).NewSelect().Model(&r).WherePK().Scan(ctx)
	if noRows(err) {
		record.Value, err = s.usual(ctx, owner)
		return record, err
	}
	if err != nil {
		return record, fmt.Errorf("accounting: reading the settings of %s: %w", owner, err)
	}
	record.Revision = r.Revision
	if err := json.Unmarshal([]byte(r.Body), &record.Value); err != nil {
		return record, fmt.Errorf("accounting: reading the settings of %s: %w", owner, err)
	}
	return record, nil
}

// usual are the settings of an owner who has saved none.
func (s *Service) usual(ctx context.Context, owner ledger.UnitID) (Settings, error) {
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return Settings{}, err
	}
	usual := Settings{Sign: unitSign, Signature: tree.Name(owner, s.core.Today())}
	if unit, known := tree.Unit(owner); known && tree.Parent(unit.ID, s.core.Today()) == "" {
		usual.Sign = usualSign
	}
	return usual, nil
}

// SaveSettings sets how the reports of an owner look from now on. What was frozen stays as it is.
func (s *Service) SaveSettings(ctx context.Context, owner ledger.UnitID, settings Settings, seen int64) (store.Record[Settings], error) {
	var saved store.Record[Settings]
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.AllowFor(ctx, edit, service.Owned{Lead: owner}); err != nil {
			return err
		}
		if err := settings.check(); err != nil {
			return err
		}
		before, err := s.settings(ctx, owner)
		if err != nil {
			return err
		}
		body, err := json.Marshal(settings)
		if err != nil {
			return fmt.Errorf("accounting: writing settings: %w", err)
		}
		r := settingsRow{Owner: string(owner), Revision: seen + 1, Body: string(body)}
		result, err := w.Tx().NewInsert().Model(&r).On("CONFLICT (owner) DO UPDATE").Set("revision = EXCLUDED.revision").
			Set("body = EXCLUDED.body").Where("paper_settings.revision = ?", seen).Exec(ctx)
		if err != nil {
			return fmt.Errorf("accounting: keeping settings: %w", err)
		}
		if n, err := result.RowsAffected(); err != nil || n != 1 || before.Revision != seen {
			return errors.Join(err, &store.Conflict[Settings]{Kind: SettingsKind, ID: string(owner), Seen: seen, Current: before})
		}
		saved = store.Record[Settings]{Value: settings, Revision: r.Revision}
		w.Record(edit, SettingsKind, string(owner), before.Value, settings, nil)
		return nil
	})
	return saved, err
}

// check finds what is wrong with settings.
func (t *Settings) check() error {
	for _, text := range []*string{&t.Sign, &t.Organ, &t.Signer, &t.Signature, &t.Copies, &t.Printer} {
		*text = strings.TrimSpace(*text)
	}
	long := func(text string, most int) bool { return utf8.RuneCountInString(text) > most }
	switch {
	case t.Sign == "" || long(t.Sign, longestSign):
		return faults.New("settings.sign", strconv.Itoa(longestSign))
	case long(t.Organ, longestName) || long(t.Signer, longestName) || long(t.Signature, longestName) || long(t.Printer, longestName):
		return faults.New("settings.name", strconv.Itoa(longestName))
	case long(t.Copies, longestCopy):
		return faults.New("settings.copies", strconv.Itoa(longestCopy))
	}
	return nil
}
