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

// SurveyID is the identifier of a survey.
type SurveyID string

// Survey is what some people answered about an item.
type Survey struct {
	ID SurveyID `json:"id"`
	livelihood.Survey
	Commitment ledger.CommitmentID `json:"commitment"`
	Account    ledger.AccountID    `json:"account"`
	At         time.Time           `json:"-"`
	File       evidence.File       `json:"file,omitzero"` // the counted sheets; its name is empty where there are none
	Withdrawn  string              `json:"withdrawn,omitempty"`
}

type surveyRow struct {
	bun.BaseModel `bun:"table:livelihood_surveys,alias:livelihood_surveys"`
	ID            string `bun:"id,pk"`
	Commitment    string `bun:"commitment"`
	Account       string `bun:"account"`
	AtTime        string `bun:"at_time"`
	Withdrawn     string `bun:"withdrawn"`
	Body          string `bun:"body"`
	File          string `bun:"file"`
}

func (r surveyRow) survey() (Survey, error) {
	body, err := parsed[livelihood.Survey](r.Body)
	if err != nil {
		return Survey{}, err
	}
	file, err := parsed[evidence.File](r.File)
	return Survey{
		ID: SurveyID(r.ID), Survey: body, Commitment: ledger.CommitmentID(r.Commitment), Account: ledger.AccountID(r.Account),
		At: store.TimeOf(r.AtTime), File: file, Withdrawn: r.Withdrawn,
	}, err
}

// surveys are those of some items, the withdrawn ones too, the first one first.
func (s *Service) surveys(ctx context.Context, ids []string) (map[ledger.CommitmentID][]Survey, error) {
	return s.surveysWhere(ctx, "commitment IN (?)", bun.List(ids))
}

func (s *Service) surveysWhere(ctx context.Context, condition string, args ...any) (map[ledger.CommitmentID][]Survey, error) {
	var rows []surveyRow
	err := s.core.Store().View(ctx).NewSelect().Model(&rows).Where(condition, args...).Order("at_time", "id").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("livelihood: reading surveys: %w", err)
	}
	all := map[ledger.CommitmentID][]Survey{}
	for _, r := range rows {
		one, err := r.survey()
		if err != nil {
			return nil, err
		}
		all[one.Commitment] = append(all[one.Commitment], one)
	}
	return all, nil
}

// surveysOf are the surveys that count.
func surveysOf(all []Survey) []livelihood.Survey {
	var counted []livelihood.Survey
	for _, one := range all {
		if one.Withdrawn == "" {
			counted = append(counted, one.Survey)
		}
	}
	return counted
}

// longestNote is how long the note of a survey may be, in characters.
const longestNote = 300

// AddSurvey enters what some people answered about an item, with the counted sheets where there are some.
func (s *Service) AddSurvey(ctx context.Context, id ledger.CommitmentID, asked livelihood.Survey, sheets File) (Survey, error) {
	c, err := s.commitment(ctx, id)
	if err != nil {
		return Survey{}, err
	}
	if err := s.core.Check(ctx, survey, ofItem(c)); err != nil {
		return Survey{}, err
	}
	if asked.Note, err = soundText(asked.Note, "survey.note", longestNote, true); err != nil {
		return Survey{}, err
	}
	if err := wrong(asked.Check(s.core.Today())); err != nil {
		return Survey{}, err
	}
	file := ""
	if sheets.Name != "" {
		taken, err := s.files.Take(ctx, sheets.Name, sheets.Content)
		if err != nil {
			return Survey{}, err
		}
		file = written(taken)
	}
	var made Survey
	err = s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if _, err := s.heldItem(ctx, w, id, survey); err != nil {
			return err
		}
		row := surveyRow{
			ID: store.NewID[string](s.core.Store()), Commitment: string(id), Account: string(service.CallerOf(ctx).Account()),
			AtTime: s.core.Store().NowText(), Body: written(asked), File: file,
		}
		if err := store.Insert(ctx, w.Tx(), row); err != nil {
			return err
		}
		if made, err = row.survey(); err != nil {
			return err
		}
		w.Record(survey, SurveyKind, row.ID, nil, made, nil)
		return nil
	})
	return made, err
}

// WithdrawSurvey withdraws a survey that is wrong. It stays in sight of the office with the reason.
func (s *Service) WithdrawSurvey(ctx context.Context, id SurveyID, reason string) error {
	return s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		row, err := s.surveyRow(ctx, id)
		if err != nil {
			return err
		}
		if _, err := s.heldItem(ctx, w, ledger.CommitmentID(row.Commitment), survey); err != nil {
			return err
		}
		if row, err = s.surveyRow(ctx, id); err != nil { // as it is now that the item is held
			return err
		}
		if reason = strings.TrimSpace(reason); reason == "" {
			return faults.New("reason.missing")
		}
		if row.Withdrawn != "" {
			return faults.New("withdrawn.already")
		}
		before, err := row.survey()
		if err != nil {
			return err
		}
		row.Withdrawn = reason
		if _, err := w.Tx().NewUpdate().Model(&row).WherePK().Exec(ctx); err != nil {
			return fmt.Errorf("livelihood: withdrawing survey %s: %w", id, err)
		}
		w.Record(survey, SurveyKind, string(id), before, nil, map[string]string{"reason": reason})
		return nil
	})
}

func (s *Service) surveyRow(ctx context.Context, id SurveyID) (surveyRow, error) {
	var row surveyRow
	err := s.core.Store().View(ctx).NewSelect().Model(&row).Where("id = ?", id).Scan(ctx)
	return row, failed(SurveyKind, string(id), err)
}

// OpenSurvey opens the counted sheets behind a survey.
func (s *Service) OpenSurvey(ctx context.Context, id SurveyID) (Survey, io.ReadCloser, error) {
	row, err := s.surveyRow(ctx, id)
	if err != nil {
		return Survey{}, nil, err
	}
	c, err := s.commitment(ctx, ledger.CommitmentID(row.Commitment))
	if err != nil {
		return Survey{}, nil, err
	}
	if err := s.core.Check(ctx, survey, ofItem(c)); err != nil {
		return Survey{}, nil, err
	}
	found, err := row.survey()
	if err != nil {
		return Survey{}, nil, err
	}
	if found.File.Name == "" {
		return Survey{}, nil, &store.NotFound{Kind: SurveyKind, ID: string(id)}
	}
	mediaType, content, err := s.files.Open(ctx, found.File, false)
	found.File.MediaType = mediaType
	return found, content, err
}
