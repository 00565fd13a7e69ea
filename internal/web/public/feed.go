package public

import (
	"context"
	"crypto/sha256"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"luoshi/internal/service/publication"
	"luoshi/internal/web/page"
)

// feed is an Atom feed (RFC 4287).
type feed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  string      `xml:"author>name"`
	Links   []feedLink  `xml:"link"`
	Entries []feedEntry `xml:"entry"`
}

type feedLink struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
	Type string `xml:"type,attr,omitempty"`
}

type feedEntry struct {
	ID      string     `xml:"id"`
	Title   string     `xml:"title"`
	Updated string     `xml:"updated"`
	Links   []feedLink `xml:"link"`
	Summary string     `xml:"summary"`
}

// news is how many promises a feed has.
const news = 100

func atom(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// feedLinks are the feed's own address and that of the page that says the same.
func feedLinks(self, page string) []feedLink {
	return []feedLink{{Rel: "self", Href: self, Type: "application/atom+xml"}, {Rel: "alternate", Href: page, Type: "text/html"}}
}

// entryID names what an edition said of a promise, for ever: a UUID made of both (RFC 9562, version 8).
func entryID(t publication.Told) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s:%d", t.Promise.ID, t.Edition))
	sum[6], sum[8] = sum[6]&0x0f|0x80, sum[8]&0x3f|0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}

// feedOf is what was new in a plan.
func (p *Pages) feedOf(ctx context.Context, o publication.Opened) (feed, error) {
	told, editions, err := p.uses.News(ctx, o, news)
	if err != nil {
		return feed{}, err
	}
	v := page.View{Lang: page.Chinese}
	f := feed{
		Lang: "zh-CN", ID: "urn:uuid:" + string(o.Plan), Title: o.Title, Updated: atom(o.Edition.Made), Author: o.Government,
		Links: feedLinks(siteOf(ctx).file(o.Address+"/files/feed.xml"), siteOf(ctx).page(o.Address)),
	}
	for _, t := range told {
		said := ""
		if t.Promise.Light != nil {
			said = v.T("light." + string(t.Promise.Light.Colour))
		}
		if latest := (line{t.Promise}).latest(v); latest != "" {
			said += " " + latest
		}
		f.Entries = append(f.Entries, feedEntry{
			ID: entryID(t), Title: t.Promise.Title, Updated: atom(editions[t.Edition].Made),
			Links: []feedLink{{Rel: "alternate", Href: siteOf(ctx).page(o.Address + "/promises/" + t.Promise.Key), Type: "text/html"}}, Summary: said,
		})
	}
	return f, nil
}

func (f feed) write(w io.Writer) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return fmt.Errorf("writing a feed: %w", err)
	}
	out := xml.NewEncoder(w)
	out.Indent("", " ")
	if err := out.Encode(f); err != nil {
		return fmt.Errorf("writing a feed: %w", err)
	}
	return nil
}

func (p *Pages) writeFeed(ctx context.Context, o publication.Opened, w io.Writer) error {
	f, err := p.feedOf(ctx, o)
	if err != nil {
		return err
	}
	return f.write(w)
}

// siteFeed is what was new in all plans.
func (p *Pages) siteFeed(ctx context.Context) (feed, error) {
	plans, err := p.uses.Plans(ctx)
	if err != nil {
		return feed{}, err
	}
	v := page.View{Lang: page.Chinese}
	whole := feed{Lang: "zh-CN", ID: "urn:luoshi:public", Title: v.T("public.name"), Updated: atom(time.Unix(0, 0)), Author: v.T("public.name")}
	if key := p.uses.Key(); key != nil {
		whole.ID = "urn:luoshi:" + url.PathEscape(key.Origin())
	}
	for _, o := range plans {
		f, err := p.feedOf(ctx, o)
		if err != nil {
			return whole, err
		}
		whole.Updated = max(whole.Updated, f.Updated)
		whole.Entries = append(whole.Entries, f.Entries...)
	}
	slices.SortStableFunc(whole.Entries, func(a, b feedEntry) int { return strings.Compare(b.Updated, a.Updated) })
	whole.Entries = whole.Entries[:min(len(whole.Entries), news)]
	whole.Links = feedLinks(siteOf(ctx).file("feed.xml"), siteOf(ctx).page(""))
	return whole, nil
}

func (p *Pages) feed(w http.ResponseWriter, r *http.Request) error {
	f, err := p.siteFeed(with(r.Context(), live(page.Of(r.Context()))))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", atomType)
	return f.write(w)
}
