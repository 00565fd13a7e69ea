package bulletin

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"luoshi/internal/service"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/ledger/bulletin"
)

// The guards of the workflow.
const (
	isCurrent = "current"
	isSound   = "sound"
)

// Step takes a step of a bulletin: submit, recall, pass, return, approve, publish, drop.
func (s *Service) Step(ctx context.Context, id ID, action, reason string, seen int64) (View, error) {
	right, ours := s.cases.Right(s.flow, action)
	if !ours {
		return View{}, faults.New("step.unknown", action)
	}
	before, err := s.get(ctx, id)
	if err != nil {
		return View{}, err
	}
	if err := s.core.Check(ctx, right, before.owned()); err != nil {
		return View{}, err
	}
	facts, err := s.facts(ctx, before)
	if err != nil {
		return View{}, err
	}
	err = s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		b, err := s.hold(ctx, w.Tx(), id, seen)
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, right, b.owned()); err != nil {
			return err
		}
		step, err := s.cases.StepBy(ctx, s.flow, action, b.owned())
		if err != nil {
			return err
		}
		step.Reason, step.Facts = strings.TrimSpace(reason), facts
		kase, err := s.caseOf(ctx, b)
		if err != nil {
			return err
		}
		if kase, err = s.cases.Take(ctx, w, kase, Kind, string(id), step); err != nil {
			return err
		}
		earlier := logged(b)
		b.State = State(kase.State)
		if b.State == Issued {
			if err := s.issue(ctx, w, &b); err != nil {
				return err
			}
		}
		w.Record(right, Kind, string(id), earlier, logged(b), map[string]string{"step": action, "reason": step.Reason})
		return s.keep(ctx, w.Tx(), &b)
	})
	if err != nil {
		return View{}, err
	}
	return s.Bulletin(ctx, id)
}

func (s *Service) caseOf(ctx context.Context, b Bulletin) (workflow.Case, error) {
	return s.cases.Case(ctx, s.flow, Kind, string(b.ID), s.core.Today())
}

// facts are the guards that hold of a bulletin.
func (s *Service) facts(ctx context.Context, b Bulletin) ([]string, error) {
	var facts []string
	if b.State == Drafted {
		moved, err := s.moved(ctx, b)
		if err != nil {
			return nil, err
		}
		if len(moved) == 0 {
			facts = append(facts, isCurrent)
		}
	}
	if sound(b) {
		facts = append(facts, isSound)
	}
	return facts, nil
}

// sound tells whether every number that is generated was found in its source when the bulletin was read back.
func sound(b Bulletin) bool {
	return len(bulletin.Unsourced(bulletin.ReadBack(b.Shown(), b.Blocks))) == 0
}

// moved are the figures that the ledger no longer says as a bulletin does.
func (s *Service) moved(ctx context.Context, b Bulletin) ([]bulletin.Change, error) {
	now, err := s.currentOf(ctx, b)
	if err != nil {
		return nil, err
	}
	return bulletin.Changes(b.Content, now), nil
}

// issue gives a bulletin its number, freezes it and brings it before the units.
func (s *Service) issue(ctx context.Context, w *service.Work, b *Bulletin) error {
	settings, err := s.settings(ctx, b.Government)
	if err != nil {
		return err
	}
	today := s.core.Today()
	number := bulletin.Number{Sign: settings.Value.Sign, Year: int(today.Year)}
	_, err = w.Tx().NewRaw(`INSERT INTO bulletin_numbers (government, year, last) VALUES (?, ?, 1)
		ON CONFLICT (government, year) DO UPDATE SET last = bulletin_numbers.last + 1`, b.Government, number.Year).Exec(ctx)
	if err != nil {
		return fmt.Errorf("bulletin: taking a number of %d: %w", number.Year, err)
	}
	err = w.Tx().NewSelect().Table("bulletin_numbers").Column("last").Where("government = ?", b.Government).
		Where("year = ?", number.Year).Scan(ctx, &number.N)
	if err != nil {
		return fmt.Errorf("bulletin: reading the number of %d: %w", number.Year, err)
	}
	b.Number, b.Published = number, s.core.Store().Now()
	if b.Paper, err = s.paper(ctx, *b, settings.Value); err != nil {
		return err
	}
	b.Paper.On = today.String()
	if b.Digest, err = digest(b.Paper); err != nil {
		return err
	}
	return s.send(ctx, w, *b)
}

// paper is a bulletin as it would be printed today.
func (s *Service) paper(ctx context.Context, b Bulletin, settings Settings) (Paper, error) {
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return Paper{}, err
	}
	p := Paper{
		Series: settings.Series, Office: settings.Office, Copies: settings.Copies, Number: b.Number, Title: b.Title,
		Content: b.Shown(), Blocks: b.Blocks,
	}
	for _, unit := range b.Recipients {
		p.Recipients = append(p.Recipients, Recipient{unit, tree.Name(unit, s.core.Today())})
	}
	return p, nil
}

// digest is that of a paper as it is kept: whoever has the paper can see that nothing of it was changed.
func digest(p Paper) (string, error) {
	text, err := json.Marshal(p)
	if err != nil {
		return "", fmt.Errorf("bulletin: writing the paper: %w", err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}

// send brings a published bulletin before its units.
func (s *Service) send(ctx context.Context, w *service.Work, b Bulletin) error {
	rows := make([]receiptRow, len(b.Recipients))
	for i, unit := range b.Recipients {
		rows[i] = receiptRow{Bulletin: string(b.ID), Unit: string(unit)}
	}
	if err := store.Insert(ctx, w.Tx(), rows...); err != nil {
		return err
	}
	return s.tell(ctx, w, b, published, published, b.Recipients)
}
