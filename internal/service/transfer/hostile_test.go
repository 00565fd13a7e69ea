package transfer_test

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"luoshi/internal/service"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/identity"
	"luoshi/internal/service/intake"
	"luoshi/internal/service/planning"
	"luoshi/internal/service/progress"
	"luoshi/internal/service/reporting"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/service/transfer"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/internal/store/backup"
	"luoshi/internal/store/storetest"
)

// Every table either makes a plan or is said to stay, so that a new one is not forgotten.
func TestEveryTableIsCarriedOrStays(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t), store.Options{
		Rooms: servicetest.Rooms(identity.Room(), intake.Room(), catalogue.Room(), planning.Room(), workflow.Room(), reporting.Room(), progress.Room()),
	})
	tables, err := backup.Tables(t.Context(), s.View(t.Context()), s.Dialect())
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		if transfer.Carried(table.Name) == transfer.Stays(table.Name) {
			t.Errorf("%s is carried: %t, stays: %t", table.Name, transfer.Carried(table.Name), transfer.Stays(table.Name))
		}
	}
}

// packed is a zip file of entries.
func packed(t *testing.T, entries map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, text := range entries {
		entry, err := w.Create(name)
		if err == nil {
			_, err = io.WriteString(entry, text)
		}
		must(t, err)
	}
	must(t, w.Close())
	return out.Bytes()
}

func TestHostileFiles(t *testing.T) {
	manifest := `{"format":"luoshi-plan","version":1,"parts":[]}`
	digest := strings.Repeat("a", 64)
	narrow := transfer.Limits{Entries: 3, File: 1 << 20, Records: 4 << 20, Files: 4 << 20, Ratio: 200}
	many := map[string]string{"manifest.json": manifest}
	for _, letter := range "bcdef" {
		many["files/"+strings.Repeat(string(letter), 64)] = ""
	}
	for name, c := range map[string]struct {
		data []byte
		code string
	}{
		"nothing":                       {nil, "transfer.not_parcel"},
		"no zip file":                   {[]byte("一个字"), "transfer.not_parcel"},
		"no manifest":                   {packed(t, map[string]string{"files/" + digest: "x"}), "transfer.not_parcel"},
		"another manifest":              {packed(t, map[string]string{"manifest.json": `{"format":"luoshi-archive","version":1}`}), "transfer.not_parcel"},
		"a manifest that is none":       {packed(t, map[string]string{"manifest.json": strings.Repeat("[", 100_000)}), "transfer.not_parcel"},
		"a later form":                  {packed(t, map[string]string{"manifest.json": `{"format":"luoshi-plan","version":2}`}), "transfer.version"},
		"a way out":                     {packed(t, map[string]string{"manifest.json": manifest, "../../etc/passwd": "x"}), "transfer.not_parcel"},
		"an absolute name":              {packed(t, map[string]string{"manifest.json": manifest, "/files/x": "x"}), "transfer.not_parcel"},
		"deep folders":                  {packed(t, map[string]string{"manifest.json": manifest, "records/a/b/c.jsonl": "x"}), "transfer.not_parcel"},
		"a part that is not listed":     {packed(t, map[string]string{"manifest.json": manifest, "files/" + digest: "x"}), "transfer.damaged"},
		"without tables":                {packed(t, map[string]string{"manifest.json": manifest}), "transfer.version"},
		"a bomb":                        {packed(t, map[string]string{"manifest.json": manifest, "files/" + digest: strings.Repeat("0", 3<<20)}), "transfer.large"},
		"too much of records":           {packed(t, map[string]string{"manifest.json": manifest, "records/a/a.jsonl": strings.Repeat("0", 5<<20)}), "transfer.large"},
		"a large file":                  {make([]byte, 2<<20), "transfer.large"},
		"too many entries":              {packed(t, many), "transfer.large"},
		"a part listed that is missing": {packed(t, map[string]string{"manifest.json": `{"format":"luoshi-plan","version":1,"parts":[{"name":"files/x"}]}`}), "transfer.damaged"},
	} {
		if _, err := transfer.Read(c.data, narrow); !service.HasCode(err, c.code) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAParcelThatWasCutOrAltered(t *testing.T) {
	from, d := settled(t, storetest.SQLite(t))
	path, _ := carried(t, from, d.Plan.ID)
	whole, err := os.ReadFile(path)
	must(t, err)
	if _, err := transfer.Read(whole, transfer.Usual); err != nil {
		t.Fatal(err)
	}
	for i := 1; i < 20; i++ {
		if _, err := transfer.Read(whole[:len(whole)*i/20], transfer.Usual); err == nil {
			t.Errorf("a parcel of %d twentieths is whole", i)
		}
	}
	text := bytes.Index(whole, []byte(d.Document.Text)) // stored, not packed
	if text < 0 {
		t.Fatal("the document is not in the parcel")
	}
	whole[text] ^= 1
	if _, err := transfer.Read(whole, transfer.Usual); !service.HasCode(err, "transfer.damaged") {
		t.Errorf("%v", err)
	}
	if _, err := transfer.Open(filepath.Join(t.TempDir(), "absent.zip")); !os.IsNotExist(err) {
		t.Errorf("%v", err)
	}
}

// Whatever a file holds, reading it ends without a panic, and in bounds.
func FuzzRead(f *testing.F) {
	for _, seed := range []map[string]string{
		{"manifest.json": `{"format":"luoshi-plan","version":1,"parts":[]}`},
		{"manifest.json": `{}`, "records/units/units.jsonl": "{}\n"},
	} {
		var out bytes.Buffer
		w := zip.NewWriter(&out)
		for name, text := range seed {
			entry, err := w.Create(name)
			if err == nil {
				_, err = io.WriteString(entry, text)
			}
			if err != nil {
				f.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			f.Fatal(err)
		}
		f.Add(out.Bytes())
	}
	narrow := transfer.Limits{Entries: 50, File: 1 << 20, Records: 1 << 20, Files: 1 << 20, Ratio: 50}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := transfer.Read(data, narrow)
		if (p == nil) == (err == nil) {
			t.Errorf("%v, %v", p, err)
		}
	})
}
