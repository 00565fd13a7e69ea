package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"luoshi/internal/access"
	"luoshi/internal/access/credential"
	"luoshi/internal/access/rate"
	"luoshi/internal/audit/signing"
	"luoshi/internal/service"
	"luoshi/internal/service/accounting"
	"luoshi/internal/service/assessment"
	"luoshi/internal/service/atlas"
	"luoshi/internal/service/bulletin"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/identity"
	"luoshi/internal/service/intake"
	"luoshi/internal/service/livelihood"
	"luoshi/internal/service/message"
	"luoshi/internal/service/notify"
	"luoshi/internal/service/operations"
	"luoshi/internal/service/planning"
	"luoshi/internal/service/progress"
	"luoshi/internal/service/publication"
	"luoshi/internal/service/reporting"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/service/supervision"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/internal/store/blob"
	"luoshi/ledger"
)

// world is a district with its API, and everybody in it.
type world struct {
	*servicetest.Fixture
	api     *API
	options Options
	intake  *intake.Service
	notify  *notify.Service
	key     *signing.Key

	mu     sync.Mutex
	served map[string]map[int]int // operations by name, how often they were answered with a status
}

// rooms are those that the API's use cases keep tables in.
var rooms = []store.Room{
	identity.Room(), intake.Room(), planning.Room(), catalogue.Room(), notify.Room(), operations.Room(), workflow.Room(), reporting.Room(), progress.Room(), supervision.Room(),
	accounting.Room(), assessment.Room(), atlas.Room(), bulletin.Room(), livelihood.Room(), message.Room(), publication.Room(), Room(),
}

// each runs a test on both databases.
func each(t *testing.T, test func(t *testing.T, w *world)) {
	t.Helper()
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) { test(t, settle(t, f)) }, rooms...)
}

func settle(t testing.TB, f *servicetest.Fixture) *world {
	t.Helper()
	return settleWith(t, f, rate.Rate{Burst: 1_000_000, Second: 1_000_000})
}

func settleWith(t testing.TB, f *servicetest.Fixture, most rate.Rate) *world {
	t.Helper()
	blobs, err := blob.NewFolder(t.TempDir(), sha256.New)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = blobs.Close() })
	key, err := signing.GenerateKey(signing.SHA256Ed25519, servicetest.Origin)
	if err != nil {
		t.Fatal(err)
	}
	loopback := []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	w := &world{Fixture: f, key: key, served: map[string]map[int]int{}}
	w.intake = intake.New(f.Core, blobs, intake.Options{})
	w.notify = notify.New(f.Core, notify.Options{Origin: "https://luoshi.example", Inside: loopback})
	w.options = Options{
		Core: f.Core, Planning: planning.New(f.Core, planning.Options{}), Catalogue: catalogue.New(f.Core), Intake: w.intake, Notify: w.notify,
		Operations: operations.New(f.Core, operations.Parts{Key: key}), Reporting: reporting.New(f.Core, blobs, reporting.Options{}), OnBehalf: w.onBehalf,
		Token: w.recognise, Session: w.recognise, Cookie: "luoshi", Rate: most, Logger: slog.New(slog.DiscardHandler),
	}
	w.options.Progress = progress.New(f.Core, w.options.Reporting)
	w.options.Message = message.New(f.Core, identity.New(f.Core, identity.Options{}), message.Options{})
	w.options.Supervision = supervision.New(f.Core, blobs, supervision.Options{Lights: w.options.Progress, Tell: w.options.Message.Tell})
	w.options.Livelihood = livelihood.New(f.Core, w.options.Planning, w.intake, blobs, livelihood.Options{Tell: w.options.Message.Tell})
	w.options.Bulletins = bulletin.New(f.Core, w.options.Progress, w.options.Reporting, bulletin.Options{Orders: w.options.Supervision, Livelihood: w.options.Livelihood, Tell: w.options.Message.Tell})
	w.options.Accounting = accounting.New(f.Core, blobs, w.options.Progress, w.options.Reporting, accounting.Options{
		Orders: w.options.Supervision, Tell: w.options.Message.Tell, Sign: w.options.Operations.SignHead,
	})
	w.options.Publication = publication.New(f.Core, w.options.Progress, w.options.Reporting, publication.Options{
		Key: key.Public(), Sign: w.options.Operations.SignHead, Files: blobs, Orders: w.options.Supervision, Tell: w.options.Message.Tell,
	})
	w.options.Atlas = atlas.New(f.Core, w.options.Progress)
	w.options.Assessment = assessment.New(f.Core, assessment.Options{Livelihood: w.options.Livelihood})
	w.api, err = New(w.options)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// recognise takes “role” or “role@unit” for a token: whoever holds a role in a unit, the government where none is
