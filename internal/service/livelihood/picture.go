package livelihood

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/internal/service"
	"luoshi/internal/service/evidence"
	"luoshi/internal/service/livelihood/photo"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/livelihood"
)

// PictureID is the identifier of a picture.
type PictureID string

// Picture shows how an item goes.
type Picture struct {
	ID PictureID `json:"id"`
	Shot
	Commitment ledger.CommitmentID `json:"commitment"`
	Account    ledger.AccountID    `json:"account"`
	At         time.Time           `json:"-"`
	File       evidence.File       `json:"file"`
	Withdrawn  string              `json:"withdrawn,omitempty"`
}

// Shot is what is said of a picture.
type Shot struct {
	Stage   livelihood.Stage `json:"stage"`
	On      calendar.Date    `json:"on"` // the day on which it was taken
	Caption string           `json:"caption"`
}

type pictureRow struct {
	bun.BaseModel `bun:"table:livelihood_pictures,alias:livelihood_pictures"`
	ID            string `bun:"id,pk"`
	Commitment    string `bun:"commitment"`
	Account       string `bun:"account"`
	AtTime        string `bun:"at_time"`
	Withdrawn     string `bun:"withdrawn"`
	Body          string `bun:"body"`
	File          string `bun:"file"`
}

func (r pictureRow) picture() (Picture, error) {
	shot, err := parsed[Shot](r.Body)
	if err != nil {
		return Picture{}, err
	}
	file, err := parsed[evidence.File](r.File)
	return Picture{
		ID: PictureID(r.ID), Shot: shot, Commitment: ledger.CommitmentID(r.Commitment), Account: ledger.AccountID(r.Account),
		At: store.TimeOf(r.AtTime), File: file, Withdrawn: r.Withdrawn,
	}, err
}

// allPictures are the pictures of some items, the last day first.
func (s *Service) allPictures(ctx context.Context, ids []string) ([]Picture, error) {
	var rows []pictureRow
	err := s.core.Store().View(ctx).NewSelect().Model(&rows).Where("commitment IN (?)", bun.List(ids)).Order("at_time DESC", "id DESC").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("livelihood: reading pictures: %w", err)
	}
	all := make([]Picture, len(rows))
	for i, r := range rows {
		if all[i], err = r.picture(); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(all, func(a, b Picture) int { return strings.Compare(b.On.String(), a.On.String()) })
	return all, nil
}

// pictures are those of some items that are shown.
func (s *Service) pictures(ctx context.Context, ids []string) (map[ledger.CommitmentID][]Picture, error) {
	all, err := s.allPictures(ctx, ids)
	shown := map[ledger.CommitmentID][]Picture{}
	for _, p := range all {
		if p.Withdrawn == "" {
			shown[p.Commitment] = append(shown[p.Commitment], p)
		}
	}
	return shown, err
}

func (s *Service) withdrawnPictures(ctx context.Context, id ledger.CommitmentID) ([]Picture, error) {
	all, err := s.allPictures(ctx, []string{string(id)})
	return slices.DeleteFunc(all, func(p Picture) bool { return p.Withdrawn == "" }), err
}

// mostPictures bounds the pictures of an item.
const mostPictures = 200

// longestCaption is how long a caption may be, in characters.
const longestCaption = 100

// AddPicture adds a picture of how an item goes. It is drawn anew, so that neither the place where it was taken nor
// anything else that cannot be seen on it goes with it.
func (s *Service) AddPicture(ctx context.Context, id ledger.CommitmentID, shot Shot, file File) (Picture, error) {
	c, err := s.commitment(ctx, id)
	if err != nil {
		return Picture{}, err
	}
	if err := s.core.Check(ctx, picture, ofItem(c)); err != nil {
		return Picture{}, err
	}
	if shot, err = s.soundShot(shot); err != nil {
		return Picture{}, err
	}
	taken, err := s.redrawn(ctx, file)
	if err != nil {
		return Picture{}, err
	}
	var made Picture
	err = s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if _, err := s.heldItem(ctx, w, id, picture); err != nil {
			return err
		}
		all, err := s.allPictures(ctx, []string{string(id)})
		if err != nil {
			return err
		}
		if len(all) >= mostPictures {
			return faults.New("picture.many", strconv.Itoa(mostPictures))
		}
		row := pictureRow{
			ID: store.NewID[string](s.core.Store()), Commitment: string(id), Account: string(service.CallerOf(ctx).Account()),
			AtTime: s.core.Store().NowText(), Body: written(shot), File: written(taken),
		}
		if err := store.Insert(ctx, w.Tx(), row); err != nil {
			return err
		}
		if made, err = row.picture(); err != nil {
			return err
		}
		w.Record(picture, PictureKind, row.ID, nil, made, nil)
		return nil
	})
	return made, err
}

