package message

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/uptrace/bun"

	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// pauses are how long to wait before each further attempt: some seconds for a restart, hours for a day of repair.
var pauses = []time.Duration{
	5 * time.Second, time.Minute, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 5 * time.Hour, 10 * time.Hour, 20 * time.Hour,
}

// claim is how long an attempt belongs to whoever began it: longer than it can take.
const claim = 3 * time.Minute

// errClaimed is the error of an attempt that another server is at, or was at when it was killed.
var errClaimed = errors.New("message: the attempt has been begun by another server")

// outcome is what came of an attempt.
type outcome struct {
	problem string // why it failed, by its name; empty where it did not
	answer  string // what the other side said
	final   bool   // no further attempt can do better
	cause   error  // for the server's log
}

// longestSaid bounds what is kept of an answer.
const longestSaid = 200

// shortened is an answer as it is kept.
func shortened(text string) string {
	text = oneLine(text)
	if !utf8.ValidString(text) {
		return ""
	}
	if runes := []rune(text); len(runes) > longestSaid {
		return string(runes[:longestSaid]) + "…"
	}
	return text
}

// Deliver sends something once and, where it is not taken, asks for the next attempt. It is work for a job. However
// often it is asked for, and on however many servers, an attempt is made once; where a server is killed in the very
// moment between sending and noting it, it is made again under the same identifier.
func (s *Service) Deliver(ctx context.Context, args json.RawMessage) error {
	var a attempt
	if err := json.Unmarshal(args, &a); err != nil {
		return fmt.Errorf("reading what to send: %w", err)
	}
	row, err := s.due(ctx, a)
	if err != nil || row == nil {
		return err
	}
	p, err := s.read(ctx, *row)
	if err != nil {
		return err
	}
	robot, wanted, err := s.receiver(ctx, &p)
	if err != nil {
		return err
	}
	came := outcome{problem: string(Dropped), final: true}
	switch {
	case wanted && row.Robot != "":
		came = s.chat(ctx, p, robot)
	case wanted:
		came = s.mail(ctx, p)
	}
	if came.cause != nil {
		s.options.Logger.WarnContext(ctx, "message not delivered", "delivery", row.ID, "channel", row.Channel, "problem", came.problem, "error", came.cause)
	}
	return s.settle(ctx, row, p.Address, came)
}

// due claims the attempt that is to be made; nil where it was made, or is to be made later.
func (s *Service) due(ctx context.Context, a attempt) (due *deliveryRow, err error) {
	err = s.core.Store().Within(ctx, func(ctx context.Context, tx bun.Tx) error {
		due = nil
		now := s.core.Store().Now()
		row := &deliveryRow{}
		err := tx.NewSelect().Model(row).Where("id = ?", a.Delivery).Scan(ctx)
		if noRows(err) || err == nil && (row.State != string(Waiting) || row.Attempts != a.Number-1) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading what to send: %w", err)
		}
		if (row.Sort == string(Digest) || row.Sort == string(Prompt)) && !s.open(now, dayBegins) {
			return s.core.Later(ctx, tx, service.Task{Kind: DeliverKind, Args: a, At: s.opens(now)})
		}
		result, err := tx.NewUpdate().Model((*deliveryRow)(nil)).Set("claimed = ?", store.TimeText(now)).Where("id = ?", row.ID).Where("attempts = ?", row.Attempts).
			Where("state = ?", Waiting).Where("(claimed IS NULL OR claimed < ?)", store.TimeText(now.Add(-claim))).Exec(ctx)
		if err != nil {
			return fmt.Errorf("claiming what to send: %w", err)
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, errClaimed)
		}
		due = row
		return nil
	})
	return due, err
}

// receiver tells whether a delivery is still wanted: its robot works, or its person does and wants e-mail.
func (s *Service) receiver(ctx context.Context, p *post) (robot robotRow, wanted bool, err error) {
	if p.Robot != "" {
		robot, err = s.robot(ctx, RobotID(p.Robot))
		var gone *store.NotFound
		if errors.As(err, &gone) {
			return robot, false, nil
		}
		return robot, robot.State == string(Active), err
	}
	choice, err := s.choiceOf(ctx, accountID(p.Account))
	if err != nil {
		return robot, false, err
	}
	working, err := s.people.Working(ctx, accountID(p.Account))
	p.Address = choice.Value.Email
	return robot, working && choice.Value.Mode != Off && p.Address != "", err
}

// settle writes down what came of an attempt, and asks for the next one.
func (s *Service) settle(ctx context.Context, row *deliveryRow, address string, came outcome) error {
	now := s.core.Store().Now()
	tried := row.Attempts
	row.Attempts, row.Answer, row.Problem, row.Address, row.Updated, row.NextAttempt = tried+1, came.answer, came.problem, address, store.TimeText(now), ""
	row.Claimed = ""
	var tasks []service.Task
	switch {
	case came.problem == "":
		row.State = string(Sent)
	case came.problem == string(Dropped):
		row.State = string(Dropped)
	case came.final || tried >= len(pauses):
		row.State = string(Failed)
	default:
		at := now.Add(pauses[tried])
		row.NextAttempt = store.TimeText(at)
		tasks = append(tasks, service.Task{Kind: DeliverKind, Args: attempt{Delivery: row.ID, Number: row.Attempts + 1}, At: at})
	}
	return s.core.Store().Within(ctx, func(ctx context.Context, tx bun.Tx) error {
		result, err := tx.NewUpdate().Model(row).Column("state", "attempts", "claimed", "updated", "next_attempt", "answer", "problem", "address").
			WherePK().Where("attempts = ?", tried).Exec(ctx)
		if err != nil {
			return fmt.Errorf("noting what was sent: %w", err)
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 || len(tasks) == 0 {
			return err
		}
		return s.core.Later(ctx, tx, tasks...)
	})
}

type accountID = ledger.AccountID
