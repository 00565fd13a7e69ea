package api

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"maps"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"luoshi/ledger"
)

var (
	//go:embed docs.html
	docsHTML string
	//go:embed docs.css
	docsCSS string
	//go:embed docs.txt
	docsText string
)

// docsStyle is the digest of the page's one style, for its Content-Security-Policy.
var docsStyle = func() string {
	digest := sha256.Sum256([]byte(docsCSS))
	return base64.StdEncoding.EncodeToString(digest[:])
}()

// What the page shows.
type (
	docsPage struct {
		Lang    string
		Style   template.CSS
		Groups  []docsGroup
		Kinds   []docsKind
		Schemas []docsSchema
	}
	docsGroup struct {
		Name, Title string
		Operations  []docsOperation
	}
	docsOperation struct {
		Name, Method, Path, Summary, Who string
		Parameters                       []docsField
		Body                             *docsForm
		Answers                          []docsAnswer
	}
	docsField struct {
		Name, In, Doc string
		Required      bool
		Form          docsForm
	}
	docsAnswer struct {
		Status string
		Form   docsForm
	}
	docsForm   struct{ Text, Link string }
	docsSchema struct {
		Name   string
		Fields []docsField
	}
	docsKind struct {
		Kind          string
		Status        int
		Title, Advice string
	}
)

// docs is the page for people, made once of the same description that programs read.
func (a *API) docs(lang string) ([]byte, error) {
	x := &exchange{lang: lang}
	words := map[string]string{}
	for _, row := range sheet("docs.txt", docsText, 3) {
		words[row[0]] = x.in(ledger.Wording{ZH: row[1], EN: row[2]})
	}
	page, err := template.New("docs").Funcs(template.FuncMap{"t": func(key string) string { return words[key] }}).Parse(docsHTML)
	if err != nil {
		return nil, fmt.Errorf("api: the page of the documentation: %w", err)
	}
	shows := docsPage{Lang: lang, Style: template.CSS(docsCSS), Groups: a.docsGroups(x), Schemas: a.docsSchemas()}
	for _, k := range kindsInOrder {
		shows.Kinds = append(shows.Kinds, docsKind{Kind: string(k.kind), Status: k.status, Title: x.in(k.title), Advice: x.in(k.advice)})
	}
	var out bytes.Buffer
	if err := page.Execute(&out, shows); err != nil {
		return nil, fmt.Errorf("api: the page of the documentation: %w", err)
	}
	return out.Bytes(), nil
}

func (a *API) docsGroups(x *exchange) []docsGroup {
	var groups []docsGroup
	for _, t := range a.catalog.tags {
		group := docsGroup{Name: t.name, Title: x.in(t.words)}
		for _, o := range a.catalog.operations {
			if o.tag == t.name {
				group.Operations = append(group.Operations, a.docsOperation(x, o))
			}
		}
		groups = append(groups, group)
	}
	return groups
}

func (a *API) docsOperation(x *exchange, o operation) docsOperation {
	shows := docsOperation{Name: o.name, Method: o.method, Path: Base + o.path, Summary: x.in(o.words), Who: o.who}
	described := a.described(o)
	for _, p := range described.Parameters {
		shows.Parameters = append(shows.Parameters, docsField{Name: p.Name, In: p.In, Doc: p.Description, Required: p.Required, Form: formOf(p.Schema)})
	}
	if described.RequestBody != nil {
		for _, media := range described.RequestBody.Content {
			form := formOf(media.Schema)
			shows.Body = &form
		}
	}
	for _, status := range slices.Sorted(maps.Keys(described.Responses)) {
		if status >= "3" {
			continue
		}
		answer := docsAnswer{Status: status}
		for contentType, media := range described.Responses[status].Content {
			if answer.Form = formOf(media.Schema); answer.Form.Text == "" {
				answer.Form.Text = contentType
			}
		}
		shows.Answers = append(shows.Answers, answer)
	}
	return shows
}

// described is what the description says of an operation.
func (a *API) described(o operation) *huma.Operation {
	item := a.huma.OpenAPI().Paths[o.path]
	return map[string]*huma.Operation{"GET": item.Get, "POST": item.Post, "PUT": item.Put, "PATCH": item.Patch, "DELETE": item.Delete}[o.method]
}

func (a *API) docsSchemas() []docsSchema {
	var all []docsSchema
	for name, s := range a.huma.OpenAPI().Components.Schemas.Map() {
		shows := docsSchema{Name: name}
		for field, of := range s.Properties {
			shows.Fields = append(shows.Fields, docsField{Name: field, Doc: of.Description, Required: slices.Contains(s.Required, field), Form: formOf(of)})
		}
		slices.SortFunc(shows.Fields, func(a, b docsField) int { return strings.Compare(a.Name, b.Name) })
		all = append(all, shows)
	}
	slices.SortFunc(all, func(a, b docsSchema) int { return cmp.Compare(a.Name, b.Name) })
	return all
}

// formOf says in a word how a value is written.
func formOf(s *huma.Schema) docsForm {
	switch {
	case s == nil:
		return docsForm{}
	case s.Ref != "":
		name := s.Ref[strings.LastIndex(s.Ref, "/")+1:]
		return docsForm{Text: name, Link: name}
	case s.Type == huma.TypeArray:
		of := formOf(s.Items)
		return docsForm{Text: "[" + of.Text + "]", Link: of.Link}
	case len(s.Enum) > 0:
		values := make([]string, len(s.Enum))
		for i, v := range s.Enum {
			values[i] = fmt.Sprint(v)
		}
		return docsForm{Text: strings.Join(values, " | ")}
	case s.PatternDescription != "":
		return docsForm{Text: s.PatternDescription}
	case s.Format != "":
		return docsForm{Text: s.Format}
	}
	return docsForm{Text: s.Type}
}
