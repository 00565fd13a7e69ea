package livelihood_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"mime/multipart"
	"net/url"
	"strings"
	"testing"
	"time"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/intake"
	uses "luoshi/internal/service/livelihood"
	"luoshi/internal/service/planning"
	"luoshi/internal/service/progress"
	"luoshi/internal/service/reporting"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/internal/store/blob"
	"luoshi/internal/store/storetest"
	"luoshi/internal/web"
	"luoshi/internal/web/livelihood"
	"luoshi/internal/web/webtest"
	"luoshi/ledger"
)

// town is the pages over the small district; the day is 6 January 2026.
type town struct {
	*webtest.Site
	uses *uses.Service
}

var rooms = servicetest.Rooms(catalogue.Room(), planning.Room(), intake.Room(), workflow.Room(), reporting.Room(), progress.Room(), uses.Room())

func each(t *testing.T, test func(t *testing.T, o *town)) {
	t.Helper()
	storetest.EachDSN(t, func(t *testing.T, dsn string) { test(t, settle(t, dsn)) })
}

func settle(t *testing.T, dsn string) *town {
	t.Helper()
	at := time.Date(2026, 1, 6, 9, 0, 0, 0, service.Zone())
	f := servicetest.Settle(t, storetest.Open(t, dsn, store.Options{Rooms: rooms, Now: func() time.Time { return at }}))
	folder := have[*blob.Folder](t)(blob.NewFolder(t.TempDir(), sha256.New))
	t.Cleanup(func() { must(t, folder.Close()) })
	o := &town{uses: uses.New(f.Core, planning.New(f.Core, planning.Options{}), intake.New(f.Core, folder, intake.Options{}), folder, uses.Options{})}
	lights := progress.New(f.Core, reporting.New(f.Core, folder, reporting.Options{}))
	o.Site = webtest.Serve(t, f, livelihood.New(f.Core, o.uses, catalogue.New(f.Core), lights, nil).Routes()...)
	return o
}

// item is a livelihood item that is in force.
func (o *town) item(t *testing.T) string {
	t.Helper()
	c := o.Promise(o.Store(), ledger.CommitmentTerms{
		Title: "建成社区食堂6处", Section: 2, Kind: ledger.KindLivelihood, Lead: o.Bureau.ID, State: ledger.InForce,
		By: calendar.Date{Year: 2026, Month: 12, Day: 31},
	})
	made := have[store.Record[ledger.Commitment]](t)(o.Store().Commitments().Add(t.Context(), c))
	return "/livelihood/items/" + string(made.Value.ID)
}

// roundFields are the fields of the form of a round of 2 items and 4 deputies.
func roundFields(government ledger.UnitID) url.Values {
	return form("government", string(government), "year", "2026", "title", "望溪区2026年民生实事项目", "call", "请提出您最盼望办的实事。\n征集不收任何费用。",
		"from", "2026-01-05", "until", "2026-01-20", "deputies", "4", "seats", "2", "marks", "2", "spare", "1", "quorum", "2/3", "majority", "1/2",
		"satisfied", "80", "answers", "10", "base", "deputies", "ties", "again")
}

// deputy is the client of one of the deputies.
func (o *town) deputy(n int) *webtest.Client {
	return o.person(ledger.AccountID(fmt.Sprint("deputy-", n)), "deputy", o.Government.ID)
}

// person is a client of somebody with a name of his own.
func (o *town) person(account ledger.AccountID, role access.Role, unit ledger.UnitID) *webtest.Client {
	appointment := access.Appointment{Account: account, Role: role, Unit: unit}
	actor := o.Rights().Standing(account, o.Today(), []access.Appointment{appointment}, nil)
	return o.Visit(web.Visitor{Session: string(account), Name: string(account), Actor: actor})
}

// step takes a step of a record whose page shows its form.
func step(c *webtest.Client, path, name, reason string) *webtest.Page {
	return c.Post(path+"/steps", form("step", name, "reason", reason, "seen", c.Get(path).Field("seen")))
}

// sent sends a form with a file.
func sent(t *testing.T, c *webtest.Client, path, name string, content []byte, fields url.Values) *webtest.Page {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for key, values := range fields {
		must(t, w.WriteField(key, values[0]))
	}
	if name != "" {
		part, err := w.CreateFormFile("file", name)
		must(t, err)
		_, err = part.Write(content)
		must(t, err)
	}
	must(t, w.Close())
	return c.Send(path, w.FormDataContentType(), &body)
}

// scene is a small picture.
func scene(t *testing.T) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 480, 320))
	for y := range 320 {
		for x := range 480 {
			m.Set(x, y, color.RGBA{uint8(x / 2), uint8(y / 2), 120, 255})
		}
	}
	var b bytes.Buffer
	must(t, jpeg.Encode(&b, m, nil))
	return b.Bytes()
}

// link is the first address of a page that begins so.
func link(t *testing.T, p *webtest.Page, begin string) string {
	t.Helper()
	_, rest, found := strings.Cut(p.Body, `href="`+begin)
	if !found {
		t.Fatalf("%s has no link to %s", p.Path, begin)
	}
	rest, _, _ = strings.Cut(rest, `"`)
	return begin + rest
}

func form(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return v
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func have[T any](t testing.TB) func(v T, err error) T {
	t.Helper()
	return func(v T, err error) T {
		t.Helper()
		must(t, err)
		return v
	}
}
