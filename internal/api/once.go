package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/uptrace/bun"

	"luoshi/internal/service"
)

// kept is how long an answer is kept for those who ask again.
const kept = 24 * time.Hour

// givenKey is what an idempotency key may be.
var givenKey = regexp.MustCompile(`^[\x21-\x7e]{8,128}$`)

var (
	errUndone = errors.New("api: the operation failed and was undone")
	errReused = errors.New("api: the idempotency key stands for another request")
)

// once does an operation that comes with an Idempotency-Key at most once. What it changes and its answer are one
// transaction, so that neither is there without the other; whoever comes with the same key meanwhile waits for it,
// and gets the same answer. An operation that fails is undone and leaves no answer, so it may be tried again.
func (a *API) once(ctx huma.Context, next func(huma.Context)) {
	key := ctx.Header("Idempotency-Key")
	if key == "" || ctx.Method() == http.MethodGet {
		next(ctx)
		return
	}
	r, w := humago.Unwrap(ctx)
	if !givenKey.MatchString(key) {
		a.answer(ctx, badKey(r.Context()))
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		a.answer(ctx, unread(r.Context(), err))
		return
	}
	given, recorded, x := repeatable(r, key, body), &recorder{}, exchangeOf(r.Context())
	err = a.Store().Within(r.Context(), func(within context.Context, tx bun.Tx) error {
		*recorded, x.failed = recorder{header: http.Header{}, status: http.StatusOK}, nil
		earlier, err := a.begin(within, tx, given)
		if err != nil || earlier {
			return errors.Join(err, a.replay(within, tx, given, recorded, earlier))
		}
		again := r.WithContext(within)
		again.Body = io.NopCloser(bytes.NewReader(body))
		next(humago.NewContext(ctx.Operation(), again, recorded))
		if recorded.status >= http.StatusBadRequest {
			return errors.Join(errUndone, x.failed)
		}
		return a.keep(within, tx, given, recorded)
	})
	a.finish(r.Context(), w, recorded, err)
}

// finish sends what came of it.
func (a *API) finish(ctx context.Context, w http.ResponseWriter, recorded *recorder, err error) {
	switch {
	case err == nil:
		recorded.send(w)
	case errors.Is(err, errReused):
		writeProblem(w, problemOf(ctx, kindKeyReused))
	case errors.Is(err, errUndone):
		// The entry about the refusal was undone with everything else.
		var refused *service.Refused
		if errors.As(err, &refused) {
			a.KeepRefusal(ctx, refused)
		}
		recorded.send(w)
	default:
		writeProblem(w, a.failure(ctx, err))
	}
}

// request is what an answer is kept for.
type request struct{ caller, key, digest string }

func repeatable(r *http.Request, key string, body []byte) request {
	caller := service.CallerOf(r.Context())
	hash := sha256.New()
	for _, part := range []string{r.Method, r.URL.Path, r.URL.RawQuery, r.Header.Get("If-Match"), r.Header.Get("Content-Type")} {
		fmt.Fprintf(hash, "%d %s\n", len(part), part)
	}
	hash.Write(body)
	return request{caller: string(caller.Account()) + "/" + caller.System, key: key, digest: hex.EncodeToString(hash.Sum(nil))}
}

// answerRow is a row of api_answers.
type answerRow struct {
	bun.BaseModel `bun:"table:api_answers,alias:a"`
	Caller        string `bun:"caller,pk"`
	Name          string `bun:"name,pk"`
	Digest        string `bun:"digest"`
	Status        int    `bun:"status"`
	Header        string `bun:"header"`
	Body          string `bun:"body"`
	KeptUntil     string `bun:"kept_until"`
}

const timeForm = "2006-01-02T15:04:05.000000Z"

// begin takes the key, or tells that it was taken earlier. Somebody who is at it is waited for.
func (a *API) begin(ctx context.Context, tx bun.Tx, given request) (earlier bool, err error) {
	now := a.Store().Now()
	_, err = tx.NewDelete().Model((*answerRow)(nil)).Where("caller = ?", given.caller).Where("name = ?", given.key).
		Where("kept_until < ?", now.Format(timeForm)).Exec(ctx)
	if err != nil {
		return false, fmt.Errorf("forgetting an old answer: %w", err)
	}
	row := answerRow{
		Caller: given.caller, Name: given.key, Digest: given.digest, Header: "{}", KeptUntil: now.Add(kept).Format(timeForm),
	}
	result, err := tx.NewInsert().Model(&row).On("CONFLICT DO NOTHING").Exec(ctx)
	if err != nil {
		return false, fmt.Errorf("taking an idempotency key: %w", err)
	}
	taken, err := result.RowsAffected()
	if err != nil {
		return false, fmt.Errorf("taking an idempotency key: %w", err)
	}
	return taken == 0, nil
}

// keep writes the answer down.
func (a *API) keep(ctx context.Context, tx bun.Tx, given request, recorded *recorder) error {
	header, err := json.Marshal(recorded.header)
	if err != nil {
		return fmt.Errorf("keeping an answer: %w", err)
	}
	_, err = tx.NewUpdate().Model((*answerRow)(nil)).Set("status = ?", recorded.status).Set("header = ?", string(header)).
		Set("body = ?", recorded.body.String()).Where("caller = ?", given.caller).Where("name = ?", given.key).Exec(ctx)
	if err != nil {
		return fmt.Errorf("keeping an answer: %w", err)
	}
	return nil
}

// replay reads an earlier answer.
func (a *API) replay(ctx context.Context, tx bun.Tx, given request, recorded *recorder, earlier bool) error {
	if !earlier {
		return nil
	}
	var row answerRow
	err := tx.NewSelect().Model(&row).Where("caller = ?", given.caller).Where("name = ?", given.key).Scan(ctx)
	if err != nil {
		return fmt.Errorf("reading an earlier answer: %w", err)
	}
	if row.Digest != given.digest {
		return errReused
	}
	if err := json.Unmarshal([]byte(row.Header), &recorded.header); err != nil {
		return fmt.Errorf("reading an earlier answer: %w", err)
	}
	recorded.header.Set("Idempotency-Replayed", "true")
	recorded.status = row.Status
	recorded.body.WriteString(row.Body)
	return nil
}

// Forget drops the answers that need not be kept any longer. It is work for a job.
func (a *API) Forget(ctx context.Context, _ json.RawMessage) error {
	return a.Store().Within(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewDelete().Model((*answerRow)(nil)).Where("kept_until < ?", a.Store().Now().Format(timeForm)).Exec(ctx)
		if err != nil {
			return fmt.Errorf("forgetting old answers: %w", err)
		}
		return nil
	})
}

// badKey says what an idempotency key may be.
func badKey(ctx context.Context) *Problem {
	p, x := problemOf(ctx, kindInvalid), exchangeOf(ctx)
	p.Errors = []Wrong{x.wrongOf(&huma.ErrorDetail{Location: "header.Idempotency-Key", Message: "expected string to match pattern " + givenKey.String()})}
	return p
}

// unread says why a body could not be read.
func unread(ctx context.Context, err error) *Problem {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return problemOf(ctx, kindTooLarge)
	}
	return problemOf(ctx, kindMalformed)
}
