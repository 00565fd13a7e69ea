package audit_test

import (
	"encoding/hex"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"luoshi/internal/audit"
	"luoshi/internal/audit/merkle"
)

func golden() audit.Entry {
	return audit.Entry{
		Sequence: 42, Time: time.Date(2026, 3, 1, 10, 0, 0, 7000, time.FixedZone("", 8*3600)),
		Actor:   audit.Actor{ID: "u-17", Role: "supervising_office", OnBehalfOf: "湖滨区发展改革局"},
		Request: "r-5f0c", Action: "commitment.amend", Object: audit.Object{Kind: "commitment", ID: "c-203"},
		Before: "YmVmb3Jl", After: "YWZ0ZXI=",
		Change: json.RawMessage(`{"fields":{"amount":{"from":15.9,"to":15.90},"note":{"to":"“<五个一>”\n"}}}`),
	}
}

// These bytes and hashes must never change: logs that were written stand and fall with them.
const (
	goldenLine = `{"action":"commitment.amend","actor":{"id":"u-17","on_behalf_of":"湖滨区发展改革局","role":"supervising_office"},` +
		`"after":"YWZ0ZXI=","before":"YmVmb3Jl","change":{"fields":{"amount":{"from":15.9,"to":15.90},"note":{"to":"“<五个一>”\n"}}},` +
		`"object":{"id":"c-203","kind":"commitment"},"request":"r-5f0c","sequence":42,"time":"2026-03-01T02:00:00.000007Z","v":1}`
	goldenSHA256 = "8108072401d768a4df43837e47e7f7711b96c846f18dc30b8152dd1552bf04d7"
	goldenSM3    = "62eabe97818be39a473a42a5b175b9c90c2e54642b5da7d882263bcdd4ef6d34"
)

func TestTheEncodingIsFixed(t *testing.T) {
	line, err := golden().Encode()
	if err != nil || string(line) != goldenLine {
		t.Fatalf("%s (%v)\nwant %s", line, err, goldenLine)
	}
	for _, tt := range []struct {
		hashing merkle.Hashing
		want    string
	}{{merkle.SHA256, goldenSHA256}, {merkle.SM3, goldenSM3}} {
		leaf := tt.hashing.Leaf(line)
		if got := hex.EncodeToString(leaf[:]); got != tt.want {
			t.Errorf("%v: leaf %s, want %s", tt.hashing, got, tt.want)
		}
	}
	decoded, err := audit.DecodeEntry(line)
	if err != nil {
		t.Fatal(err)
	}
	again, err := decoded.Encode()
	if err != nil || string(again) != goldenLine {
		t.Errorf("decoded and encoded again: %s (%v)", again, err)
	}
}

func TestOnlyTheOneSpellingIsAnEntry(t *testing.T) {
	for name, change := range map[string][2]string{
		"a space":               {`"v":1`, `"v": 1`},
		"another version":       {`"v":1`, `"v":2`},
		"no version":            {`,"v":1`, ``},
		"another field":         {`"v":1`, `"v":1,"w":2`},
		"a field twice":         {`"v":1`, `"sequence":43,"v":1`},
		"another order":         {`"request":"r-5f0c","sequence":42`, `"sequence":42,"request":"r-5f0c"`},
		"capitals":              {`"action"`, `"Action"`},
		"an escape":             {`"r-5f0c"`, `"\u0072-5f0c"`},
		"another time zone":     {`02:00:00.000007Z`, `10:00:00.000007+08:00`},
		"fewer digits":          {`.000007Z`, `.00001Z`},
		"an exponent":           {`15.90`, `159e-1`},
		"a change out of order": {`"from":15.9,"to":15.90`, `"to":15.90,"from":15.9`},
		"no sequence":           {`"sequence":42`, `"sequence":0`},
		"a control character":   {`r-5f0c`, `r-\n`},
		"something behind it":   {`"v":1}`, `"v":1} `},
		"too much":              {`五个一`, strings.Repeat("五个一", audit.MaxEntry/9)},
	} {
		line := strings.Replace(goldenLine, change[0], change[1], 1)
		if line == goldenLine {
			t.Fatalf("%s: nothing changed", name)
		}
		if got, err := audit.DecodeEntry([]byte(line)); err == nil {
			t.Errorf("%s: read as %+v", name, got)
		}
	}
}

func FuzzDecodeEntry(f *testing.F) {
	f.Add([]byte(goldenLine))
	f.Fuzz(func(t *testing.T, data []byte) {
		entry, err := audit.DecodeEntry(data)
		if err != nil {
			return
		}
		if again, err := entry.Encode(); err != nil || string(again) != string(data) {
			t.Fatalf("%q is read, but written as %q (%v)", data, again, err)
		}
	})
}
