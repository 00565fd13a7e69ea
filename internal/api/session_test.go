package api

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"luoshi/internal/access"
	"luoshi/internal/access/credential"
	"luoshi/internal/service"
	"luoshi/internal/service/identity"
	"luoshi/internal/service/servicetest"
)

// The session that docs/api.md shows is run as it stands there, against a server with real accounts and tokens.
func TestTheSessionOfTheDocumentationRuns(t *testing.T) {
	text, err := os.ReadFile("../../docs/api.md")
	if err != nil {
		t.Fatal(err)
	}
	commands, answers := blocks(t, string(text))
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
		w := settle(t, f)
		w.Promises(t, w.Store(), 12)
		server, token := w.real(t)
		script := exec.CommandContext(t.Context(), "bash", "-euo", "pipefail", "-c", strings.Join(commands, "\necho '#####'\n"))
		script.Dir = t.TempDir()
		script.Env = append(os.Environ(), "LUOSHI="+server.URL+Base, "TOKEN="+token.Reveal())
		var said strings.Builder
		script.Stderr = &said
		out, err := script.Output()
		if err != nil {
			t.Fatalf("%v: %s\n%s", err, said.String(), out)
		}
		got := strings.Split(string(out), "#####\n")
		for i, want := range answers {
			if i >= len(got) || !pattern(want).MatchString(got[i]) {
				t.Errorf("command %d answers\n%s\nand the documentation says\n%s", i+1, got[min(i, len(got)-1)], want)
			}
		}
	}, rooms...)
}

// blocks are the commands of a page and what each is said to answer.
func blocks(t *testing.T, text string) (commands, answers []string) {
	t.Helper()
	for _, block := range regexp.MustCompile("(?ms)^```(sh|output)\n(.*?)^```$").FindAllStringSubmatch(text, -1) {
		if block[1] == "sh" {
			commands = append(commands, block[2])
		} else {
			answers = append(answers, block[2])
		}
	}
	if len(commands) < 5 || len(commands) != len(answers) {
		t.Fatalf("%d commands and %d answers", len(commands), len(answers))
	}
	return commands, answers
}

// pattern is an answer as the documentation has it, where … stands for anything within a line.
func pattern(answer string) *regexp.Regexp {
	return regexp.MustCompile("^" + strings.ReplaceAll(regexp.QuoteMeta(answer), "…", ".*") + "$")
}

// real serves the API to accounts that identity keeps, and returns a token of somebody of the supervising office. What
// the requests ask for as work is done behind each of them.
func (w *world) real(t *testing.T) (*httptest.Server, credential.Secret) {
	t.Helper()
	accounts := identity.New(w.Core, identity.Options{Cost: credential.Cost{Memory: 64, Passes: 1, Lanes: 1}})
	program := service.As(t.Context(), service.Caller{System: "test", May: []access.Action{"user.create", "role.grant"}})
	err := accounts.Seed(program, []identity.SeedAccount{{
		NewAccount: identity.NewAccount{Name: "lin", Person: "林远", Unit: w.Government.ID}, Password: credential.NewSecret("kettle over marble"),
		Roles: []identity.SeedRole{{Role: office, Unit: w.Government.ID}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	lin, err := accounts.Named(w.As(t.Context(), "administrator", ""), "lin")
	if err != nil {
		t.Fatal(err)
	}
	issued, err := accounts.Issue(w.As(t.Context(), "security-officer", ""), identity.TokenTerms{
		Account: lin.ID, Purpose: "数据大屏", Scopes: accounts.Grantable(), Expires: time.Now().Add(time.Hour),
	})
	if err != nil {
		t.Fatal(err)
	}
	token, err := accounts.Draw(w.AsAccount(t.Context(), lin.ID, office, w.Government.ID), issued.ID)
	if err != nil {
		t.Fatal(err)
	}
	options := w.options
	options.Token, options.OnBehalf, options.Session = accounts.TokenCaller, accounts.OnBehalf, nil
	served, err := New(options)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		served.ServeHTTP(out, r)
		if r.Method == http.MethodPost {
			w.read(t)
		}
	}))
	t.Cleanup(server.Close)
	return server, token
}
