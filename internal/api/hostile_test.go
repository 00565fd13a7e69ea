package api

import (
	"bytes"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// form writes a form of files, by the names of their fields.
func form(t *testing.T, files ...[3]string) (io.Reader, string) {
	t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	for _, f := range files {
		part, err := m.CreateFormFile(f[0], f[1])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(part, f[2]); err != nil {
			t.Fatal(err)
		}
	}
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	return &body, m.FormDataContentType()
}

func TestUploadsThatAreNoneAreRefused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for name, files := range map[string][][3]string{
			"no file":        nil,
			"another field":  {{"data", "a.txt", paper}},
			"two files":      {{"file", "a.txt", paper}, {"file", "b.txt", paper}},
			"an empty file":  {{"file", "a.txt", ""}},
			"a broken file":  {{"file", "a.docx", "PK\x03\x04broken"}},
			"a bomb's shape": {{"file", "a.xlsx", "PK\x05\x06" + strings.Repeat("\x00", 18)}},
			"no name":        {{"file", "/", paper}},
		} {
			body, contentType := form(t, files...)
			a := w.call(t, office, "POST /documents", body, "Content-Type", contentType)
			if a.StatusCode != http.StatusUnprocessableEntity || a.text("detail") == "" {
				t.Errorf("%s: %d %s", name, a.StatusCode, a.body)
			}
		}
		a := w.call(t, office, "POST /documents", "not a form", "Content-Type", "multipart/form-data; boundary=x")
		if a.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("%d %s", a.StatusCode, a.body)
		}
		if n := len(w.Queue.Tasks()); n != 0 {
			t.Errorf("%d files are to be read", n)
		}
	})
}

// endless is a body that never ends.
type endless struct{ read int64 }

func (e *endless) Read(p []byte) (int, error) {
	e.read += int64(len(p))
	for i := range p {
		p[i] = 'a'
	}
	return len(p), nil
}

func TestNobodyIsReadWithoutEnd(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, key := range []string{"", "endless-body"} {
			body := &endless{}
			a := w.want(t, http.StatusRequestEntityTooLarge, office, "POST /plans", body, "Idempotency-Key", key)
			if a.text("code") != "too-large" || body.read > 4*largest {
				t.Errorf("%d bytes were read: %s", body.read, a.body)
			}
		}
		body := &endless{}
		head := "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n"
		a := w.want(t, http.StatusRequestEntityTooLarge, office, "POST /documents", io.MultiReader(strings.NewReader(head), body),
			"Content-Type", "multipart/form-data; boundary=x")
		if a.text("code") != "too-large" || body.read > 2*(w.intake.MaxBytes()+largest) {
			t.Errorf("%d bytes were read: %s", body.read, a.body)
		}
	})
}

func TestARequestKeepsTheNameThatItCameWith(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		const id = "display-0007"
		a := w.want(t, http.StatusCreated, office, "POST /plans", newPlan(w, 2027), "X-Request-Id", id)
		if a.Header.Get("X-Request-Id") != id {
			t.Errorf("%v", a.Header)
		}
		entry := w.want(t, http.StatusOK, auditor, "GET /audit/entries?kind=plans&object="+a.text("id"), nil)
		if entry.text("items/0/request") != id {
			t.Errorf("%s", entry.body)
		}
		for _, forged := range []string{"a b c d e f", "<script>alert</script>", strings.Repeat("x", 65), "short"} {
			if a := w.want(t, http.StatusOK, office, "GET /plans", nil, "X-Request-Id", forged); !strings.HasPrefix(a.Header.Get("X-Request-Id"), "r-") {
				t.Errorf("%q is taken for an identifier", forged)
			}
		}
	})
}

func TestAPanicIsAnsweredAndOneThatEndsTheConnectionIsNot(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		failing := w.api.identified(w.api.sturdy(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("broken") })))
		answer := httptest.NewRecorder()
		failing.ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil))
		if answer.Code != http.StatusInternalServerError || strings.Contains(answer.Body.String(), "broken") {
			t.Errorf("%d %s", answer.Code, answer.Body)
		}
		defer func() {
			if cause, _ := recover().(error); !errors.Is(cause, http.ErrAbortHandler) {
				t.Errorf("%v", cause)
			}
		}()
		ending := w.api.sturdy(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
		ending.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil))
	})
}
