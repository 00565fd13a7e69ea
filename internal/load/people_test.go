package load_test

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// user is somebody who has signed in to a server.
type user struct {
	server  *server
	address string // from where the requests come
	client  *http.Client
	// pages are addresses that links led to, by kind of page, and shapes are the kinds.
	pages  map[string][]string
	shapes []string
}

// most is how many addresses of a kind a user keeps.
const most = 25

// signIn is a user who has signed in.
func signIn(b *testing.B, s *server, i int) *user {
	b.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		b.Fatal(err)
	}
	u := &user{server: s, address: fmt.Sprintf("10.1.0.%d", i+1), client: &http.Client{Jar: jar}, pages: map[string][]string{}}
	form := url.Values{"name": {userName(i)}, "password": {password}}
	status, body, err := u.send(b, http.MethodPost, "/sign-in", form)
	if err != nil || status != http.StatusOK || strings.Contains(body, `action="/sign-in"`) {
		b.Fatalf("%s is not let in: %d %v", userName(i), status, err)
	}
	return u
}

func (u *user) send(b *testing.B, method, path string, form url.Values) (status int, body string, err error) {
	b.Helper()
	return u.ask(b, u.client, method, path, form, "")
}

// post sends a form and does not go where the answer leads to.
func (u *user) post(b *testing.B, path string, form url.Values, accept string) (status int, body string, err error) {
	b.Helper()
	stays := *u.client
	stays.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return u.ask(b, &stays, http.MethodPost, path, form, accept)
}

func (u *user) ask(b *testing.B, client *http.Client, method, path string, form url.Values, accept string) (status int, body string, err error) {
	b.Helper()
	request, err := http.NewRequestWithContext(b.Context(), method, u.server.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		return 0, "", err
	}
	request.Header.Set("X-Forwarded-For", u.address)
	if form != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if accept != "" {
		request.Header.Set("Accept", accept)
	}
	answer, err := client.Do(request)
	if err != nil {
		return 0, "", err
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	return answer.StatusCode, string(content), err
}

var (
	variable = regexp.MustCompile(`[0-9a-f]{64}|[0-9a-f]{8}-[0-9a-f-]{27}|\b\d+\b`)
	// noPage are addresses of downloads and of what is not under way every day.
	noPage = regexp.MustCompile(`lang=|/export|/download|/original|\.(xlsx|csv|json|jsonl|ics|pub|txt)\b|^/assets/|format=|^/api/|^/sign-|/help`)
)

// shapeOf is a kind of page: its address without what differs from one record to another, and with the names of what
// narrows a list.
func shapeOf(address string) string {
	path, query, _ := strings.Cut(address, "?")
	var names []string
	for part := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(part, "=")
		switch {
		case name == "" || value == "":
		case ordering[name]:
			names = append(names, "ordered")
		default:
			names = append(names, name)
		}
	}
	slices.Sort(names)
	shape := variable.ReplaceAllString(path, "{}")
	if len(names) > 0 {
		shape += "?" + strings.Join(slices.Compact(names), "&")
	}
	return shape
}

// ordering are the parts of an address that order a list and lead through it: one kind of page, whichever they are.
var ordering = map[string]bool{"sort": true, "desc": true, "after": true}

// sought is what people look for.
const sought = "停车泊位"

var (
	// noList are addresses of the API that lead to one record or to a whole file.
	noList = regexp.MustCompile(`\{|/exports|\.(ics|json|yaml|csv)$|/(workbook|task-table|dictionary|sdmx)`)
	// ofPeriod are those that are asked for a period.
	ofPeriod = regexp.MustCompile(`/plans/[^/]*/(totals|tables)$`)
	// record is a link to a plan or a round.
	record = regexp.MustCompile(`/(plans|rounds)[/=?a-z]*[/=]([0-9a-f]{8}-[0-9a-f-]{27})`)
)

// met is a plan and a round that the user's pages led to, the youngest of each.
func (u *user) met() map[string]string {
	found := map[string]string{}
	for _, addresses := range u.pages {
		for _, address := range addresses {
			if parts := record.FindStringSubmatch(address); parts != nil {
				found[parts[1]] = max(found[parts[1]], parts[2])
			}
		}
	}
	return found
}