// soundShot is what is said of a picture, if nothing is wrong with it.
func (s *Service) soundShot(shot Shot) (Shot, error) {
	var err error
	if shot.Caption, err = soundText(shot.Caption, "picture.caption", longestCaption, true); err != nil {
		return shot, err
	}
	if !slices.Contains(livelihood.Stages(), shot.Stage) {
		return shot, faults.New("picture.stage")
	}
	if shot.On.IsZero() || s.core.Today().Before(shot.On) {
		return shot, faults.New("picture.day")
	}
	return shot, nil
}

// redrawn takes a picture drawn anew.
func (s *Service) redrawn(ctx context.Context, file File) (evidence.File, error) {
	if file.Name == "" {
		return evidence.File{}, faults.New("picture.file")
	}
	// One byte more than is allowed tells that the file is too large without reading all of it.
	content, err := io.ReadAll(io.LimitReader(file.Content, mostPictureBytes+1))
	if err != nil {
		return evidence.File{}, fmt.Errorf("livelihood: reading a picture: %w", err)
	}
	if len(content) > mostPictureBytes {
		return evidence.File{}, faults.New("picture.large", strconv.Itoa(mostPictureBytes>>20))
	}
	redrawn, ending, err := photo.Redraw(content)
	switch {
	case errors.Is(err, photo.ErrLarge):
		return evidence.File{}, faults.New("picture.pixels")
	case err != nil:
		return evidence.File{}, faults.New("picture.form")
	}
	name := strings.TrimSuffix(file.Name, path.Ext(file.Name)) + ending
	return s.files.Take(ctx, name, bytes.NewReader(redrawn))
}

// mostPictureBytes bounds a picture as it comes.
const mostPictureBytes = 20 << 20

// WithdrawPicture takes a picture out of sight, with a reason.
func (s *Service) WithdrawPicture(ctx context.Context, id PictureID, reason string) error {
	return s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		row, err := s.pictureRow(ctx, id)
		if err != nil {
			return err
		}
		if _, err := s.heldItem(ctx, w, ledger.CommitmentID(row.Commitment), picture); err != nil {
			return err
		}
		if row, err = s.pictureRow(ctx, id); err != nil { // as it is now that the item is held
			return err
		}
		if reason = strings.TrimSpace(reason); reason == "" {
			return faults.New("reason.missing")
		}
		if row.Withdrawn != "" {
			return faults.New("withdrawn.already")
		}
		before, err := row.picture()
		if err != nil {
			return err
		}
		row.Withdrawn = reason
		if _, err := w.Tx().NewUpdate().Model(&row).WherePK().Exec(ctx); err != nil {
			return fmt.Errorf("livelihood: withdrawing picture %s: %w", id, err)
		}
		w.Record(picture, PictureKind, string(id), before, nil, map[string]string{"reason": reason})
		return nil
	})
}

func (s *Service) pictureRow(ctx context.Context, id PictureID) (pictureRow, error) {
	var row pictureRow
	err := s.core.Store().View(ctx).NewSelect().Model(&row).Where("id = ?", id).Scan(ctx)
	return row, failed(PictureKind, string(id), err)
}

// OpenPicture opens a picture, or its small one. One that was withdrawn is for who may add pictures to the item.
func (s *Service) OpenPicture(ctx context.Context, id PictureID, preview bool) (Picture, io.ReadCloser, error) {
	row, err := s.pictureRow(ctx, id)
	if err != nil {
		return Picture{}, nil, err
	}
	c, err := s.commitment(ctx, ledger.CommitmentID(row.Commitment))
	if err != nil {
		return Picture{}, nil, err
	}
	if row.Withdrawn != "" {
		if err := s.core.Check(ctx, picture, ofItem(c)); err != nil {
			return Picture{}, nil, err
		}
	}
	found, err := row.picture()
	if err != nil {
		return Picture{}, nil, err
	}
	if preview && found.File.Preview == "" {
		return Picture{}, nil, &store.NotFound{Kind: PictureKind, ID: string(id)}
	}
	mediaType, content, err := s.files.Open(ctx, found.File, preview)
	found.File.MediaType = mediaType
	return found, content, err
}
