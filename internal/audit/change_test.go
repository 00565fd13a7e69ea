package audit_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/uptrace/bun"

	"luoshi/internal/audit"
	"luoshi/internal/audit/signing"
)

// object is any object of the ledger.
type object = map[string]any

func TestWhatAnEntrySaysOfAChange(t *testing.T) {
	for _, tt := range []struct {
		name                  string
		before, after, detail any
		want                  string
		created, deleted      bool
	}{
		{"fields that differ, and no others",
			object{"id": "c-1", "deadline": "2026-06-30", "value": json.Number("15.9")},
			object{"id": "c-1", "deadline": "2026-09-30", "value": json.Number("15.90")}, nil,
			`{"fields":{"deadline":{"from":"2026-06-30","to":"2026-09-30"},"value":{"from":15.9,"to":15.90}}}`, false, false},
		{"a field that is new and one that is gone", object{"a": 1, "b": nil}, object{"b": nil, "c": []int{2}}, nil,
			`{"fields":{"a":{"from":1},"c":{"to":[2]}}}`, false, false},
		{"an object that is new", nil, object{"id": "c-1"}, nil, `{"fields":{"id":{"to":"c-1"}}}`, true, false},
		{"an object that is gone", object{"id": "c-1"}, nil, nil, `{"fields":{"id":{"from":"c-1"}}}`, false, true},
		{"values that are no objects", []int{1}, []int{1, 2}, nil, `{"fields":{"value":{"from":[1],"to":[1,2]}}}`, false, false},
		{"nothing but what is told", nil, nil, object{"address": "192.0.2.7"}, `{"detail":{"address":"192.0.2.7"}}`, true, true},
		{"nothing that differs", object{"a": 1}, object{"a": 1}, "复核", `{"detail":"复核"}`, false, false},
		{"that a secret changed, but not what it is",
			object{"name": "王某某", "password_hash": "old", "totp": nil}, object{"name": "王某某", "password_hash": "new", "totp": "JBSW"},
			object{"token": "t", "key": "-----BEGIN PRIVATE KEY-----"},
			`{"detail":{"key":"[secret]","token":"[secret]"},"fields":{"password_hash":"[secret]","totp":"[secret]"}}`, false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			db := prepared(t, "sqlite:"+t.TempDir()+"/log.db")
			log := begun(t, db, signing.SHA256Ed25519)
			change := amended(1)
			change.Before, change.After, change.Detail = tt.before, tt.after, tt.detail
			entries, err := appendTo(t.Context(), db, log, change)
			if err != nil {
				t.Fatal(err)
			}
			if got := string(entries[0].Change); got != tt.want {
				t.Errorf("%s\nwant %s", got, tt.want)
			}
			if (entries[0].Before == "") != tt.created || (entries[0].After == "") != tt.deleted {
				t.Errorf("digests %q and %q", entries[0].Before, entries[0].After)
			}
			if want, err := log.Digest(tt.after); err != nil || want != entries[0].After {
				t.Errorf("the digest after is %s, of the object %s (%v)", entries[0].After, want, err)
			}
		})
	}
}

func TestTheDigestIsThatOfTheObjectWithoutItsSecrets(t *testing.T) {
	db := prepared(t, "sqlite:"+t.TempDir()+"/log.db")
	log := begun(t, db, signing.SHA256Ed25519)
	digest := func(value any) string {
		got, err := log.Digest(value)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	one := digest(object{"name": "a", "password": "1"})
	if one != digest(object{"password": "2", "name": "a"}) {
		t.Error("the digest tells one secret from another")
	}
	if one == digest(object{"name": "b", "password": "1"}) {
		t.Error("the digest does not tell one name from another")
	}
}

// After a change that is refused, the caller may go on and commit: nothing of the log was touched.
func TestARefusedChangeLeavesNothing(t *testing.T) {
	onEachDatabase(t, func(t *testing.T, _ string, db *bun.DB) {
		log, key := history(t, db, signing.SHA256Ed25519)
		for name, spoil := range map[string]func(*audit.Change){
			"no actor":          func(c *audit.Change) { c.Actor.ID = "" },
			"no action":         func(c *audit.Change) { c.Action = "" },
			"no kind":           func(c *audit.Change) { c.Object.Kind = "" },
			"a line break":      func(c *audit.Change) { c.Request = "r\n1" },
			"not UTF-8":         func(c *audit.Change) { c.Object.ID = "\xff" },
			"no JSON":           func(c *audit.Change) { c.After = func() {} },
			"a binary float":    func(c *audit.Change) { c.After = 1e30 },
			"more than allowed": func(c *audit.Change) { c.Detail = strings.Repeat("长", audit.MaxEntry) },
		} {
			err := db.RunInTx(t.Context(), nil, func(ctx context.Context, tx bun.Tx) error {
				change := amended(3)
				spoil(&change)
				if _, err := log.Append(ctx, tx, amended(2), change); err == nil {
					t.Errorf("%s: appended", name)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		if report := verified(t, db, key); !report.OK() || report.Entries != 40 {
			t.Errorf("%d entries, %+v", report.Entries, report.Problems)
		}
	})
}

func TestALogKeepsItsOriginAndSuite(t *testing.T) {
	onEachDatabase(t, func(t *testing.T, _ string, db *bun.DB) {
		log := begun(t, db, signing.SHA256Ed25519)
		if _, err := audit.Open(t.Context(), db, origin, signing.SM3SM2, now); !isOther(err) {
			t.Errorf("another suite: %v", err)
		}
		if _, err := audit.Open(t.Context(), db, "elsewhere", signing.SHA256Ed25519, now); !isOther(err) {
			t.Errorf("another origin: %v", err)
		}
		key, err := signing.GenerateKey(signing.SM3SM2, origin)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := sign(t.Context(), db, log, key); !isOther(err) {
			t.Errorf("a key of another suite: %v", err)
		}
	})
}