// explore follows links from the first page and from a search until it knows a number of addresses of every kind.
func (u *user) explore(b *testing.B) {
	b.Helper()
	// No link leads to what was found.
	todo, asked := []string{"/", "/search?q=" + url.QueryEscape(sought)}, map[string]int{}
	known, answered := map[string]bool{}, map[string]bool{}
	for _, address := range todo {
		known[address], u.pages[shapeOf(address)] = true, []string{address}
	}
	for len(todo) > 0 {
		address := todo[0]
		todo = todo[1:]
		shape := shapeOf(address)
		if asked[shape]++; asked[shape] > 1 {
			continue
		}
		status, body, err := u.send(b, http.MethodGet, address, nil)
		if err != nil || status != http.StatusOK {
			b.Logf("%s: %d %v", address, status, err)
			continue
		}
		answered[shape] = true
		for _, link := range linksOf(body) {
			if kind := shapeOf(link); !known[link] && !noPage.MatchString(link) && len(u.pages[kind]) < most {
				known[link] = true
				u.pages[kind] = append(u.pages[kind], link)
				todo = append(todo, link)
			}
		}
	}
	maps.DeleteFunc(u.pages, func(shape string, _ []string) bool { return !answered[shape] })
}

// linksOf are the addresses on the same server to which a page leads.
func linksOf(body string) []string {
	var links []string
	tokens := html.NewTokenizer(strings.NewReader(body))
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			return links
		case html.StartTagToken:
			token := tokens.Token()
			if token.Data != "a" {
				continue
			}
			for _, a := range token.Attr {
				if a.Key == "href" && strings.HasPrefix(a.Val, "/") && !strings.HasPrefix(a.Val, "//") {
					address, _, _ := strings.Cut(a.Val, "#")
					links = append(links, address)
				}
			}
		}
	}
}

// lists are the lists of the API that the user may see.
func (u *user) lists(b *testing.B) {
	b.Helper()
	_, body, err := u.send(b, http.MethodGet, apiDescription, nil)
	if err != nil {
		b.Error(err)
		return
	}
	var description struct {
		Servers []struct{ URL string }
		Paths   map[string]map[string]json.RawMessage
	}
	if err := json.Unmarshal([]byte(body), &description); err != nil {
		b.Logf("%s: %v", apiDescription, err)
		return
	}
	for path, methods := range description.Paths {
		for kind, id := range u.met() {
			path = strings.Replace(path, "/"+kind+"/{id}/", "/"+kind+"/"+id+"/", 1)
		}
		if _, get := methods["get"]; !get || noList.MatchString(path) {
			continue
		}
		if !strings.HasPrefix(path, apiBase) {
			path = apiBase + path
		}
		if strings.HasSuffix(path, "/search") {
			path += "?words=" + url.QueryEscape(sought)
		}
		if ofPeriod.MatchString(path) {
			path += "?period=2026-M11"
		}
		if status, _, err := u.send(b, http.MethodGet, path, nil); err == nil && status == http.StatusOK {
			u.pages["API "+shapeOf(path)] = []string{path}
		}
	}
}

// use asks for pages for some time, one after another with pauses by chance, and tells how long each took. Of those that
// the user knows it is always the turn of a kind of which fewest were asked for by anybody.
func (u *user) use(b *testing.B, until time.Time, pause time.Duration, seen *times) {
	b.Helper()
	for time.Now().Before(until) {
		shape := seen.turn(u.shapes)
		addresses := u.pages[shape]
		begun := time.Now()
		status, _, err := u.send(b, http.MethodGet, addresses[rand.IntN(len(addresses))], nil)
		took := time.Since(begun)
		if err != nil || status != http.StatusOK {
			b.Errorf("%s answers %d, %v", shape, status, err)
			continue
		}
		seen.add(shape, took)
		if pause > 0 {
			timer := time.NewTimer(pause/2 + rand.N(pause))
			<-timer.C
		}
	}
}
