package livelihood

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"luoshi/internal/service"
	"luoshi/internal/service/evidence"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/livelihood"
)

type voterRow struct {
	bun.BaseModel `bun:"table:livelihood_voters,alias:livelihood_voters"`
	Round         string `bun:"round,pk"`
	Turn          int    `bun:"turn,pk"`
	Account       string `bun:"account,pk"`
}

// Vote casts the ballot of a deputy: once in each turn, and for ever. That he has voted is kept and logged; whom he marked
// goes into the sums and nowhere else.
func (s *Service) Vote(ctx context.Context, id RoundID, marked []livelihood.Candidate) error {
	return s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		r, err := s.held(ctx, w, id, vote, 0)
		if err != nil {
			return err
		}
		turn, begun := r.Turn()
		if r.State != Voting || !begun {
			return faults.New("vote.closed")
		}
		if err := wrong(r.Rule.CheckBallot(turn, marked)); err != nil {
			return err
		}
		voter := voterRow{Round: string(id), Turn: len(r.Turns), Account: string(service.CallerOf(ctx).Account())}
		voted, err := s.voted(ctx, voter)
		if err != nil {
			return err
		}
		if voted {
			return faults.New("vote.twice")
		}
		if err := s.seatsLeft(ctx, r); err != nil {
			return err
		}
		if err := store.Insert(ctx, w.Tx(), voter); err != nil {
			return err
		}
		for _, c := range marked {
			_, err := w.Tx().NewRaw(`INSERT INTO livelihood_votes (round, turn, candidate, votes) VALUES (?, ?, ?, 1)
				ON CONFLICT (round, turn, candidate) DO UPDATE SET votes = livelihood_votes.votes + 1`, id, voter.Turn, c).Exec(ctx)
			if err != nil {
				return fmt.Errorf("livelihood: counting a vote of round %s: %w", id, err)
			}
		}
		w.Record(vote, RoundKind, string(id), nil, nil, map[string]int{"turn": voter.Turn})
		return nil
	})
}

// voted tells whether a deputy has voted in a turn.
func (s *Service) voted(ctx context.Context, voter voterRow) (bool, error) {
	found, err := s.core.Store().View(ctx).NewSelect().Model(&voter).WherePK().Exists(ctx)
	if err != nil {
		return false, fmt.Errorf("livelihood: looking whether somebody has voted in round %s: %w", voter.Round, err)
	}
	return found, nil
}

// seatsLeft fails where as many ballots were cast or handed out as there are deputies.
func (s *Service) seatsLeft(ctx context.Context, r Round) error {
	ballots, err := s.ballots(ctx, r)
	if err != nil {
		return err
	}
	last, issued := ballots[len(ballots)-1], 0
	for _, sheet := range last.Sheets {
		issued += sheet.Issued
	}
	if last.Cast+issued >= r.Rule.Deputies {
		return faults.New("vote.full")
	}
	return nil
}

// ballots are the ballots of every turn of a round.
func (s *Service) ballots(ctx context.Context, r Round) ([]livelihood.Ballots, error) {
	all := make([]livelihood.Ballots, len(r.Turns))
	for i := range all {
		all[i].Votes = map[livelihood.Candidate]int{}
	}
	var cast []struct{ Turn, N int }
	view := s.core.Store().View(ctx)
	err := view.NewSelect().Table("livelihood_voters").ColumnExpr("turn, count(*) AS n").Where("round = ?", r.ID).Group("turn").Scan(ctx, &cast)
	if err != nil {
		return nil, fmt.Errorf("livelihood: counting the voters of round %s: %w", r.ID, err)
	}
	var votes []struct {
		Turn      int
		Candidate livelihood.Candidate
		Votes     int
	}
	err = view.NewSelect().Table("livelihood_votes").Column("turn", "candidate", "votes").Where("round = ?", r.ID).Scan(ctx, &votes)
	if err != nil {
		return nil, fmt.Errorf("livelihood: reading the votes of round %s: %w", r.ID, err)
	}
	sheets, err := s.sheets(ctx, r.ID)
	if err != nil {
		return nil, err
	}
	for _, c := range cast {
		all[c.Turn-1].Cast = c.N
	}
	for _, v := range votes {
		all[v.Turn-1].Votes[v.Candidate] = v.Votes
	}
	for _, sheet := range sheets {
		if sheet.Withdrawn == "" {
			all[sheet.Turn-1].Sheets = append(all[sheet.Turn-1].Sheets, sheet.Sheet)
		}
	}
	return all, nil
}

// SheetID is the identifier of a counted sheet.
type SheetID string

// Sheet is what was counted of ballots on paper.
type Sheet struct {
	ID SheetID `json:"id"`
	livelihood.Sheet
	Turn      int              `json:"turn"`
	Account   ledger.AccountID `json:"account"`
	At        time.Time        `json:"-"`
	File      evidence.File    `json:"file"`
	Withdrawn string           `json:"withdrawn,omitempty"`
}

type sheetRow struct {
	bun.BaseModel `bun:"table:livelihood_sheets,alias:livelihood_sheets"`
	ID            string `bun:"id,pk"`
	Round         string `bun:"round"`
	Turn          int    `bun:"turn"`
	Account       string `bun:"account"`
	AtTime        string `bun:"at_time"`
	Withdrawn     string `bun:"withdrawn"`
	Body          string `bun:"body"`
	File          string `bun:"file"`
}

