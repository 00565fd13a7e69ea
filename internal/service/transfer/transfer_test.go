package transfer_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/internal/audit"
	"luoshi/internal/audit/signing"
	"luoshi/internal/service"
	"luoshi/internal/service/assessment"
	"luoshi/internal/service/bulletin"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/identity"
	serviceintake "luoshi/internal/service/intake"
	"luoshi/internal/service/planning"
	"luoshi/internal/service/progress"
	"luoshi/internal/service/reporting"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/service/supervision"
	"luoshi/internal/service/transfer"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/internal/store/blob"
	"luoshi/internal/store/storetest"
	"luoshi/ledger"
	"luoshi/ledger/intake"
)

// place is a server between which plans are carried.
type place struct {
	*service.Core
	*transfer.Service
	blobs *blob.Folder
}

func must(t *testing.T, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}

func have[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		must(t, err)
		return v
	}
}

func open(t *testing.T, dsn string) place {
	t.Helper()
	rooms := servicetest.Rooms(identity.Room(), serviceintake.Room(), catalogue.Room(), planning.Room(), workflow.Room(), reporting.Room(), progress.Room(), supervision.Room(), assessment.Room(), bulletin.Room())
	s := storetest.Open(t, dsn, store.Options{Rooms: rooms})
	var log *audit.Log
	must(t, s.Within(t.Context(), func(ctx context.Context, tx bun.Tx) (err error) {
		log, err = audit.Open(ctx, tx, servicetest.Origin, signing.SHA256Ed25519, s.Now)
		return err
	}))
	blobs := have[*blob.Folder](t)(blob.NewFolder(t.TempDir(), sha256.New))
	t.Cleanup(func() { must(t, blobs.Close()) })
	core := service.New(service.Parts{Store: s, Log: log, Queue: &servicetest.Queue{}})
	return place{Core: core, Service: transfer.New(core, blobs, "test"), blobs: blobs}
}

func day(y, m, d int) calendar.Date {
	return calendar.Date{Year: int16(y), Month: int8(m), Day: int8(d)}
}

// settled is a server whose plan has one of everything.
func settled(t *testing.T, dsn string) (place, storetest.District) {
	t.Helper()
	p, ctx := open(t, dsn), t.Context()
	d := storetest.Settle(t, p.Store())
	have[blob.Stored](t)(p.blobs.Put(ctx, strings.NewReader(d.Document.Text), d.Document.Digest))
	unit := have[store.Record[ledger.Unit]](t)(p.Store().Units().Get(ctx, string(d.Bureau.ID)))
	must(t, p.Store().Units().Changed(ctx, ledger.UnitChange{
		Unit: d.Bureau.ID, On: day(2026, 2, 1), Kind: ledger.Renamed, Name: "望溪区民政和养老局", Basis: "望编〔2026〕3号",
	}, unit.Revision))
	post := have[store.Record[ledger.Post]](t)(p.Store().Posts().Get(ctx, string(d.Post.ID)))
	must(t, p.Store().Posts().Hold(ctx, d.Post.ID, []ledger.Holder{{Post: d.Post.ID, Person: "王建国", From: day(2025, 1, 1)}}, post.Revision))
	child := d.Promise(p.Store(), ledger.CommitmentTerms{Number: "2026-002", Title: "街道新增床位", Section: 2, Lead: d.Street.ID, Parent: d.Commitment.ID})
	have[store.Record[ledger.Commitment]](t)(p.Store().Commitments().Add(ctx, child))
	source := d.Plan.Sources[0]
	source.Title = strings.Repeat("长", 100_000) // more than an entry of the log has room for
	must(t, p.Store().Reviews().Open(ctx, d.Plan.ID, intake.Proposal{Source: source, Year: 2026}))
	must(t, p.Store().Reviews().Take(ctx, d.Plan.ID, d.Document.Digest, store.ReviewEvent{
		Event: intake.Event{Number: 1}, Account: "reviewer", At: p.Store().Now(),
	}))
	have[store.Record[ledger.Amendment]](t)(p.Store().Amendments().Add(ctx, ledger.Amendment{
		ID: store.NewID[ledger.AmendmentID](p.Store()), Plan: d.Plan.ID, Commitment: d.Commitment.ID, Reason: "选址变化", State: ledger.Proposed,
	}))
	planner := planning.New(p.Core, planning.Options{})
	have[store.Record[planning.Rules]](t)(planner.SaveRules(office(ctx, p, d), d.Plan.ID, []ledger.Rule{
		{Words: []string{"养老"}, Lead: d.Bureau.ID},
	}, 0))
	return p, d
}

