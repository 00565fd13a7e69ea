package audit_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/uptrace/bun"

	"luoshi/internal/audit"
	"luoshi/internal/audit/signing"
)

func proofOf(t *testing.T, db *bun.DB, id string) *audit.Proof {
	t.Helper()
	proof, err := audit.Prove(t.Context(), db, audit.Object{Kind: "commitment", ID: id}, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	return proof
}

func TestTheHistoryOfEveryObjectIsProved(t *testing.T) {
	for _, suite := range signing.Suites {
		t.Run(string(suite), func(t *testing.T) {
			onEachDatabase(t, func(t *testing.T, _ string, db *bun.DB) {
				_, key := history(t, db, suite)
				proved, pending := 0, 0
				for _, id := range []string{"c-0", "c-1", "c-2", "c-3", "c-4", "c-5", "c-6"} {
					data, err := json.Marshal(proofOf(t, db, id))
					if err != nil {
						t.Fatal(err)
					}
					proof, err := audit.ParseProof(data)
					if err != nil {
						t.Fatal(err)
					}
					head, entries, err := proof.Verify(signing.Keyring{key.Public()})
					if err != nil || head.Size != 30 {
						t.Fatalf("%s under a head of %d: %v", id, head.Size, err)
					}
					for _, entry := range entries {
						if entry.Object.ID != id {
							t.Errorf("the proof of %s has an entry of %s", id, entry.Object.ID)
						}
					}
					proved, pending = proved+len(entries), pending+len(proof.Pending)
				}
				if proved != 30 || pending != 10 {
					t.Errorf("%d entries proved, %d pending; want 30 and 10", proved, pending)
				}
			})
		})
	}
}

func TestAProofHoldsForNothingElse(t *testing.T) {
	db := prepared(t, "sqlite:"+t.TempDir()+"/log.db")
	_, key := history(t, db, signing.SHA256Ed25519)
	stranger, err := signing.GenerateKey(signing.SHA256Ed25519, origin)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := proofOf(t, db, "c-2").Verify(signing.Keyring{stranger.Public()}); !errors.Is(err, signing.ErrSignature) {
		t.Errorf("by a stranger's key: %v", err)
	}
	for name, spoil := range map[string]func(p *audit.Proof){
		"another content":  func(p *audit.Proof) { p.Entries[1].Entry = strings.Replace(p.Entries[1].Entry, "u-", "v-", 1) },
		"another object":   func(p *audit.Proof) { p.Object.ID = "c-3" },
		"a path changed":   func(p *audit.Proof) { p.Entries[0].Path[2][5] ^= 1 },
		"a path cut short": func(p *audit.Proof) { p.Entries[0].Path = p.Entries[0].Path[1:] },
		"paths exchanged":  func(p *audit.Proof) { p.Entries[0].Path, p.Entries[1].Path = p.Entries[1].Path, p.Entries[0].Path },
		"an entry twice":   func(p *audit.Proof) { p.Entries[1] = p.Entries[0] },
		"another order":    func(p *audit.Proof) { p.Entries[0], p.Entries[1] = p.Entries[1], p.Entries[0] },
		"a head changed":   func(p *audit.Proof) { p.Head = strings.Replace(p.Head, "\n30\n", "\n31\n", 1) },
		"no entry":         func(p *audit.Proof) { p.Entries[0].Entry = "" },
	} {
		proof := proofOf(t, db, "c-2")
		spoil(proof)
		if _, _, err := proof.Verify(signing.Keyring{key.Public()}); err == nil {
			t.Errorf("%s: verified", name)
		}
	}
}

func TestWithoutAHeadNothingIsProved(t *testing.T) {
	onEachDatabase(t, func(t *testing.T, _ string, db *bun.DB) {
		if _, err := audit.Prove(t.Context(), db, audit.Object{Kind: "commitment", ID: "c-1"}, 0, 10); !errors.Is(err, audit.ErrNoLog) {
			t.Errorf("without a log: %v", err)
		}
		log := begun(t, db, signing.SHA256Ed25519)
		if _, err := appendTo(t.Context(), db, log, amended(1)); err != nil {
			t.Fatal(err)
		}
		if _, err := audit.Prove(t.Context(), db, audit.Object{Kind: "commitment", ID: "c-1"}, 0, 10); !errors.Is(err, audit.ErrNoHead) {
			t.Errorf("without a head: %v", err)
		}
	})
}

func TestEntriesAreFoundByObjectAndActor(t *testing.T) {
	onEachDatabase(t, func(t *testing.T, _ string, db *bun.DB) {
		history(t, db, signing.SHA256Ed25519)
		byObject, err := audit.History(t.Context(), db, audit.Object{Kind: "commitment", ID: "c-3"}, 4, 3)
		if err != nil {
			t.Fatal(err)
		}
		byActor, err := audit.ByActor(t.Context(), db, "u-4", 5, 2)
		if err != nil {
			t.Fatal(err)
		}
		for name, tt := range map[string]struct {
			got  []audit.Entry
			want []int64
		}{"object": {byObject, []int64{11, 18, 25}}, "actor": {byActor, []int64{10, 15}}} {
			if len(tt.got) != len(tt.want) {
				t.Fatalf("by %s: %d entries, want %v", name, len(tt.got), tt.want)
			}
			for i, entry := range tt.got {
				if entry.Sequence != tt.want[i] {
					t.Errorf("by %s: entry %d, want %d", name, entry.Sequence, tt.want[i])
				}
			}
		}
	})
}
