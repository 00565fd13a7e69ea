package publication

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/uptrace/bun"

	"luoshi/internal/service/message"
	"luoshi/internal/service/publication/disclosed"
	"luoshi/ledger"
)

// letterArgs is which letter is to be sent: to the address of a follow, asking to confirm it or telling the news of all
// that the address follows.
type letterArgs struct {
	Follow string `json:"follow"`
	News   bool   `json:"news,omitempty"`
}

// Letter is the task of LetterKind. What it says is made when it is sent, so that a queue holds neither addresses nor
// secrets.
func (s *Service) Letter(ctx context.Context, args json.RawMessage) error {
	var asked letterArgs
	if err := json.Unmarshal(args, &asked); err != nil {
		return fmt.Errorf("publication: reading which letter to send: %w", err)
	}
	if s.options.Mail == nil || !s.options.Mail.Mails() {
		return nil
	}
	var row followRow
	err := s.core.Store().View(ctx).NewSelect().Model(&row).Where("id = ?", asked.Follow).Scan(ctx)
	if noRows(err) {
		return nil // who asked wants it no more
	}
	if err != nil {
		return fmt.Errorf("publication: reading whom to write to: %w", err)
	}
	if !asked.News {
		return s.askToConfirm(ctx, row)
	}
	return s.tellNews(ctx, row)
}

// spoken is a text in the language of a follow.
func (r followRow) spoken(w ledger.Wording) string {
	if r.Language == message.English {
		return w.EN
	}
	return w.ZH
}

func (s *Service) link(path string) string { return strings.TrimSuffix(s.options.Origin, "/") + path }

// askToConfirm asks the owner of an address whether he wants to be told.
func (s *Service) askToConfirm(ctx context.Context, row followRow) error {
	f, err := s.Following(ctx, row.Secret)
	if err != nil || row.Confirmed != nil || f.Title == "" {
		return err
	}
	return s.options.Mail.Write(ctx, message.Mailing{
		ID: row.ID + ".confirm", To: row.Email, Subject: row.spoken(say("confirm.subject", f.Title)),
		Text: row.spoken(say("confirm.text", f.Title, s.link("/voices/follows/"+row.Secret))) + "\n\n" + row.spoken(say("news.end")),
	})
}

// tellNews tells an address of everything that it follows and that is new.
func (s *Service) tellNews(ctx context.Context, first followRow) error {
	var rows []struct {
		followRow
		Record  string
		Address string
		Edition int64
	}
	err := s.core.Store().View(ctx).NewSelect().TableExpr("publication_follows AS f").ColumnExpr("f.*, r.body AS record, r.edition, p.address").
		Join("JOIN publication_records AS r ON r.promise = f.promise AND r.until = 0 AND r.edition > f.told").
		Join("JOIN publications AS p ON p.plan = f.plan AND p.open").Where("f.confirmed IS NOT NULL").Where("f.email = ?", first.Email).
		Order("r.place").Scan(ctx, &rows)
	if err != nil || len(rows) == 0 {
		return err
	}
	var parts []string
	for _, r := range rows {
		p, err := recordRow{Promise: r.Promise, Body: r.Record}.promise()
		if err != nil {
			return err
		}
		parts = append(parts, r.spoken(say("news.promise", p.Title, s.standing(r.followRow, p, r.Address), s.link("/voices/follows/"+r.Secret))))
	}
	letter := message.Mailing{
		ID: first.ID + "." + first.Written, To: first.Email, Subject: first.spoken(say("news.subject", strconv.Itoa(len(rows)))),
		Text:        strings.Join(parts, "\n\n") + "\n\n" + first.spoken(say("news.end")),
		Unsubscribe: s.link("/voices/follows/" + first.Secret + "/all"),
	}
	if err := s.options.Mail.Write(ctx, letter); err != nil {
		return err
	}
	return s.core.Store().Within(ctx, func(ctx context.Context, tx bun.Tx) error {
		for _, r := range rows {
			if _, err := tx.NewUpdate().Table(FollowKind).Set("told = ?", r.Edition).Where("id = ?", r.ID).Exec(ctx); err != nil {
				return fmt.Errorf("publication: noting who was told: %w", err)
			}
		}
		return nil
	})
}

// standing is where a promise stands, in some lines.
func (s *Service) standing(row followRow, p disclosed.Promise, address string) string {
	var lines []string
	if p.Light != nil {
		lines = append(lines, row.spoken(say("news.light", row.spoken(p.Light.Colour.Label()))))
	}
	for _, m := range p.Measured {
		if n := len(m.Figures); n > 0 && m.Figures[n-1].Cumulative.Known() {
			last := m.Figures[n-1]
			lines = append(lines, row.spoken(say("news.figure", m.Title, last.Cumulative.Plain()+m.Unit, row.spoken(last.Period.Title()))))
		}
	}
	return strings.Join(append(lines, s.link("/public/"+address+"/promises/"+p.Key)), "\n")
}