func office(ctx context.Context, p place, d storetest.District) context.Context {
	f := servicetest.Fixture{Core: p.Core, District: d}
	return f.Office(ctx)
}

func exporting(ctx context.Context) context.Context {
	return service.As(ctx, service.Caller{System: "command: export", May: transfer.ExportMay})
}

func importing(ctx context.Context) context.Context {
	return service.As(ctx, service.Caller{System: "command: import", May: transfer.ImportMay})
}

// carried is the plan of a server in a file.
func carried(t *testing.T, p place, id ledger.PlanID) (string, transfer.Manifest) {
	t.Helper()
	var out bytes.Buffer
	manifest := have[transfer.Manifest](t)(p.Export(exporting(t.Context()), id, &out))
	path := filepath.Join(t.TempDir(), "plan.zip")
	must(t, os.WriteFile(path, out.Bytes(), 0o600))
	return path, manifest
}

func opened(t *testing.T, path string) *transfer.Parcel {
	t.Helper()
	parcel := have[*transfer.Parcel](t)(transfer.Open(path))
	t.Cleanup(func() { must(t, parcel.Close()) })
	return parcel
}

// state is everything that the ledger has, record by record with revisions and times.
func state(t *testing.T, s *store.Store) map[string]any {
	t.Helper()
	ctx, found := t.Context(), map[string]any{}
	found["units"] = have[[]store.Record[ledger.Unit]](t)(service.All(ctx, s.Units().List))
	found["changes"] = have[[]ledger.UnitChange](t)(s.Units().Changes(ctx))
	posts := have[[]store.Record[ledger.Post]](t)(service.All(ctx, s.Posts().List))
	found["posts"] = posts
	for _, p := range posts {
		found["holders "+string(p.Value.ID)] = have[[]ledger.Holder](t)(s.Posts().Holders(ctx, p.Value.ID))
	}
	documents := have[[]store.Record[store.Document]](t)(service.All(ctx, s.Documents().List))
	plans := have[[]store.Record[ledger.Plan]](t)(service.All(ctx, s.Plans().List))
	found["documents"], found["plans"] = documents, plans
	found["indicators"] = have[[]store.Record[ledger.Indicator]](t)(service.All(ctx, s.Indicators().List))
	found["projects"] = have[[]store.Record[ledger.Project]](t)(service.All(ctx, s.Projects().List))
	found["commitments"] = have[[]store.Record[ledger.Commitment]](t)(service.All(ctx, s.Commitments().List))
	found["amendments"] = have[[]store.Record[ledger.Amendment]](t)(service.All(ctx, s.Amendments().List))
	for _, p := range plans {
		for _, d := range documents {
			found["events"] = have[[]store.ReviewEvent](t)(s.Reviews().Events(ctx, p.Value.ID, d.Value.Digest))
			found["proposal"] = have[intake.Proposal](t)(s.Reviews().Proposal(ctx, p.Value.ID, d.Value.Digest))
		}
	}
	found["hits"] = have[store.Hits](t)(s.Search(ctx, store.Query{Text: "养老床位"}))
	return found
}

