package load_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// Beside those who look at pages, writers fill forms: each saves a row every so often, as the pages do while somebody
// types, and after some rows sends the form in and takes it back.
const (
	writers  = 4
	typing   = time.Second
	sendsIn  = 8 // after so many rows
	saving   = "POST a row of a form"
	sending  = "POST a form to be sent in"
	takeBack = "POST a form to be taken back"
)

// writer is somebody who fills a form.
type writer struct {
	*user
	form   string // the address of the form
	fields map[string]url.Values
	rows   []string // subjects
}

var formLink = regexp.MustCompile(`^/reports/[0-9a-f-]{36}/[0-9a-f-]{36}$`)

// newWriter is a user who looks at a form that may be filled.
func newWriter(b *testing.B, u *user) *writer {
	b.Helper()
	_, due, err := u.send(b, http.MethodGet, "/reports", nil)
	if err != nil {
		b.Fatal(err)
	}
	w := &writer{user: u}
	for _, link := range linksOf(due) {
		if w.form == "" && formLink.MatchString(link) { // the most urgent one; behind it are those that were sent in
			w.form = link
		}
	}
	w.look(b)
	return w
}

// look opens the form.
func (w *writer) look(b *testing.B) {
	b.Helper()
	status, body, err := w.send(b, http.MethodGet, w.form, nil)
	if err != nil || status != http.StatusOK {
		b.Errorf("the form %q of %s answers %d, %v", w.form, w.address, status, err)
	}
	w.fields, w.rows = rowsOf(body), nil
	for subject := range w.fields {
		w.rows = append(w.rows, subject)
	}
	if len(w.rows) == 0 {
		b.Errorf("the form %q has no row that can be filled", w.form)
	}
}

// rowsOf are the fields of a form by row, as they stand.
func rowsOf(body string) map[string]url.Values {
	rows := map[string]url.Values{}
	tokens := html.NewTokenizer(strings.NewReader(body))
	area, selected := "", ""
	set := func(name, value string) {
		subject, _, ok := strings.Cut(name, "|")
		if !ok {
			return
		}
		if rows[subject] == nil {
			rows[subject] = url.Values{}
		}
		rows[subject].Set(name, value)
	}
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			return rows
		case html.TextToken:
			if area != "" {
				set(area, string(tokens.Text()))
			}
		case html.EndTagToken:
			area = ""
		case html.StartTagToken, html.SelfClosingTagToken:
			token := tokens.Token()
			attributes := map[string]string{}
			for _, a := range token.Attr {
				attributes[a.Key] = a.Val
			}
			switch token.Data {
			case "input":
				set(attributes["name"], attributes["value"])
			case "textarea":
				area = attributes["name"]
				set(area, "")
			case "select":
				selected = attributes["name"]
				set(selected, "")
			case "option":
				if _, chosen := attributes["selected"]; chosen {
					set(selected, attributes["value"])
				}
			}
		}
	}
}

// write fills the form until a time is over, and tells how long each request took.
func (w *writer) write(b *testing.B, until time.Time, seen *times) {
	b.Helper()
	again := time.NewTicker(typing)
	defer again.Stop()
	for n := 1; time.Now().Before(until) && len(w.rows) > 0; n++ {
		<-again.C
		w.save(b, w.rows[n%len(w.rows)], n, seen)
		if n%sendsIn == 0 {
			w.step(b, "submit", sending, seen)
			w.step(b, "withdraw", takeBack, seen)
		}
	}
}

// save sends one row with another note, as the page does by itself.
func (w *writer) save(b *testing.B, subject string, n int, seen *times) {
	b.Helper()
	row := w.fields[subject]
	row.Set(subject+"|note", fmt.Sprintf("第%d次填写", n))
	begun := time.Now()
	status, body, err := w.post(b, w.form+"/rows", row, "application/json")
	took := time.Since(begun)
	var answer struct {
		Rows map[string]struct {
			Revision int64
			Held     bool
		}
	}
	if err == nil {
		err = json.Unmarshal([]byte(body), &answer)
	}
	saved, there := answer.Rows[subject]
	if err != nil || status != http.StatusOK || !there || saved.Held {
		b.Errorf("saving a row answers %d, %v: %.200s", status, err, body)
		return
	}
	row.Set(subject+"|revision", strconv.FormatInt(saved.Revision, 10))
	seen.add(saving, took)
}

// step takes the form a step on or back.
func (w *writer) step(b *testing.B, step, kind string, seen *times) {
	b.Helper()
	begun := time.Now()
	status, body, err := w.post(b, w.form+"/steps", url.Values{"step": {step}}, "text/html")
	took := time.Since(begun)
	if err != nil || status != http.StatusSeeOther {
		b.Errorf("%s of a form answers %d, %v: %.200s", step, status, err, body)
		return
	}
	seen.add(kind, took)
}
