package message

import (
	"context"
	"errors"
	"fmt"
	"net/mail"
	"slices"
	"strings"

	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// Mode is when somebody is told outside the system.
type Mode string

// The modes.
const (
	Off    Mode = "off"    // never
	Urgent Mode = "urgent" // at once, where it is urgent
	Daily  Mode = "daily"  // that, and everything else once a working day
)

// The languages of messages.
const (
	Chinese = "zh"
	English = "en"
)

// Choice is how a person wants to be told outside the system.
type Choice struct {
	Mode     Mode   `json:"mode"`
	Email    string `json:"email"`
	Language string `json:"language"`
	// Muted are kinds that he does not want to be told of outside the system. A kind that the rules fix is told all the same.
	Muted []Kind `json:"muted,omitempty"`
}

// choiceKind is what the log calls choices.
const choiceKind = "message_choices"

// usualChoice is that of somebody who has chosen nothing.
var usualChoice = Choice{Mode: Off, Language: Chinese}

func (r choiceRow) choice() Choice {
	choice := Choice{Mode: Mode(r.Mode), Email: r.Email, Language: r.Language}
	if r.Muted != "" {
		for kind := range strings.SplitSeq(r.Muted, kindBreak) {
			choice.Muted = append(choice.Muted, Kind(kind))
		}
	}
	return choice
}

// kindBreak parts the kinds that somebody has muted.
const kindBreak = ","

// muted are the kinds that somebody has muted, each once, in the order of kinds.txt, as they are kept.
func (c Choice) muted() string {
	var kinds []string
	for _, k := range Kinds() {
		if slices.Contains(c.Muted, k.Kind) {
			kinds = append(kinds, string(k.Kind))
		}
	}
	return strings.Join(kinds, kindBreak)
}

// Mails tells whether the server sends e-mail at all.
func (s *Service) Mails() bool { return s.options.Mail.Address != "" }

// Choice is how the caller wants to be told, at revision 0 while he has not said so.
func (s *Service) Choice(ctx context.Context) (store.Record[Choice], error) {
	account, err := s.account(ctx)
	if err != nil {
		return store.Record[Choice]{}, err
	}
	return s.choiceOf(ctx, account)
}

func (s *Service) choiceOf(ctx context.Context, account ledger.AccountID) (store.Record[Choice], error) {
	var row choiceRow
	err := s.core.Store().View(ctx).NewSelect().Model(&row).Where("account = ?", account).Scan(ctx)
	if noRows(err) {
		return store.Record[Choice]{Value: usualChoice}, nil
	}
	if err != nil {
		return store.Record[Choice]{}, fmt.Errorf("reading how %s is told: %w", account, err)
	}
	return store.Record[Choice]{Value: row.choice(), Revision: row.Revision, Updated: store.TimeOf(row.Updated)}, nil
}

// Choose sets how the caller wants to be told.
func (s *Service) Choose(ctx context.Context, choice Choice, seen int64) error {
	choice.Email = strings.TrimSpace(choice.Email)
	if err := choice.sound(); err != nil {
		return err
	}
	return s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.AllowOwn(own); err != nil {
			return err
		}
		account := service.CallerOf(ctx).Account()
		before, err := s.choiceOf(ctx, account)
		if err != nil {
			return err
		}
		if before.Revision != seen {
			return &store.Conflict[Choice]{Kind: choiceKind, ID: string(account), Seen: seen, Current: before}
		}
		row := choiceRow{
			Account: string(account), Revision: seen + 1, Updated: s.core.Store().NowText(), Mode: string(choice.Mode), Email: choice.Email, Language: choice.Language,
			Muted: choice.muted(),
		}
		result, err := w.Tx().NewInsert().Model(&row).On("CONFLICT (account) DO UPDATE").Set("revision = EXCLUDED.revision").Set("updated = EXCLUDED.updated").
			Set("mode = EXCLUDED.mode").Set("email = EXCLUDED.email").Set("language = EXCLUDED.language").
			Set("muted = EXCLUDED.muted").Where("c.revision = ?", seen).Exec(ctx)
		if err != nil {
			return fmt.Errorf("choosing how to be told: %w", err)
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, &store.Conflict[Choice]{Kind: choiceKind, ID: string(account), Seen: seen, Current: before})
		}
		w.Record(own, choiceKind, string(account), before.Value, row.choice(), nil)
		return nil
	})
}

// longestEmail is that of RFC 5321.
const longestEmail = 254

// sound tells what is wrong with a choice.
func (c Choice) sound() error {
	switch {
	case !slices.Contains([]Mode{Off, Urgent, Daily}, c.Mode):
		return fault("choice.mode")
	case c.Language != Chinese && c.Language != English:
		return fault("choice.language")
	case slices.ContainsFunc(c.Muted, func(k Kind) bool { return !k.known() }):
		return fault("choice.muted")
	case c.Email == "" && c.Mode == Off:
		return nil
	case !isEmail(c.Email):
		return fault("choice.email")
	}
	return nil
}

// isEmail tells whether a text is one address and nothing else.
func isEmail(text string) bool {
	address, err := mail.ParseAddress(text)
	return err == nil && address.Name == "" && address.Address == text && len(text) <= longestEmail && !strings.ContainsAny(text, " <>\"\r\n")
}

// TryMail sends the caller an e-mail by which he sees whether his choice works.
func (s *Service) TryMail(ctx context.Context) error {
	return s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.AllowOwn(own); err != nil {
			return err
		}
		if !s.Mails() {
			return fault("mail.none")
		}
		account := service.CallerOf(ctx).Account()
		choice, err := s.choiceOf(ctx, account)
		if err != nil {
			return err
		}
		if choice.Value.Mode == Off || choice.Value.Email == "" {
			return fault("mail.unset")
		}
		w.Record(own, choiceKind, string(account), nil, nil, map[string]bool{"tested": true})
		parcel := mailTo(account, choice.Value, Test, s.trial())
		_, err = s.send(ctx, w.Tx(), parcel)
		return err
	})
}

// trial is what tells one test from another.
func (s *Service) trial() string { return store.NewID[string](s.core.Store()) }