// named. “#” and a name behind it make it a token with that identifier.
func (w *world) recognise(ctx context.Context, presented credential.Secret) (service.Caller, error) {
	account, token, _ := strings.Cut(presented.Reveal(), "#")
	role, unit, _ := strings.Cut(account, "@")
	if !w.Rights().Knows(access.Role(role)) {
		return service.Caller{}, errors.New("nobody's token")
	}
	if unit == "" {
		unit = string(w.Government.ID)
	}
	caller := service.CallerOf(w.AsAccount(ctx, ledger.AccountID(account), access.Role(role), ledger.UnitID(unit)))
	caller.Token = token
	return caller, nil
}

// onBehalf is the standing of an account that is named like a token.
func (w *world) onBehalf(ctx context.Context, account ledger.AccountID, only ...access.Action) (access.Actor, error) {
	caller, err := w.recognise(ctx, credential.NewSecret(string(account)))
	caller.Actor.Limit = only
	return caller.Actor, err
}

// The people of the district, by their tokens.
const office, admin, auditor, leader = "supervising-office", "administrator", "auditor", "leader"

// answer is what came back.
type answer struct {
	*http.Response
	body []byte
	json any
}

// at is a value within the JSON of an answer, by names and positions: "items/0/id".
func (a answer) at(path string) any {
	value := a.json
	for name := range strings.SplitSeq(path, "/") {
		switch v := value.(type) {
		case map[string]any:
			value = v[name]
		case []any:
			i, err := strconv.Atoi(name)
			if err != nil || i >= len(v) {
				return nil
			}
			value = v[i]
		default:
			return nil
		}
	}
	return value
}

func (a answer) text(path string) string {
	s, _ := a.at(path).(string)
	return s
}

// call sends a request for somebody, “” for the public, and holds the answer against the description of the API.
// Headers are pairs of names and values; a body that is no text is written as JSON.
func (w *world) call(t *testing.T, who, route string, body any, headers ...string) answer {
	t.Helper()
	method, path, _ := strings.Cut(route, " ")
	var content io.Reader
	switch b := body.(type) {
	case nil:
	case string:
		content = strings.NewReader(b)
	case io.Reader:
		content = b
	default:
		data, err := json.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		content = bytes.NewReader(data)
	}
	r := httptest.NewRequestWithContext(t.Context(), method, Base+path, content)
	if content != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if who != "" {
		r.Header.Set("Authorization", "Bearer "+who)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	recorded := httptest.NewRecorder()
	w.api.ServeHTTP(recorded, r)
	a := answer{Response: recorded.Result(), body: recorded.Body.Bytes()}
	if strings.Contains(a.Header.Get("Content-Type"), "json") && !strings.Contains(a.Header.Get("Content-Type"), "jsonl") && len(a.body) > 0 {
		if err := json.Unmarshal(a.body, &a.json); err != nil {
			t.Errorf("%s: %v in %s", route, err, a.body)
		}
	}
	w.agree(t, r, a)
	return a
}

// want is call, with the status that the answer must have.
func (w *world) want(t *testing.T, status int, who, route string, body any, headers ...string) answer {
	t.Helper()
	a := w.call(t, who, route, body, headers...)
	if a.StatusCode != status {
		t.Fatalf("%s of %q: %d and not %d: %s", route, who, a.StatusCode, status, a.body)
	}
	return a
}

// agree holds an answer against the description: its status, its content type, its body.
func (w *world) agree(t *testing.T, r *http.Request, a answer) {
	t.Helper()
	_, pattern := w.api.mux.Handler(r)
	method, path, _ := strings.Cut(pattern, " ")
	item := w.api.huma.OpenAPI().Paths[strings.TrimPrefix(path, Base)]
	if item == nil {
		return
	}
	op := map[string]*huma.Operation{"GET": item.Get, "POST": item.Post, "PUT": item.Put, "PATCH": item.Patch, "DELETE": item.Delete}[method]
	w.mu.Lock()
	if w.served[op.OperationID] == nil {
		w.served[op.OperationID] = map[int]int{}
	}
	w.served[op.OperationID][a.StatusCode]++
	w.mu.Unlock()
	described := op.Responses[strconv.Itoa(a.StatusCode)]
	if described == nil {
		t.Errorf("%s answers %d, which its description does not know: %s", op.OperationID, a.StatusCode, a.body)
		return
	}
	if len(a.body) == 0 {
		if described.Content["application/json"] != nil {
			t.Errorf("%s answers %d without the body that its description promises", op.OperationID, a.StatusCode)
		}
		return
	}
	contentType, _, err := mime.ParseMediaType(a.Header.Get("Content-Type"))
	media := described.Content[contentType]
	if err != nil || media == nil {
		t.Errorf("%s answers %d in %q, which its description does not know", op.OperationID, a.StatusCode, contentType)
		return
	}
	if a.json == nil || media.Schema == nil {
		return
	}
	result, place := &huma.ValidateResult{}, huma.NewPathBuffer([]byte{}, 0)
	huma.Validate(w.api.huma.OpenAPI().Components.Schemas, media.Schema, place, huma.ModeReadFromServer, a.json, result)
	for _, problem := range result.Errors {
		t.Errorf("%s answers %d otherwise than described: %v in %s", op.OperationID, a.StatusCode, problem, a.body)
	}
}
