package narrative_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"luoshi/internal/access/credential"
	"luoshi/internal/service/narrative"
)

const key = "sk-not-to-be-told"

// here are the networks of the model of these tests.
var here = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}

// asked lets a client ask a model that answers as given.
func asked(t *testing.T, within time.Duration, answer http.HandlerFunc) (string, error) {
	t.Helper()
	model := httptest.NewServer(answer)
	t.Cleanup(model.Close)
	c := narrative.New(narrative.Options{Address: model.URL + "/v1/", Model: "m", Key: credential.NewSecret(key), Inside: here, Within: within})
	return c.Draft(t.Context(), "rules", "material")
}

func TestAModelIsAskedByTheProtocol(t *testing.T) {
	text, err := asked(t, 0, func(w http.ResponseWriter, r *http.Request) {
		var q struct {
			Model       string
			Temperature float64
			Stream      bool
			Messages    []struct{ Role, Content string }
		}
		if err := json.NewDecoder(r.Body).Decode(&q); err != nil {
			t.Error(err)
		}
		if r.URL.Path != "/v1/chat/completions" || r.Header.Get("Authorization") != "Bearer "+key || q.Model != "m" || q.Stream || q.Temperature != 0 ||
			len(q.Messages) != 2 || q.Messages[0].Role != "system" || q.Messages[0].Content != "rules" || q.Messages[1].Content != "material" {
			t.Errorf("%s %+v", r.URL.Path, q)
		}
		_, _ = w.Write([]byte(`{"choices":[{"message":{"role":"assistant","content":" \u597d\u3002\n"}}]}`))
	})
	if err != nil || text != "\u597d\u3002" {
		t.Errorf("%q, %v", text, err)
	}
}

// TestAnAnswerThatIsNone: whatever goes wrong has a name, and no error tells the key or the address.
func TestAnAnswerThatIsNone(t *testing.T) {
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		want   error
	}{
		"a wrong key": {func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no "+key, http.StatusUnauthorized) }, narrative.ErrRefused},
		"another place": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://127.0.0.1:1/", http.StatusFound)
		}, narrative.ErrRefused},
		"no JSON":   {func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>")) }, narrative.ErrUnreadable},
		"no choice": {func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(`{"choices":[]}`)) }, narrative.ErrUnreadable},
		"nothing said": {func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write([]byte(`{"choices":[{"message":{"content":" "}}]}`))
		}, narrative.ErrUnreadable},
		"far too much": {func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write([]byte(strings.Repeat(" ", narrative.LongestAnswer+1)))
		}, narrative.ErrUnreadable},
		"too many words": {func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write([]byte(`{"choices":[{"message":{"content":"` + strings.Repeat("a", narrative.LongestDraft+1) + `"}}]}`))
		}, narrative.ErrUnreadable},
		"too often": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTooManyRequests) }, narrative.ErrUnreachable},
		"silence": {func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body) // or the server does not see that nobody waits any more
			<-r.Context().Done()
		}, narrative.ErrSlow},
	} {
		t.Run(name, func(t *testing.T) {
			within := time.Minute
			if errors.Is(c.want, narrative.ErrSlow) {
				within = 50 * time.Millisecond
			}
			text, err := asked(t, within, c.answer)
			if !errors.Is(err, c.want) || text != "" || strings.Contains(err.Error(), key) || strings.Contains(err.Error(), "127.0.0.1") {
				t.Errorf("%q, %v", text, err)
			}
		})
	}
}

func TestAnAddressInsideIsNotAsked(t *testing.T) {
	model := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("it was asked") }))
	defer model.Close()
	c := narrative.New(narrative.Options{Address: model.URL, Model: "m"})
	if _, err := c.Draft(context.Background(), "", ""); !errors.Is(err, narrative.ErrInside) {
		t.Error(err)
	}
	// Without encryption nothing goes to an address that was not named as one inside, whatever may be reached otherwise.
	c = narrative.New(narrative.Options{Address: "http://192.0.43.8", Model: "m", Inside: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}, Within: time.Second})
	if _, err := c.Draft(context.Background(), "", ""); !errors.Is(err, narrative.ErrInside) {
		t.Error(err)
	}
	model.Close()
	c = narrative.New(narrative.Options{Address: model.URL, Model: "m", Inside: here})
	if _, err := c.Draft(context.Background(), "", ""); !errors.Is(err, narrative.ErrUnreachable) {
		t.Error(err)
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{`{"choices":[{"message":{"content":"\u597d"}}]}`, `{"choices":null}`, `[]`, `{"choices":[{}]}`, ""} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, answer []byte) {
		text, err := narrative.Read(answer)
		if (err == nil) == (strings.TrimSpace(text) == "") {
			t.Errorf("%q, %v", text, err)
		}
		if err != nil && !errors.Is(err, narrative.ErrUnreadable) {
			t.Error(err)
		}
	})
}
