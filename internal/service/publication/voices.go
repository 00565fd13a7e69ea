package publication

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"time"

	"luoshi/internal/service"
	"luoshi/ledger"
)

// countVoices adds how many citizens follow promises of a plan, and how much of what they said waits.
func (s *Service) countVoices(ctx context.Context, v *View) error {
	db := s.core.Store().View(ctx)
	var err error
	if v.Waiting, err = db.NewSelect().Table(FeedbackKind).Where("plan = ?", v.Plan.ID).Where("state = ?", string(Waiting)).Count(ctx); err != nil {
		return fmt.Errorf("publication: counting the feedback on plan %s: %w", v.Plan.ID, err)
	}
	if v.Follows, err = db.NewSelect().Table(FollowKind).Where("plan = ?", v.Plan.ID).Where("confirmed IS NOT NULL").Count(ctx); err != nil {
		return fmt.Errorf("publication: counting who follows plan %s: %w", v.Plan.ID, err)
	}
	return nil
}

// secretBytes is how long secrets are.
const secretBytes = 18

// secret is a secret for a link that nobody guesses.
func (s *Service) secret() (string, error) {
	var bytes [secretBytes]byte
	if _, err := io.ReadFull(s.options.Random, bytes[:]); err != nil {
		return "", fmt.Errorf("publication: making a secret: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(bytes[:]), nil
}

// Voices are what the public page says of citizens' feedback on a promise.
type Voices struct {
	Received, Taken int // of what was received, so many led to an order
}

// Voices counts the feedback on a promise that was looked at.
func (s *Service) Voices(ctx context.Context, promise ledger.CommitmentID) (Voices, error) {
	var v Voices
	var rows []struct {
		State  string
		Number int
	}
	err := s.core.Store().View(ctx).NewSelect().Table(FeedbackKind).ColumnExpr("state, count(*) AS number").
		Where("promise = ?", promise).Where("state <> ?", string(Waiting)).Group("state").Scan(ctx, &rows)
	if err != nil {
		return v, fmt.Errorf("publication: counting the feedback on promise %s: %w", promise, err)
	}
	for _, r := range rows {
		v.Received += r.Number
		if r.State == string(Accepted) {
			v.Taken += r.Number
		}
	}
	return v, nil
}

// oftenCode is the code of the fault of TooOften.
const oftenCode = "voices.often"

// TooOften is the error of somebody who speaks more often than people do, and has to wait so long.
func TooOften(wait time.Duration) error {
	return faults.New(oftenCode, strconv.Itoa(max(1, int(math.Ceil(wait.Minutes())))))
}

// IsTooOften tells whether an error is one of TooOften.
func IsTooOften(err error) bool {
	var fault *service.Fault
	return errors.As(err, &fault) && fault.Code == oftenCode
}
