// Package assets are the files that pages load: styles, scripts and icons, compiled into the program. Their addresses
// hold a digest of their bytes, so that browsers may keep them for ever.
package assets

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync"

	paper "luoshi/office/page"
)

// Prefix is where the files are on the server.
const Prefix = "/assets/"

//go:embed own vendor
var files embed.FS

// bundled are the files that scripts/assets.sh fetches.
var bundled = []string{"tabler.css", "htmx.js", "icons.svg"}

type asset struct {
	url, kind string
	plain     []byte
	zipped    func() []byte
}

var all = sync.OnceValue(func() map[string]*asset {
	named := map[string]*asset{}
	for _, folder := range []string{"own", "vendor"} {
		entries, err := files.ReadDir(folder)
		if err != nil {
			panic(err) // both folders are compiled in
		}
		for _, e := range entries {
			if kind := kindOf(e.Name()); kind != "" {
				named[e.Name()] = read(folder+"/"+e.Name(), kind)
			}
		}
	}
	named[official] = keep(official, kindOf(official), []byte(paper.Stylesheet()))
	return named
})

// official is the stylesheet of official documents, which stands beside their writer.
const official = "official.css"

var byURL = sync.OnceValue(func() map[string]*asset {
	m := map[string]*asset{}
	for _, a := range all() {
		m[a.url] = a
	}
	return m
})

func kindOf(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	default:
		return ""
	}
}

func read(file, kind string) *asset {
	plain, err := fs.ReadFile(files, file)
	if err != nil {
		panic(err) // it was just listed
	}
	return keep(path.Base(file), kind, plain)
}

// keep is a file with its address.
func keep(file, kind string, plain []byte) *asset {
	digest := sha256.Sum256(plain)
	name, extension, _ := strings.Cut(file, ".")
	return &asset{
		url:  Prefix + name + "." + hex.EncodeToString(digest[:8]) + "." + extension,
		kind: kind, plain: plain,
		zipped: sync.OnceValue(func() []byte { return zip(plain) }),
	}
}

func zip(plain []byte) []byte {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err == nil {
		_, err = w.Write(plain)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		panic(err) // neither a wrong level nor a full buffer is possible
	}
	return b.Bytes()
}

// URL is the address of a file, by its name. A file that was not bundled has an address at which there is nothing.
func URL(name string) string {
	if a := all()[name]; a != nil {
		return a.url
	}
	return Prefix + name
}

// Missing tells that the program was compiled without the files that “make assets” bundles: pages work, but look bare.
func Missing() error {
	var missing []string
	for _, name := range bundled {
		if all()[name] == nil {
			missing = append(missing, name)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return fmt.Errorf("assets: compiled without %s; run “make assets” and compile again", strings.Join(missing, ", "))
}

// Handler serves the files.
func Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a := byURL()[r.URL.Path]
		if a == nil {
			http.NotFound(w, r)
			return
		}
		h := w.Header()
		h.Set("Content-Type", a.kind)
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
		h.Set("Vary", "Accept-Encoding")
		body := a.plain
		if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			h.Set("Content-Encoding", "gzip")
			body = a.zipped()
		}
		h.Set("Content-Length", fmt.Sprint(len(body)))
		if r.Method != http.MethodHead {
			_, _ = w.Write(body) // a browser that has gone away is not our concern
		}
	})
}
