package public

import (
	"context"
	"net/url"
	"path"
	"strings"

	"github.com/a-h/templ"

	"luoshi/internal/web/assets"
	"luoshi/internal/web/page"
)

// content is what a page says within the frame.
type content = templ.Component

// site knows where pages, files and assets are: on the server, or in a folder of files, where everything is named
// relative to the page that names it, so that the folder may lie anywhere.
type site struct {
	static bool
	lang   page.Lang
	here   string // the page itself, as pages are named: 2026/promises/2026-037
	// origin is the address of the server that takes what citizens say; empty where there is none.
	origin string
	other  string // the address of the same page in the other language
}

type siteKey struct{}

func with(ctx context.Context, s site) context.Context { return context.WithValue(ctx, siteKey{}, s) }

func siteOf(ctx context.Context) site {
	s, _ := ctx.Value(siteKey{}).(site)
	return s
}

// live is the site as the server answers it.
func live(v page.View) site {
	other := page.English
	if v.Lang == page.English {
		other = page.Chinese
	}
	return site{lang: v.Lang, here: strings.TrimPrefix(strings.TrimPrefix(v.Path(), "/public"), "/"), other: v.WithQuery("lang", string(other))}
}

// base is the path of the public pages on a server.
const base = "/public"

// page is the address of a page.
func (s site) page(name string) string {
	if !s.static {
		return strings.TrimSuffix(base+"/"+name, "/")
	}
	return s.up() + s.folder() + fileName(name)
}

// list is the address of a list of promises: a section of the outline, or those that show a colour.
func (s site) list(plan, by, value string) string {
	if !s.static {
		return base + "/" + plan + "?" + url.Values{by: {value}}.Encode() + "#promises"
	}
	return s.page(plan + "/" + by + "/" + value)
}

// file is the address of a file, which both languages share.
func (s site) file(name string) string {
	if !s.static {
		return base + "/" + name
	}
	return s.up() + name
}

// asset is the address of a style or a script.
func (s site) asset(name string) string {
	if !s.static {
		return assets.URL(name)
	}
	return s.up() + "assets/" + path.Base(assets.URL(name))
}

// up leads from the page's folder to the top of all files.
func (s site) up() string {
	return strings.Repeat("../", strings.Count(s.folder()+fileName(s.here), "/"))
}

// folder is where the pages of the language are.
func (s site) folder() string {
	if s.lang == page.English {
		return "en/"
	}
	return ""
}

// fileName is the file of a page. The page of a plan is the first of its folder.
func fileName(name string) string {
	switch {
	case name == "":
		return "index.html"
	case strings.Contains(name, "/") || name == "about" || name == "search":
		return name + ".html"
	}
	return name + "/index.html"
}

// otherLanguage is the address of the same page in the other language.
func (s site) otherLanguage() string {
	if !s.static {
		return s.other
	}
	other := s
	other.lang = page.English
	if s.lang == page.English {
		other.lang = page.Chinese
	}
	return s.up() + other.folder() + fileName(s.here)
}

// abroad is the address of a page on the server that takes what citizens say.
func (s site) abroad(name string) string { return s.origin + base + "/" + name }
