package page

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"strings"

	"luoshi/internal/present/wording"
)

//go:embed html style script
var files embed.FS

// part is an embedded file. The names are written in this package, so that one that is missing is a
// bug and panics.
func part(name string) string {
	content, err := files.ReadFile(name)
	if err != nil {
		panic("page: " + err.Error())
	}
	return string(content)
}

// kind is one sort of page: its template, what makes up its style and its script, and its words.
type kind struct {
	name   string
	html   string
	style  string
	script string
	words  wording.Catalogue
}

// newKind puts a sort of page together: html/NAME.html in the shell, and the named parts of style/ and
// script/ in their order. The script's parts share one scope.
func newKind(name string, styles, scripts []string, words ...wording.Catalogue) *kind {
	k := &kind{name: name, html: part("html/shell.html") + part("html/"+name+".html"), words: merged(words)}
	for _, style := range styles {
		k.style += part("style/" + style + ".css")
	}
	for _, script := range scripts {
		k.script += part("script/" + script + ".js")
	}
	k.script = "'use strict';\n(function () {\n" + k.script + "})();\n"
	return k
}

// shell is what the template of any page is filled with.
type shell struct {
	Lang     wording.Lang
	HTMLLang string
	Title    string
	Policy   string
	Style    template.CSS
	Script   template.JS
	Data     template.JS
	Names    []string // of the documents between which the reader chooses
	Outlined bool     // has an outline that can be folded
}

var htmlLang = map[wording.Lang]string{wording.Chinese: "zh-CN", wording.English: "en"}

// newShell fills what all pages have in common; the script works on the data.
func (k *kind) newShell(lang wording.Lang, title string, data any) (shell, error) {
	encoded, err := json.Marshal(data) // escapes <, > and &, so that no text can end the script element
	if err != nil {
		return shell{}, fmt.Errorf("encode records of page: %w", err)
	}
	return shell{
		Lang: lang, HTMLLang: htmlLang[lang], Title: title, Policy: k.policy(),
		Style: template.CSS(k.style), Script: template.JS(k.script), Data: template.JS(encoded),
	}, nil
}

// write fills the template and writes the page. The same content gives the same bytes.
func (k *kind) write(w io.Writer, lang wording.Lang, content any) (int64, error) {
	say := func(key string, args ...any) string { return k.words.Say(lang, key, args...) }
	parsed, err := template.New(k.name).Funcs(template.FuncMap{"say": say}).Parse(k.html)
	if err != nil {
		return 0, fmt.Errorf("parse page: %w", err)
	}
	var page bytes.Buffer
	if err := parsed.Execute(&page, content); err != nil {
		return 0, fmt.Errorf("fill page: %w", err)
	}
	text := strings.TrimLeft(page.String(), "\n") // the lines between the shell's definitions
	n, err := io.WriteString(w, text)
	if err != nil {
		return int64(n), fmt.Errorf("write page: %w", err)
	}
	return int64(n), nil
}

// policy lets the page run its own style and script, known by their digests, and nothing else.
func (k *kind) policy() string {
	return "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src '" +
		digest(k.style) + "'; script-src '" + digest(k.script) + "'"
}

func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// merged is one catalogue with the messages of all; a later one overrules an earlier one.
func merged(catalogues []wording.Catalogue) wording.Catalogue {
	all := wording.Catalogue{}
	for _, lang := range wording.Langs {
		all[lang] = map[string]string{}
		for _, c := range catalogues {
			for key, message := range c[lang] {
				all[lang][key] = message
			}
		}
	}
	return all
}