// A plan goes from SQLite to PostgreSQL and back into another SQLite, or the other way about, and is what it was.
func TestAPlanComesBackAsItWent(t *testing.T) {
	for name, path := range map[string][3]func(testing.TB) string{
		"SQLite":     {storetest.SQLite, storetest.Postgres, storetest.SQLite},
		"PostgreSQL": {storetest.Postgres, storetest.SQLite, storetest.Postgres},
	} {
		t.Run(name, func(t *testing.T) {
			at, d := settled(t, path[0](t))
			want := state(t, at.Store())
			file, first := carried(t, at, d.Plan.ID)
			for _, dsn := range path[1:] {
				next := open(t, dsn(t))
				report := have[transfer.Report](t)(next.Import(importing(t.Context()), opened(t, file)))
				if len(report.Differences) > 0 || report.News() == 0 || report.Files != 1 {
					t.Errorf("%+v", report)
				}
				var again transfer.Manifest
				file, again = carried(t, next, d.Plan.ID)
				if !slices.Equal(first.Parts, again.Parts) || again.Plan != first.Plan {
					t.Errorf("it went as\n%v\nand came as\n%v", first, again)
				}
				for what, was := range want {
					if is := state(t, next.Store())[what]; !reflect.DeepEqual(was, is) {
						t.Errorf("%s were\n%+v\nand are\n%+v", what, was, is)
					}
				}
				f := servicetest.Fixture{Core: next.Core}
				if got := f.Entries(t, "commitments", string(d.Commitment.ID)); !slices.Equal(got, []string{"plan.receive"}) {
					t.Errorf("the log says %v", got)
				}
			}
		})
	}
}

func TestWhatIsThereIsLeftAsItIs(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		from, d := settled(t, storetest.SQLite(t))
		file, _ := carried(t, from, d.Plan.ID)
		to := open(t, dsn)
		parcel, ctx := opened(t, file), importing(t.Context())
		preview := have[transfer.Report](t)(to.Preview(ctx, parcel))
		if preview.News() == 0 || preview.Files != 1 || preview.Plan.Title != d.Plan.Title || preview.Plan.Government != d.Government.Name {
			t.Errorf("%+v", preview)
		}
		if plans := have[int64](t)(to.Store().Plans().Count(ctx)); plans != 0 {
			t.Error("a preview brought something in")
		}
		have[transfer.Report](t)(to.Import(ctx, parcel))
		before := state(t, to.Store())
		again := have[transfer.Report](t)(to.Import(ctx, parcel))
		if again.News() != 0 || len(again.Differences) != 0 || !reflect.DeepEqual(before, state(t, to.Store())) {
			t.Errorf("the second time: %+v", again)
		}
	})
}

func TestWhatDiffersIsNamedAndNothingIsBroughtIn(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		from, d := settled(t, storetest.SQLite(t))
		file, _ := carried(t, from, d.Plan.ID)
		to := open(t, dsn)
		ctx := importing(t.Context())
		d.Bureau.Name = "望溪区退役军人事务局"
		have[store.Record[ledger.Unit]](t)(to.Store().Units().Add(ctx, d.Government))
		have[store.Record[ledger.Unit]](t)(to.Store().Units().Add(ctx, d.Bureau))
		report := have[transfer.Report](t)(to.Import(ctx, opened(t, file)))
		if len(report.Differences) != 1 {
			t.Fatalf("%+v", report.Differences)
		}
		got := report.Differences[0]
		if got.ID != string(d.Bureau.ID) || got.Name != "望溪区民政局" || got.Table != "units" || !slices.Equal(got.Columns, []string{"name"}) {
			t.Errorf("%+v", got)
		}
		if plans := have[int64](t)(to.Store().Plans().Count(ctx)); plans != 0 {
			t.Error("something was brought in")
		}
		if there := have[bool](t)(to.blobs.Has(ctx, d.Document.Digest)); there {
			t.Error("a file was brought in")
		}
	})
}

func TestWhoMayCarry(t *testing.T) {
	from, d := settled(t, storetest.SQLite(t))
	file, _ := carried(t, from, d.Plan.ID)
	f := servicetest.Fixture{Core: from.Core, District: d}
	head := f.As(t.Context(), "unit-head", d.Bureau.ID)
	if _, err := from.Export(head, d.Plan.ID, io.Discard); err == nil {
		t.Error("a unit's head takes the plan out")
	}
	if _, err := from.Import(head, opened(t, file)); err == nil {
		t.Error("a unit's head brings a plan in")
	}
	if _, err := from.PlanOf(exporting(t.Context()), 2031); !service.HasCode(err, "transfer.no_plan") {
		t.Errorf("%v", err)
	}
	if _, err := from.Export(exporting(t.Context()), "x", io.Discard); !service.HasCode(err, "transfer.absent") {
		t.Errorf("%v", err)
	}
	if id, err := from.PlanOf(exporting(t.Context()), 2026); err != nil || id != d.Plan.ID {
		t.Errorf("%v %v", id, err)
	}
}

