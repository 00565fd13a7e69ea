package api

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"luoshi/internal/access"
	"luoshi/internal/service/servicetest"
)

// unchanging are operations that take away what never changes, and therefore has no revisions.
var unchanging = []any{"drop-view", "drop-calendar-address", "remove-evidence"}

func TestEveryOperationSaysWhoMayDoIt(t *testing.T) {
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
		w := settle(t, f)
		a := w.want(t, http.StatusOK, "", "GET /openapi.json", nil)
		var described struct {
			OpenAPI string
			Paths   map[string]map[string]map[string]any
		}
		if err := json.Unmarshal(a.body, &described); err != nil || !strings.HasPrefix(described.OpenAPI, "3.1") {
			t.Fatalf("%v, OpenAPI %s", err, described.OpenAPI)
		}
		n := 0
		for path, methods := range described.Paths {
			for method, op := range methods {
				n++
				who, _ := op["x-luoshi-who"].(string)
				if who != "anyone" && who != "signed-in" && !f.Rights().Has(access.Action(who)) {
					t.Errorf("%s %s: %q", method, path, who)
				}
				changes := method == "put" || method == "patch" || method == "delete"
				if changes && !takes(op, "If-Match") && !slices.Contains(unchanging, op["operationId"]) {
					t.Errorf("%s %s changes a record without its revision", method, path)
				}
				if op["summary"] == "" || op["x-summary-zh"] == "" {
					t.Errorf("%s %s has no words", method, path)
				}
			}
		}
		if n != len(w.api.catalog.operations) {
			t.Errorf("%d operations are described of %d", n, len(w.api.catalog.operations))
		}
		if strings.Contains(string(a.body), "$schema") {
			t.Error("answers would name the host of the request")
		}
		w.want(t, http.StatusOK, "", "GET /openapi.yaml", nil)
		w.want(t, http.StatusNotModified, "", "GET /openapi.json", nil, "If-None-Match", a.Header.Get("ETag"))
	}, rooms...)
}

// takes tells whether an operation has a parameter.
func takes(op map[string]any, name string) bool {
	all, _ := op["parameters"].([]any)
	return slices.ContainsFunc(all, func(p any) bool { return p.(map[string]any)["name"] == name })
}

func TestThePageOfTheDocumentationLoadsNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for lang, words := range map[string]string{"zh": "承诺事项列表", "en": "List commitments"} {
			a := w.want(t, http.StatusOK, "", "GET /docs", nil, "Accept-Language", lang)
			page := string(a.body)
			if !strings.Contains(page, words) || !strings.Contains(page, `id="revision-missing"`) || !strings.Contains(page, `id="schema-Commitment"`) {
				t.Errorf("the page in %s lacks something", lang)
			}
			if regexp.MustCompile(`(?i)<script|<img|<link|src=|@import|url\(`).MatchString(page) {
				t.Error("the page loads something")
			}
			if csp := a.Header.Get("Content-Security-Policy"); !strings.HasPrefix(csp, "default-src 'none'; style-src 'sha256-") {
				t.Errorf("%s", csp)
			}
		}
	})
}

// What huma can say is read from its source, so that a later version with other words is noticed.
func TestEverythingThatCheckingSaysIsTranslated(t *testing.T) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/danielgtaylor/huma/v2").Output()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(strings.TrimSpace(string(dir)), "validation", "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%v, %v", files, err)
	}
	verb, found := regexp.MustCompile(`%[a-z]`), 0
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			literal, ok := n.(*ast.BasicLit)
			if !ok || literal.Kind != token.STRING {
				return true
			}
			said, err := strconv.Unquote(literal.Value)
			if err != nil || strings.HasPrefix(said, "github.com") {
				return true
			}
			found++
			said = verb.ReplaceAllString(said, "7")
			if !slices.ContainsFunc(sayings, func(s saying) bool { return s.form.MatchString(said) }) {
				t.Errorf("validation.txt has no words for %q", said)
			}
			return true
		})
	}
	if found < 40 {
		t.Errorf("only %d sayings were found", found)
	}
}

func TestOperationsThatSayNothingSoundAreRefused(t *testing.T) {
	const tag = "[plans | 计划 | Plans]\n"
	for name, text := range map[string]string{
		"no heading":     "list-plans | GET /plans | plan.read | 计划 | Plans\n",
		"no such right":  tag + "list-plans | GET /plans | plan.sing | 计划 | Plans\n",
		"no method":      tag + "list-plans | /plans | plan.read | 计划 | Plans\n",
		"the same name":  tag + "a | GET /plans | plan.read | 计划 | Plans\na | GET /others | plan.read | 计划 | Plans\n",
		"the same route": tag + "a | GET /plans | plan.read | 计划 | Plans\nb | GET /plans | plan.read | 计划 | Plans\n",
	} {
		if _, err := readOperations(access.Rights(), text); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}
