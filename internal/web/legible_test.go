package web_test

import (
	"bytes"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"luoshi/internal/service/servicetest"
	"luoshi/internal/web"
	"luoshi/internal/web/page"
	"luoshi/internal/web/webtest"
)

// asking serves a page and a form that hand what came with the request to the database.
func asking(t *testing.T, f *servicetest.Fixture) *webtest.Site {
	t.Helper()
	ask := func(w http.ResponseWriter, r *http.Request) error {
		for _, value := range []string{r.PathValue("id"), r.FormValue("q"), r.FormValue("text")} {
			if _, err := f.Store().Plans().Get(r.Context(), value); err == nil {
				return web.Show(w, r, page.Empty("home", "found", ""))
			}
		}
		return web.Show(w, r, page.Empty("home", "none", ""))
	}
	return webtest.ServeWith(t, f, web.Options{
		Entries: entries(t, "GET /ask/{id} anyone\nPOST /ask/{id} anyone"),
		Routes:  []web.Route{{Pattern: "GET /ask/{id}", Handler: ask}, {Pattern: "POST /ask/{id}", Handler: ask}},
	})
}

func TestWhatIsNoTextReachesNoDatabase(t *testing.T) {
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
		site, id := asking(t, f), string(f.Plan.ID)
		site.Public().Get("/ask/"+id).Want(http.StatusOK, "found")
		site.Public().Post("/ask/x", url.Values{"text": {id}}).Want(http.StatusOK, "found")
		for _, path := range []string{
			"/ask/%00", "/ask/a%00b", "/ask/%ff", "/ask/%e5%8c", "/ask/x?q=%00", "/ask/x?q=a&q=%c3%28", "/ask/x?%00=1", "/nowhere/%00",
		} {
			site.Office().Get(path).Want(http.StatusBadRequest, "含有无法识别的字符", "督查室")
			site.Office().Get(path+map[bool]string{true: "&", false: "?"}[strings.Contains(path, "?")]+"lang=en").
				Want(http.StatusBadRequest, "no text")
			site.Public().Post(path, nil).Want(http.StatusBadRequest, "含有无法识别的字符")
		}
		for _, form := range []url.Values{{"text": {"a\x00"}}, {"text": {"\xff"}}, {"te\x00xt": {"a"}}, {"other": {"a", "\xc3\x28"}}} {
			site.Public().Post("/ask/x", form).Want(http.StatusBadRequest, "含有无法识别的字符")
		}
		// What is broken beyond being read is no form at all.
		site.Public().Send("/ask/x", "application/x-www-form-urlencoded", strings.NewReader("text=%zz")).
			Want(http.StatusBadRequest, "无法识别")
	})
}

func TestWhatIsNoTextComesInNoPartOfAForm(t *testing.T) {
	f := district(t)
	site := asking(t, f)
	for name, c := range map[string]struct {
		field, value, file string
		status             int
	}{
		"a form":                  {"text", string(f.Plan.ID), "表.xlsx", http.StatusOK},
		"a field":                 {"text", "a\x00", "a.xlsx", http.StatusBadRequest},
		"the name of a field":     {"te\xffxt", "a", "a.xlsx", http.StatusBadRequest},
		"the name of a file":      {"text", "a", "a\xff.xlsx", http.StatusBadRequest},
		"bytes of a file are its": {"text", string(f.Plan.ID), "a.xlsx", http.StatusOK},
	} {
		var body bytes.Buffer
		parts := multipart.NewWriter(&body)
		if err := parts.WriteField(c.field, c.value); err != nil {
			t.Fatal(err)
		}
		file, err := parts.CreateFormFile("file", c.file)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := file.Write([]byte("PK\x03\x04\x00\xff")); err != nil {
			t.Fatal(err)
		}
		if err := parts.Close(); err != nil {
			t.Fatal(err)
		}
		if p := site.Public().Send("/ask/x", parts.FormDataContentType(), &body); p.Status != c.status {
			t.Errorf("%s: answers %d, want %d", name, p.Status, c.status)
		}
	}
}

func TestTheLogHasNoAddressThatIsASecret(t *testing.T) {
	var log bytes.Buffer
	f := district(t)
	site := webtest.ServeWith(t, f, web.Options{
		Entries: entries(t, "GET /here anyone\nGET /open/{secret} anyone"),
		Routes: []web.Route{
			{Pattern: "GET /here", Handler: works}, {Pattern: "GET /open/{secret}", Handler: works, Private: true},
		},
		Beside:  map[string]http.Handler{"/api/": http.NotFoundHandler()},
		Private: []string{"/api/v1/calendars/"}, Logger: slog.New(slog.NewTextHandler(&log, nil)),
	})
	for _, path := range []string{
		"/api/v1/calendars/hush/deadlines.ics", "/API/v1/Calendars/hush", "/api%2Fv1/calendars/hush", "/x/../api/v1/calendars/hush",
		"/api/v1//calendars/hush", "/open/hush", "/api/v1/calendars/%00hush",
	} {
		site.Public().Get(path)
	}
	site.Public().Get("/here?q=hush")
	if text := log.String(); strings.Contains(text, "hush") || !strings.Contains(text, "/api/v1/calendars/") || !strings.Contains(text, "path=/here") {
		t.Errorf("the log has %s", text)
	}
}