// repacked is a parcel with one part changed and its manifest made to fit, as somebody who forges one would.
func repacked(t *testing.T, path, part string, change func(string) string) string {
	t.Helper()
	old := have[*zip.ReadCloser](t)(zip.OpenReader(path))
	defer old.Close()
	var manifest transfer.Manifest
	texts, names := map[string]string{}, []string{}
	for _, e := range old.File {
		content := have[io.ReadCloser](t)(e.Open())
		text := string(have[[]byte](t)(io.ReadAll(content)))
		if e.Name == "manifest.json" {
			must(t, json.Unmarshal([]byte(text), &manifest))
			continue
		}
		if e.Name == part {
			was := text
			if text = change(text); text == was {
				t.Fatalf("nothing of %s was changed", part)
			}
		}
		texts[e.Name], names = text, append(names, e.Name)
	}
	for i, p := range manifest.Parts {
		manifest.Parts[i] = transfer.PartOf(p.Name, texts[p.Name])
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	texts["manifest.json"] = string(have[[]byte](t)(json.Marshal(manifest)))
	for _, name := range append(names, "manifest.json") {
		entry := have[io.Writer](t)(w.Create(name))
		have[int](t)(io.WriteString(entry, texts[name]))
	}
	must(t, w.Close())
	forged := filepath.Join(t.TempDir(), "forged.zip")
	must(t, os.WriteFile(forged, out.Bytes(), 0o600))
	return forged
}

func TestForgedParcels(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		from, d := settled(t, storetest.SQLite(t))
		file, _ := carried(t, from, d.Plan.ID)
		to := open(t, dsn)
		replace := func(old, new string) func(string) string {
			return func(text string) string { return strings.Replace(text, old, new, 1) }
		}
		other := store.NewID[ledger.PlanID](from.Store())
		for name, c := range map[string]struct {
			part   string
			change func(string) string
			code   string
		}{
			"a passage that is not in its document": {
				"records/commitments/commitment_passages.jsonl", replace("新增养老床位", "减少养老床位"), "transfer.unfit",
			},
			"a figure that is none":         {"records/commitments/commitment_targets.jsonl", replace(`"value":"200.0"`, `"value":"many"`), "transfer.unfit"},
			"a unit that is not there":      {"records/units/units.jsonl", replace(`"parent":"`+string(d.Government.ID), `"parent":"x`), "transfer.unfit"},
			"a commitment of another plan":  {"records/commitments/commitments.jsonl", replace(string(d.Plan.ID), string(other)), "transfer.unfit"},
			"a step of another plan":        {"records/plans/review_events.jsonl", replace(string(d.Plan.ID), string(other)), "transfer.unfit"},
			"another plan than is said":     {"records/plans/plans.jsonl", replace(string(d.Plan.ID), string(other)), "transfer.unfit"},
			"a document without its file":   {"records/documents/documents.jsonl", replace(string(d.Document.Digest), strings.Repeat("0", 64)), "transfer.unfit"},
			"a column of another version":   {"records/units/units.jsonl", replace(`"kind"`, `"kinds"`), "transfer.version"},
			"a text where a number belongs": {"records/units/units.jsonl", replace(`"revision":1`, `"revision":"1"`), "transfer.damaged"},
			"something deep":                {"records/units/units.jsonl", replace(`"revision":1`, `"revision":`+strings.Repeat("[", 100_000)), "transfer.damaged"},
			"a zero byte":                   {"records/units/units.jsonl", replace("望溪区人民政府", `望溪区\u0000`), "transfer.damaged"},
			"a line without an end":         {"records/units/units.jsonl", func(s string) string { return strings.TrimSuffix(s, "\n") }, "transfer.damaged"},
		} {
			parcel, err := transfer.Open(repacked(t, file, c.part, c.change))
			if err == nil {
				_, err = to.Import(importing(t.Context()), parcel)
				must(t, parcel.Close())
			}
			if !service.HasCode(err, c.code) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if plans := have[int64](t)(to.Store().Plans().Count(t.Context())); plans != 0 {
			t.Error("something was brought in")
		}
	})
}
