package intakes

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"luoshi/internal/service/intake"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/documents/marked"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	rules "luoshi/ledger/intake"
)

// desk is a review as its page shows it.
type desk struct {
	*intake.Desk
	Filter
	Document store.Document
	Lines    []marked.Line
	Items    []item // those that the filter lets through
	Findings []intake.Finding
	Open     bool // whoever looks at it may take steps
	Mode     mode // of one item that is being worked on
	Chosen   rules.ItemID
	Edit     edit
	Focus    rules.ItemID // the item to go on with
	Problems page.Errors
	LastBy   string // who took the last step
}

// item is an item with its place among all.
type item struct {
	rules.Item
	Order int
}

// mode is how the card of an item is shown.
type mode string

const (
	plain     mode = ""
	editing   mode = "edit"
	splitting mode = "split"
)

// Filter narrows the items that are shown.
type Filter struct {
	Status  rules.Status
	Kind    ledger.CommitmentKind
	Section int
}

func filterOf(form url.Values) Filter {
	section, _ := strconv.Atoi(form.Get("section")) // all where the form does not say
	return Filter{Status: rules.Status(form.Get("status")), Kind: ledger.CommitmentKind(form.Get("kind")), Section: section}
}

// query is a filter as addresses carry it.
func (f Filter) query() url.Values {
	q := url.Values{}
	if f.Status != "" {
		q.Set("status", string(f.Status))
	}
	if f.Kind != "" {
		q.Set("kind", string(f.Kind))
	}
	if f.Section > 0 {
		q.Set("section", strconv.Itoa(f.Section))
	}
	return q
}

// lets tells whether a filter lets an item through. A section holds those beneath it.
func (f Filter) lets(i rules.Item, outline []ledger.Section) bool {
	if f.Status != "" && f.Status != i.Status || f.Kind != "" && f.Kind != i.Kind {
		return false
	}
	if f.Section == 0 {
		return true
	}
	for n := i.Section; n > 0 && n <= len(outline); n = outline[n-1].Parent {
		if n == f.Section {
			return true
		}
	}
	return false
}

// url is the review's page with the filter, and with an item to be worked on.
func (d desk) url(m mode, id rules.ItemID) string {
	q := d.query()
	if m != plain {
		q.Set(string(m), string(id))
	}
	address := deskURL(d.Plan.Value.ID, d.Document.Digest)
	if len(q) > 0 {
		address += "?" + q.Encode()
	}
	if id != "" {
		address += "#" + string(id)
	}
	return address
}

// itemURL is the address of one card.
func (d desk) itemURL(m mode, id rules.ItemID) string {
	address := deskURL(d.Plan.Value.ID, d.Document.Digest, "items", url.PathEscape(string(id)))
	if m != plain {
		address += "?mode=" + string(m)
	}
	return address
}

func (p *Pages) show(w http.ResponseWriter, r *http.Request) error {
	plan, digest := named(r)
	taken, err := p.intake.Desk(r.Context(), plan, digest)
	if err != nil {
		return err
	}
	d, err := p.lay(r.Context(), taken, filterOf(r.URL.Query()))
	if err != nil {
		return err
	}
	for _, m := range []mode{editing, splitting} {
		if id := rules.ItemID(r.URL.Query().Get(string(m))); id != "" {
			d.choose(m, id)
		}
	}
	return web.Show(w, r, deskPage(d))
}

// choose opens the card of one item.
func (d *desk) choose(m mode, id rules.ItemID) {
	chosen, ok := d.Review.Item(id)
	if !ok || !d.Open {
		return
	}
	d.Mode, d.Chosen = m, id
	if m == editing {
		d.Edit = editOf(chosen)
	}
}

// lay lays a review on the desk.
func (p *Pages) lay(ctx context.Context, taken *intake.Desk, f Filter) (desk, error) {
	d := desk{Desk: taken, Filter: f}
	doc, err := p.intake.Document(ctx, taken.Ref.Document)
	if err != nil {
		return d, err
	}
	result, err := p.intake.Result(ctx, taken.Ref.Document)
	if err != nil {
		return d, err
	}
	d.Document, d.Findings = doc.Value, result.Findings
	d.Open = !taken.Closed() && page.Of(ctx).Can("proposal.review")
	var marks []marked.Mark
	for n, i := range taken.Review.Items() {
		if f.lets(i, taken.Proposal.Outline) {
			d.Items = append(d.Items, item{i, n + 1})
		}
		marks = append(marks, itemMarks(i, n+1)...)
		if d.Focus == "" && i.Status == rules.Pending {
			d.Focus = i.ID
		}
	}
	for _, figure := range result.Figures {
		quoted := figure.Target.Quoted
		marks = append(marks, marked.Mark{At: quoted.At(), End: quoted.End(), Class: "fig"})
	}
	for _, finding := range result.Findings {
		for _, place := range finding.Places {
			marks = append(marks, marked.Mark{At: place.At, End: place.End, Class: "find-mark find-mark-" + finding.Severity})
		}
	}
	d.Lines = marked.Lay(doc.Value.Text, result, marks)
	d.LastBy, err = p.lastBy(ctx, taken.Events)
	return d, err
}

// itemMarks are the marks of an item's passages, with its number behind the first.
func itemMarks(i rules.Item, order int) []marked.Mark {
	marks := make([]marked.Mark, len(i.Source))
	for n, passage := range i.Source {
		marks[n] = marked.Mark{At: passage.At(), End: passage.End(), Class: "it st-" + string(i.Status), Item: string(i.ID)}
	}
	if len(marks) > 0 {
		marks[0].Label, marks[0].Href, marks[0].ID = strconv.Itoa(order), "#"+string(i.ID), "at-"+string(i.ID)
	}
	return marks
}

// lastBy is who took the last step.
func (p *Pages) lastBy(ctx context.Context, events []store.ReviewEvent) (string, error) {
	if len(events) == 0 {
		return "", nil
	}
	last := events[len(events)-1].Account
	if p.persons == nil {
		return string(last), nil
	}
	names, err := p.persons(ctx, last)
	if err != nil {
		return "", fmt.Errorf("looking up who took the last step: %w", err)
	}
	return names[last], nil
}

// item is the card of one item, as it is or to be worked on.
func (p *Pages) item(w http.ResponseWriter, r *http.Request) error {
	plan, digest := named(r)
	taken, err := p.intake.Desk(r.Context(), plan, digest)
	if err != nil {
		return err
	}
	id := rules.ItemID(r.PathValue("item"))
	items := taken.Review.Items()
	n := slices.IndexFunc(items, func(i rules.Item) bool { return i.ID == id })
	if n < 0 {
		return &store.NotFound{Kind: "items", ID: string(id)}
	}
	d := desk{Desk: taken, Document: store.Document{Digest: digest}, Open: !taken.Closed() && page.Of(r.Context()).Can("proposal.review")}
	if !page.Of(r.Context()).Fragment {
		return web.Redirect(w, r, d.url(mode(r.URL.Query().Get("mode")), id))
	}
	if m := mode(r.URL.Query().Get("mode")); m == editing || m == splitting {
		d.choose(m, id)
	}
	return web.Show(w, r, card(d, item{items[n], n + 1}, false))
}
