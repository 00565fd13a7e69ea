package orders

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"strconv"
	"strings"

	uses "luoshi/internal/service/supervision"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/supervision"
)

// step takes the step of a form.
func (p *Pages) step(w http.ResponseWriter, r *http.Request) error {
	v := forms.ValuesOf(r)
	step := uses.Step{
		Action: v.Text("step"), Reason: v.Text("reason"), Days: v.Int("days"), Until: v.Date("until"), To: v.Unit("to"), Seen: forms.Seen(r),
	}
	var err error
	if v.None() {
		var taken uses.Summary
		if taken, err = p.uses.Step(r.Context(), orderID(r), step); err == nil {
			return p.done(w, r, taken, step.Action)
		}
	}
	return p.again(w, r, v.Errors, err, func(view *orderView) {
		view.Tried = typed{step.Action, step.Reason, v.Text("days"), v.Text("until"), string(step.To)}
	})
}

// done says that a step was taken. Who has handed an order on may not see it any more.
func (p *Pages) done(w http.ResponseWriter, r *http.Request, taken uses.Summary, step string) error {
	v := page.Of(r.Context())
	web.Flash(w, r, page.Success, "orders.done", stepTitles(v)[step], taken.Label)
	if !p.mayRead(r.Context(), taken.ID) {
		return web.Redirect(w, r, "/orders")
	}
	return web.Redirect(w, r, URL(taken.ID, ""))
}

func (p *Pages) sign(w http.ResponseWriter, r *http.Request) error {
	signed, err := p.uses.Sign(r.Context(), orderID(r))
	if err == nil {
		return p.done(w, r, signed, "sign")
	}
	return p.again(w, r, page.Errors{}, err, func(*orderView) {})
}

// urge reminds the unit of an order by hand.
func (p *Pages) urge(w http.ResponseWriter, r *http.Request) error {
	outcome := p.uses.Urge(r.Context(), []supervision.OrderID{orderID(r)}, r.PostFormValue("reason"))[0]
	if outcome.Err == nil {
		web.Flash(w, r, page.Success, "orders.urged")
		return web.Redirect(w, r, URL(outcome.ID, ""))
	}
	return p.again(w, r, page.Errors{}, outcome.Err, func(*orderView) {})
}

// again shows the page once more with what was typed and what is wrong with it.
func (p *Pages) again(w http.ResponseWriter, r *http.Request, e page.Errors, cause error, change func(*orderView)) error {
	status := http.StatusUnprocessableEntity
	v := page.Of(r.Context())
	if cause != nil {
		mendable := false
		if e, mendable = v.ErrorsOf(cause); !mendable {
			if !store.IsConflict(cause) {
				return cause
			}
			status = http.StatusConflict
			e.Add("", v.T("orders.conflict"))
		}
	}
	view, err := p.load(r)
	if err != nil {
		return err
	}
	view.Errors = e
	change(&view)
	return web.ShowStatus(w, r, status, orderPage(view))
}

// typedReply is a reply as somebody typed it.
type typedReply struct{ Text, Progress, Next, Trouble, Final string }

// take keeps a field of a form.
func (t *typedReply) take(name, value string) {
	if to := map[string]*string{"text": &t.Text, "progress": &t.Progress, "next": &t.Next, "trouble": &t.Trouble, "final": &t.Final}[name]; to != nil {
		*to = value
	}
}

// mostText bounds a field of a reply in bytes, far above what it takes.
const mostText = 1 << 18

// reply keeps a reply with its files.
func (p *Pages) reply(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseMultipartForm(inMemory); err != nil {
		return brokenOff(err)
	}
	defer func() { _ = r.MultipartForm.RemoveAll() }() // what lies in the folder of temporary files
	said, err := readReply(r)
	if err != nil {
		return err
	}
	v := page.Of(r.Context())
	reply := supervision.Reply{Text: said.Text, Next: said.Next, Trouble: said.Trouble, Final: said.Final != "", Done: said.Final != ""}
	var e page.Errors
	if reply.Progress, err = strconv.Atoi(or(said.Progress, "0")); err != nil {
		e.Add("progress", v.T("forms.number", said.Progress))
	}
	if reply.Final {
		reply.Progress = 100
	}
	files, closeAll, err := openFiles(r)
	defer closeAll()
	if err != nil {
		return err
	}
	if e.None() {
		var replied uses.Summary
		if replied, err = p.uses.Reply(r.Context(), orderID(r), reply, files); err == nil {
			web.Flash(w, r, page.Success, "orders.replied.now", replied.Label)
			return web.Redirect(w, r, URL(replied.ID, ""))
		}
	}
	return p.again(w, r, e, err, func(view *orderView) { view.Replied = said })
}

