package parts_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"luoshi/internal/store/parts"
)

// manifest is the least that a manifest says.
type manifest struct {
	Parts []parts.Part `json:"parts"`
}

// text writes a text.
func text(s string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	}
}

// write is a file of two parts.
func write(t *testing.T) *zip.Reader {
	t.Helper()
	var file bytes.Buffer
	w := parts.NewWriter(&file, time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC))
	if err := errors.Join(w.Add("records.jsonl", zip.Deflate, text("{}\n")), w.Add("files/a", zip.Store, text("落实"))); err != nil {
		t.Fatal(err)
	}
	if err := w.Close("manifest.json", manifest{w.Parts()}); err != nil {
		t.Fatal(err)
	}
	return reader(t, file.Bytes())
}

func reader(t *testing.T, file []byte) *zip.Reader {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// listed are the parts that the manifest of a file lists.
func listed(t *testing.T, r *zip.Reader) []parts.Part {
	t.Helper()
	content, err := r.Open("manifest.json")
	if err != nil {
		t.Fatal(err)
	}
	var m manifest
	if err := errors.Join(json.NewDecoder(content).Decode(&m), content.Close()); err != nil {
		t.Fatal(err)
	}
	return m.Parts
}

func TestWhatWasWrittenIsFoundWhole(t *testing.T) {
	r := write(t)
	if last := r.File[len(r.File)-1]; last.Name != "manifest.json" {
		t.Errorf("%s stands last", last.Name)
	}
	list := listed(t, r)
	if len(list) != 2 || list[1].Name != "files/a" || list[1].Size != 6 {
		t.Fatalf("the manifest lists %+v", list)
	}
	for _, part := range list {
		content, err := r.Open(part.Name)
		if err != nil {
			t.Fatal(err)
		}
		if err := part.Check(content); err != nil {
			t.Errorf("%s: %v", part.Name, err)
		}
	}
}

func TestWhatWasAlteredIsTold(t *testing.T) {
	part := listed(t, write(t))[1]
	for _, altered := range []string{"", "落", "落实。", "实落"} {
		if err := part.Check(io.NopCloser(strings.NewReader(altered))); err == nil {
			t.Errorf("%q passes for the part", altered)
		}
	}
}

func TestAPartIsTakenOver(t *testing.T) {
	r := write(t)
	part := listed(t, r)[1]
	var file bytes.Buffer
	w := parts.NewWriter(&file, time.Time{})
	if err := errors.Join(w.Copy(part, r.File[1]), w.Close("manifest.json", manifest{w.Parts()})); err != nil {
		t.Fatal(err)
	}
	content, err := reader(t, file.Bytes()).Open("files/a")
	if err != nil {
		t.Fatal(err)
	}
	if err := part.Check(content); err != nil {
		t.Error(err)
	}
}

func TestAPartThatCannotBeWrittenIsNotListed(t *testing.T) {
	w := parts.NewWriter(io.Discard, time.Time{})
	broken := errors.New("the disk is full")
	if err := w.Add("records.jsonl", zip.Deflate, func(io.Writer) error { return broken }); !errors.Is(err, broken) || len(w.Parts()) > 0 {
		t.Errorf("%v, %+v", err, w.Parts())
	}
}
