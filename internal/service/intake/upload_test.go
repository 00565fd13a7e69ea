package intake_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"luoshi/document/limit"
	"luoshi/internal/service"
	"luoshi/internal/service/intake"
	"luoshi/internal/store/blob"
	"luoshi/ledger"
)

func TestADocumentIsTakenInAndRead(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		uploaded, err := r.Upload(r.ctx, `C:\Users\office\工作安排.txt`, strings.NewReader(plan))
		if err != nil {
			t.Fatal(err)
		}
		d := uploaded.Document.Value
		if uploaded.Again || d.Name != "工作安排.txt" || d.Title != "望溪区2026年政府工作安排" || d.Text != plan {
			t.Errorf("got %+v", uploaded)
		}
		progress, err := r.Progress(r.ctx, d.Digest)
		if err != nil || progress.State != intake.Waiting || progress.Unit != r.Government.ID {
			t.Errorf("it is %+v, %v", progress, err)
		}
		if _, err := r.Result(r.ctx, d.Digest); !service.HasCode(err, "reading.waiting") {
			t.Errorf("what is not read yet has a result: %v", err)
		}
		r.work(t)
		progress, err = r.Progress(r.ctx, d.Digest)
		if err != nil || progress.State != intake.Done || progress.Percent != 100 || progress.Ended.IsZero() || progress.Promises != 5 {
			t.Errorf("it is %+v, %v", progress, err)
		}
		result, err := r.Result(r.ctx, d.Digest)
		if err != nil || len(result.Sections) != 2 || len(result.Figures) == 0 {
			t.Errorf("the result is %+v, %v", result, err)
		}
		if got := r.Entries(t, "documents", string(d.Digest)); strings.Join(got, " ") != "document.upload document.interpret" {
			t.Errorf("the log says %v", got)
		}
		_, content, err := r.Original(r.ctx, d.Digest)
		if err != nil {
			t.Fatal(err)
		}
		if data, err := io.ReadAll(content); err != nil || string(data) != plan {
			t.Errorf("the original is %q, %v", data, err)
		}
		if err := content.Close(); err != nil {
			t.Error(err)
		}
	})
}

func TestTheSameFileIsRecognised(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		first := r.bring(t, "plan.txt", []byte(plan))
		again, err := r.Upload(r.ctx, "another-name.txt", strings.NewReader(plan))
		if err != nil || !again.Again || again.Document.Value.Digest != first || again.Document.Value.Name != "plan.txt" {
			t.Errorf("got %+v, %v", again, err)
		}
		if len(r.Queue.Tasks()) != 1 {
			t.Errorf("it is read %d times", len(r.Queue.Tasks()))
		}
	})
}

func TestTheSameFileAtTheSameMoment(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		var wait sync.WaitGroup
		fresh := make(chan bool, 4)
		for range cap(fresh) {
			wait.Go(func() {
				uploaded, err := r.Upload(r.ctx, "plan.txt", strings.NewReader(plan))
				if err != nil {
					t.Error(err)
				}
				fresh <- !uploaded.Again
			})
		}
		wait.Wait()
		close(fresh)
		taken := 0
		for f := range fresh {
			if f {
				taken++
			}
		}
		if taken != 1 {
			t.Errorf("it was taken in %d times", taken)
		}
	})
}