// inMemory is how much of a reply with its files stands in memory; the rest lies in the folder of temporary files.
const inMemory = 4 << 20

// readReply is what somebody typed, if it is text.
func readReply(r *http.Request) (typedReply, error) {
	var said typedReply
	for name, values := range r.MultipartForm.Value {
		value := strings.TrimSpace(values[0])
		if len(value) > mostText {
			return said, web.ErrForm
		}
		if err := web.Legible(name, value); err != nil {
			return said, err
		}
		said.take(name, value)
	}
	return said, nil
}

// openFiles are the files of a reply, and what closes them again.
func openFiles(r *http.Request) (files []uses.File, closeAll func(), err error) {
	var opened []multipart.File
	closeAll = func() {
		for _, f := range opened {
			_ = f.Close() // it was only read
		}
	}
	for _, header := range r.MultipartForm.File["file"] {
		if header.Filename == "" {
			continue
		}
		if err := web.Legible(header.Filename); err != nil {
			return nil, closeAll, err
		}
		f, err := header.Open()
		if err != nil {
			return nil, closeAll, brokenOff(err)
		}
		opened = append(opened, f)
		files = append(files, uses.File{Name: header.Filename, Content: io.Reader(f)})
	}
	return files, closeAll, nil
}

// brokenOff is the error of a form that did not arrive whole, or was too large.
func brokenOff(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return err
	}
	return errors.Join(web.ErrForm, err)
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// partsView is the form by which an order is split: a row for each unit.
type partsView struct {
	uses.View
	page.Errors
	forms.Names
	Rows []partRow
}

// partRow is what one unit gets, as somebody typed it.
type partRow struct{ Unit, Requirement, Due string }

// spare is how many empty rows there are for further units.
const spare = 2

func (p *Pages) partsView(r *http.Request) (partsView, error) {
	found, err := p.uses.Order(r.Context(), orderID(r))
	view := partsView{View: found}
	if err != nil {
		return view, err
	}
	if view.Names, err = forms.NamesOf(r.Context(), p.core); err != nil {
		return view, err
	}
	for _, unit := range found.Order.Cooperating {
		view.Rows = append(view.Rows, partRow{Unit: string(unit)})
	}
	view.Rows = append(view.Rows, make([]partRow, spare)...)
	return view, nil
}

func (p *Pages) parts(w http.ResponseWriter, r *http.Request) error {
	view, err := p.partsView(r)
	if err != nil {
		return err
	}
	return web.Show(w, r, partsPage(view))
}

// split gives units the parts of an order. Rows that say nothing are left out.
func (p *Pages) split(w http.ResponseWriter, r *http.Request) error {
	v := forms.ValuesOf(r)
	var parts []supervision.Part
	var rows []partRow
	for i := range r.PostForm["unit"] {
		at := func(name string) string {
			if values := r.PostForm[name]; i < len(values) {
				return strings.TrimSpace(values[i])
			}
			return ""
		}
		row := partRow{at("unit"), at("requirement"), at("due")}
		rows = append(rows, row)
		if row.Requirement == "" {
			continue
		}
		parts = append(parts, supervision.Part{Unit: ledger.UnitID(row.Unit), Requirement: row.Requirement, Due: dateOf(page.Of(r.Context()), &v.Errors, row.Due)})
	}
	var err error
	if v.None() {
		var made []uses.Summary
		if made, err = p.uses.Split(r.Context(), orderID(r), parts, forms.Seen(r)); err == nil {
			web.Flash(w, r, page.Success, "orders.split.done", len(made))
			return web.Redirect(w, r, URL(orderID(r), "#parts"))
		}
	}
	status := http.StatusUnprocessableEntity
	e, mendable := forms.Mendable(r, v, err)
	if !mendable {
		if !store.IsConflict(err) {
			return err
		}
		status = http.StatusConflict
		e.Add("", page.T(r.Context(), "orders.conflict"))
	}
	view, failed := p.partsView(r)
	if failed != nil {
		return failed
	}
	view.Errors, view.Rows = e, rows
	return web.ShowStatus(w, r, status, partsPage(view))
}