func (r sheetRow) sheet() (Sheet, error) {
	body, err := parsed[livelihood.Sheet](r.Body)
	if err != nil {
		return Sheet{}, err
	}
	file, err := parsed[evidence.File](r.File)
	return Sheet{
		ID: SheetID(r.ID), Sheet: body, Turn: r.Turn, Account: ledger.AccountID(r.Account), At: store.TimeOf(r.AtTime), File: file,
		Withdrawn: r.Withdrawn,
	}, err
}

// sheets are the counted sheets of a round, the withdrawn ones too.
func (s *Service) sheets(ctx context.Context, id RoundID) ([]Sheet, error) {
	var rows []sheetRow
	if err := s.core.Store().View(ctx).NewSelect().Model(&rows).Where("round = ?", id).Order("turn", "at_time", "id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("livelihood: reading the counted sheets of round %s: %w", id, err)
	}
	all := make([]Sheet, len(rows))
	for i, row := range rows {
		var err error
		if all[i], err = row.sheet(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// File is a file that comes with something that is entered. It is none where its name is empty.
type File struct {
	Name    string
	Content io.Reader
}

// EnterSheet enters what was counted of ballots on paper, with the signed sheet that says so.
func (s *Service) EnterSheet(ctx context.Context, id RoundID, sheet livelihood.Sheet, signed File) (Sheet, error) {
	before, err := s.get(ctx, id)
	if err != nil {
		return Sheet{}, err
	}
	if err := s.core.Check(ctx, count, before.owned()); err != nil {
		return Sheet{}, err
	}
	if signed.Name == "" {
		return Sheet{}, faults.New("sheet.file")
	}
	// The bytes come before the record that names them: a file that no record speaks of does no harm.
	file, err := s.files.Take(ctx, signed.Name, signed.Content)
	if err != nil {
		return Sheet{}, err
	}
	var made Sheet
	err = s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		r, err := s.held(ctx, w, id, count, 0)
		if err != nil {
			return err
		}
		turn, begun := r.Turn()
		if r.State != Voting || !begun {
			return faults.New("vote.closed")
		}
		ballots, err := s.ballots(ctx, r)
		if err != nil {
			return err
		}
		last := ballots[len(ballots)-1]
		others := last.Cast
		for _, earlier := range last.Sheets {
			others += earlier.Issued
		}
		if err := wrong(r.Rule.CheckSheet(turn, sheet, others)); err != nil {
			return err
		}
		row := sheetRow{
			ID: store.NewID[string](s.core.Store()), Round: string(id), Turn: len(r.Turns), Account: string(service.CallerOf(ctx).Account()),
			AtTime: s.core.Store().NowText(), Body: written(sheet), File: written(file),
		}
		if err := store.Insert(ctx, w.Tx(), row); err != nil {
			return err
		}
		if made, err = row.sheet(); err != nil {
			return err
		}
		w.Record(count, SheetKind, row.ID, nil, made, nil)
		return nil
	})
	return made, err
}

// WithdrawSheet withdraws a sheet that is wrong, before the votes are counted. It stays in sight with the reason.
func (s *Service) WithdrawSheet(ctx context.Context, id RoundID, sheet SheetID, reason string) error {
	return s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		r, err := s.held(ctx, w, id, count, 0)
		if err != nil {
			return err
		}
		if r.State != Voting {
			return faults.New("vote.closed")
		}
		var row sheetRow
		err = s.core.Store().View(ctx).NewSelect().Model(&row).Where("id = ? AND round = ? AND turn = ?", sheet, id, len(r.Turns)).Scan(ctx)
		if err := failed(SheetKind, string(sheet), err); err != nil {
			return err
		}
		if reason = strings.TrimSpace(reason); reason == "" {
			return faults.New("reason.missing")
		}
		if row.Withdrawn != "" {
			return faults.New("withdrawn.already")
		}
		before, err := row.sheet()
		if err != nil {
			return err
		}
		row.Withdrawn = reason
		if _, err := w.Tx().NewUpdate().Model(&row).WherePK().Exec(ctx); err != nil {
			return fmt.Errorf("livelihood: withdrawing sheet %s: %w", sheet, err)
		}
		w.Record(count, SheetKind, row.ID, before, nil, map[string]string{"reason": reason})
		return nil
	})
}

// OpenSheet opens the signed sheet behind counted ballots.
func (s *Service) OpenSheet(ctx context.Context, id RoundID, sheet SheetID) (evidence.File, io.ReadCloser, error) {
	r, err := s.get(ctx, id)
	if err != nil {
		return evidence.File{}, nil, err
	}
	if err := s.core.Check(ctx, count, r.owned()); err != nil {
		return evidence.File{}, nil, err
	}
	var row sheetRow
	err = s.core.Store().View(ctx).NewSelect().Model(&row).Where("id = ? AND round = ?", sheet, id).Scan(ctx)
	if err := failed(SheetKind, string(sheet), err); err != nil {
		return evidence.File{}, nil, err
	}
	found, err := row.sheet()
	if err != nil {
		return evidence.File{}, nil, err
	}
	mediaType, content, err := s.files.Open(ctx, found.File, false)
	found.File.MediaType = mediaType
	return found.File, content, err
}