// bomb is a workbook whose one entry unpacks to far more than it should.
func bomb(t *testing.T) []byte {
	t.Helper()
	var file bytes.Buffer
	archive := zip.NewWriter(&file)
	for name, content := range map[string][]byte{
		"[Content_Types].xml": []byte(`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`),
		"xl/workbook.xml":     append([]byte("<workbook>"), bytes.Repeat([]byte{' '}, 8<<20)...),
	} {
		entry, err := archive.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := entry.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func TestHostileFilesAreRefused(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		small := intake.New(r.Core, r.blobs, intake.Options{Limits: limit.Limits{Bytes: 1 << 20}})
		for _, tc := range []struct {
			name, code string
			data       []byte
		}{
			{"empty.txt", "document.empty", nil},
			{"blank.txt", "document.empty", []byte(" \n\n ")},
			{"large.txt", "document.too_large", bytes.Repeat([]byte("望"), 1<<19)},
			{"bomb.xlsx", "document.too_large", bomb(t)},
			{"program.docx", "document.unknown", append([]byte{0x7f, 'E', 'L', 'F', 2, 1, 1, 0}, bytes.Repeat([]byte{0}, 200)...)},
			{"picture.pdf", "document.image", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")},
			{"broken.pdf", "document.corrupt", []byte("%PDF-1.7\nnothing of the kind")},
			{"old.doc", "document.legacy_format", append([]byte{0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1}, bytes.Repeat([]byte{0}, 1024)...)},
			{"", "upload.name", []byte(plan)},
			{"../..", "upload.name", []byte(plan)},
		} {
			t.Run(tc.name, func(t *testing.T) {
				_, err := small.Upload(r.ctx, tc.name, bytes.NewReader(tc.data))
				var f *service.Fault
				if !errors.As(err, &f) || f.Code != tc.code || f.Words.ZH == "" || f.Words.EN == "" {
					t.Errorf("got %v", err)
				}
			})
		}
		if got, err := r.List(r.ctx, intake.Query{}); err != nil || len(got.Documents) != 0 || len(r.Queue.Tasks()) != 0 {
			t.Errorf("something was left: %+v, %v", got, err)
		}
	})
}

func TestWhoMayUpload(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		for _, tc := range []struct {
			ctx     context.Context
			name    string
			allowed bool
		}{
			{r.As(t.Context(), "unit-head", r.Bureau.ID), "of the head of a unit.txt", true},
			{r.As(t.Context(), "reporter", r.Bureau.ID), "of a reporter.txt", false},
			{r.As(t.Context(), "administrator", r.Government.ID), "of the administrator.txt", false},
			{t.Context(), "of the public.txt", false},
		} {
			_, err := r.Upload(tc.ctx, tc.name, strings.NewReader(plan+tc.name))
			var refused *service.Refused
			if errors.As(err, &refused) == tc.allowed || err == nil != tc.allowed {
				t.Errorf("%s: %v", tc.name, err)
			}
		}
		if _, err := r.List(t.Context(), intake.Query{}); err == nil {
			t.Error("the public sees the list")
		}
		if _, _, err := r.Original(r.As(t.Context(), "reporter", r.Bureau.ID), "00"); err == nil {
			t.Error("a reporter downloads originals")
		}
	})
}

func TestReadingAgainChangesNothing(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		digest := r.bring(t, "plan.txt", []byte(plan))
		before, err := r.Progress(r.ctx, digest)
		if err != nil {
			t.Fatal(err)
		}
		args := json.RawMessage(`{"document":"` + string(digest) + `"}`)
		if err := r.Read(job(t.Context()), args); err != nil {
			t.Fatal(err)
		}
		after, err := r.Progress(r.ctx, digest)
		if err != nil || after != before {
			t.Errorf("got %+v, %v", after, err)
		}
		if err := r.Retry(r.ctx, digest); !service.HasCode(err, "reading.not_failed") {
			t.Errorf("what is read is read again: %v", err)
		}
	})
}

func TestTwoRunsOfOneReading(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		uploaded, err := r.Upload(r.ctx, "plan.txt", strings.NewReader(plan))
		if err != nil {
			t.Fatal(err)
		}
		digest := uploaded.Document.Value.Digest
		args := json.RawMessage(`{"document":"` + string(digest) + `"}`)
		var wait sync.WaitGroup
		for range 3 {
			wait.Go(func() {
				if err := r.Read(job(t.Context()), args); err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		if progress, err := r.Progress(r.ctx, digest); err != nil || progress.State != intake.Done {
			t.Errorf("got %+v, %v", progress, err)
		}
		if got := r.Entries(t, "documents", string(digest)); strings.Join(got, " ") != "document.upload document.interpret" {
			t.Errorf("the log says %v", got)
		}
	})
}

func TestAReadingThatFailedCanBeRepeated(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		uploaded, err := r.Upload(r.ctx, "plan.txt", strings.NewReader(plan))
		if err != nil {
			t.Fatal(err)
		}
		digest := uploaded.Document.Value.Digest
		empty, err := blob.NewFolder(t.TempDir(), nil)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = empty.Close() })
		args := json.RawMessage(`{"document":"` + string(digest) + `"}`)
		if err := intake.New(r.Core, empty, intake.Options{}).Read(job(t.Context()), args); err != nil {
			t.Fatal(err)
		}
		progress, err := r.Progress(r.ctx, digest)
		if err != nil || progress.State != intake.Failed || progress.Fault == nil || progress.Fault.Code != "reading.lost" {
			t.Fatalf("got %+v, %v", progress, err)
		}
		if _, err := r.Result(r.ctx, digest); !service.HasCode(err, "reading.failed") {
			t.Errorf("got %v", err)
		}
		if err := r.Retry(r.As(t.Context(), "reporter", r.Bureau.ID), digest); err == nil {
			t.Error("a reporter may repeat it")
		}
		if err := r.Retry(r.ctx, digest); err != nil {
			t.Fatal(err)
		}
		r.work(t)
		if progress, err := r.Progress(r.ctx, digest); err != nil || progress.State != intake.Done || progress.Fault != nil {
			t.Errorf("got %+v, %v", progress, err)
		}
	})
}

