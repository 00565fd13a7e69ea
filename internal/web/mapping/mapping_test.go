package mapping_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/internal/service/atlas"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/planning"
	"luoshi/internal/service/progress"
	"luoshi/internal/service/reporting"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/internal/web/mapping"
	"luoshi/internal/web/webtest"
	"luoshi/ledger"
)

var rooms = []store.Room{planning.Room(), catalogue.Room(), workflow.Room(), reporting.Room(), progress.Room(), atlas.Room()}

func each(t *testing.T, test func(t *testing.T, site *webtest.Site)) {
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
		maps := atlas.New(f.Core, progress.New(f.Core, reporting.New(f.Core, nil, reporting.Options{})))
		test(t, webtest.Serve(t, f, mapping.New(f.Core, maps, catalogue.New(f.Core), nil).Routes()...))
	}, rooms...)
}

// publish brings the plan in force and puts a project on the map.
func publish(t *testing.T, site *webtest.Site) {
	t.Helper()
	ctx, s := t.Context(), site.Store()
	plan, err := s.Plans().Get(ctx, string(site.Plan.ID))
	if err != nil {
		t.Fatal(err)
	}
	plan.Value.State = ledger.Published
	plan.Value.Versions = []ledger.Version{{Number: 1, On: calendar.Date{Year: 2026, Month: 1, Day: 1}, Basis: "望政发〔2026〕1号"}}
	if _, err := s.Plans().Change(ctx, plan.Value, plan.Revision); err != nil {
		t.Fatal(err)
	}
	p := ledger.Project{
		ID: store.NewID[ledger.ProjectID](s), Plan: site.Plan.ID, Number: "A", Name: "养老服务中心", Stage: ledger.Ongoing, Category: ledger.Wellbeing,
		Lead: site.Bureau.ID, Place: ledger.Place{Longitude: ledger.Int(124), Latitude: ledger.Int(29)},
		Years: []ledger.Investment{{Year: site.Plan.Year, Planned: ledger.Int(68_000_000)}},
	}
	if _, err := s.Projects().Add(ctx, p); err != nil {
		t.Fatal(err)
	}
}

func upload(t *testing.T, c *webtest.Client, fields url.Values, content string) *webtest.Page {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name := range fields {
		if err := form.WriteField(name, fields.Get(name)); err != nil {
			t.Fatal(err)
		}
	}
	part, err := form.CreateFormFile("file", "街镇.geojson")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	return c.Send("/map/boundaries", form.FormDataContentType(), &body)
}

const square = `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"NAME"},"geometry":
	{"type":"Polygon","coordinates":[[[123.9,28.9],[124.2,28.9],[124.2,29.2],[123.9,29.2],[123.9,28.9]]]}}]}`

func TestTheMapIsATableUntilBoundariesAreLoaded(t *testing.T) {
	each(t, func(t *testing.T, site *webtest.Site) {
		office, admin := site.Office(), site.As("administrator", "")
		office.Get("/map").Want(http.StatusOK, "还没有已印发的计划")
		publish(t, site)
		office.Get("/map").Want(http.StatusOK, "还没有边界", "养老服务中心", site.Street.Name)
		form := admin.Get("/map/boundaries").Want(http.StatusOK, "上传边界")
		fields := url.Values{"government": {form.Field("government")}, "seen": {form.Field("seen")}}
		upload(t, admin, fields, "边界").Want(http.StatusUnprocessableEntity, "文件不是GeoJSON要素集合")
		boundaries := strings.Replace(square, "NAME", site.Street.Name, 1)
		upload(t, admin, fields, boundaries).Want(http.StatusOK, "边界已更新", "街镇.geojson")
		upload(t, admin, fields, boundaries).Want(http.StatusConflict, "他人已更新边界")
		page := office.Get("/map?measure=investment").Want(http.StatusOK, "<svg", "养老服务中心，续建，年度计划投资", "在建项目")
		if !strings.Contains(page.Body, `href="/projects/`) {
			t.Error("the mark of the project leads nowhere")
		}
		drawing := office.Get("/map/map.svg?measure=lights").Want(http.StatusOK, `xmlns="http://www.w3.org/2000/svg"`, site.Street.Name).Lacks("href")
		if kind := drawing.Header.Get("Content-Type"); kind != "image/svg+xml" {
			t.Errorf("the drawing is %s", kind)
		}
		if sheet := office.Get("/map/map.xlsx").Want(http.StatusOK); !strings.HasPrefix(sheet.Body, "PK") {
			t.Error("the table is no workbook")
		}
		admin.Get("/map").Want(http.StatusForbidden)
		site.As("reporter", site.Bureau.ID).Get("/map/boundaries").Want(http.StatusForbidden)
		admin.Post("/map/boundaries/remove", url.Values{"government": fields["government"], "seen": {"1"}}).Want(http.StatusOK, "边界已移除")
		office.Get("/map?lang=en").Want(http.StatusOK, "No boundaries yet")
	})
}

func TestWhoMayComeByTheMap(t *testing.T) {
	each(t, func(t *testing.T, site *webtest.Site) { site.Matrix(t) })
}