func TestAReadingThatComesToNothing(t *testing.T) {
	asked := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	for _, tc := range []struct {
		state intake.State
		after time.Duration
		stuck bool
	}{
		{intake.Waiting, time.Minute, false}, {intake.Waiting, time.Hour, true}, {intake.Running, time.Hour, true},
		{intake.Done, time.Hour, false}, {intake.Failed, time.Hour, false},
	} {
		if got := (intake.Progress{State: tc.state, Asked: asked}).Stuck(asked.Add(tc.after)); got != tc.stuck {
			t.Errorf("%s after %s: %v", tc.state, tc.after, got)
		}
	}
}

func TestAChangeThatFailsLeavesOnlyBytes(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		core := service.New(service.Parts{Store: r.Store(), Log: r.Log()}) // without a queue
		_, err := intake.New(core, r.blobs, intake.Options{}).Upload(r.ctx, "plan.txt", strings.NewReader(plan))
		if err == nil {
			t.Fatal("a document is taken in that nobody will read")
		}
		if got, err := r.List(r.ctx, intake.Query{}); err != nil || len(got.Documents) != 0 {
			t.Errorf("the list has %+v, %v", got, err)
		}
		if digest := r.bring(t, "plan.txt", []byte(plan)); digest == "" {
			t.Error("the bytes that are there do harm")
		}
	})
}

func TestTheListOfDocuments(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		for _, name := range []string{"c.txt", "a.txt", "b.md", "100%.txt"} {
			r.bring(t, name, []byte(strings.Replace(plan, "望溪区", "望溪区"+name, 1)))
		}
		for _, tc := range []struct {
			query intake.Query
			want  string
		}{
			{intake.Query{}, "100%.txt b.md a.txt c.txt"},
			{intake.Query{ByName: true}, "b.md 100%.txt a.txt c.txt"},
			{intake.Query{ByName: true, Descending: true}, "c.txt a.txt 100%.txt b.md"},
			{intake.Query{Words: "%"}, "100%.txt"},
			{intake.Query{Words: "md b"}, "b.md"},
			{intake.Query{Format: "md"}, "b.md"},
			{intake.Query{Kind: "report"}, ""},
			{intake.Query{State: intake.Failed}, ""},
		} {
			for _, size := range []int{1, 3, 0} {
				tc.query.Limit, tc.query.After = size, ""
				var names []string
				for {
					part, err := r.List(r.ctx, tc.query)
					if err != nil {
						t.Fatal(err)
					}
					for _, d := range part.Documents {
						names = append(names, d.Name)
					}
					if tc.query.After = part.Next; part.Next == "" {
						break
					}
				}
				if got := strings.Join(names, " "); got != tc.want {
					t.Errorf("%+v: got %q, want %q", tc.query, got, tc.want)
				}
			}
		}
	})
}

func TestRealDocumentsAreRead(t *testing.T) {
	files, err := filepath.Glob("../../../../shared/documents/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	examples, err := filepath.Glob("../../../examples/2026-*")
	if err != nil {
		t.Fatal(err)
	}
	files = append(files, examples...)
	each(t, func(t *testing.T, r *room) {
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			digest := r.bring(t, filepath.Base(file), data)
			progress, err := r.Progress(r.ctx, digest)
			if err != nil || progress.State != intake.Done || progress.Figures == 0 {
				t.Errorf("%s is %+v, %v", file, progress, err)
			}
			result, err := r.Result(r.ctx, digest)
			if err != nil {
				t.Fatal(err)
			}
			placesStand(t, r, digest, result)
		}
	})
}

// placesStand checks that whatever a result speaks of stands where it says.
func placesStand(t *testing.T, r *room, digest ledger.Digest, result intake.Result) {
	t.Helper()
	doc, err := r.Document(r.ctx, digest)
	if err != nil {
		t.Fatal(err)
	}
	text := []rune(doc.Value.Text)
	for _, finding := range result.Findings {
		for _, p := range finding.Places {
			if got := string(text[p.At:p.End]); got != p.Surface {
				t.Errorf("%s: %q stands where a finding has %q", doc.Value.Name, got, p.Surface)
			}
		}
	}
	for _, figure := range result.Figures {
		if !figure.Target.Quoted.StandsIn(doc.Value.Text) {
			t.Errorf("%s: %q does not stand in the text", doc.Value.Name, figure.Target.Quoted.Wording())
		}
	}
}
