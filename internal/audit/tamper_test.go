package audit_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect"

	"luoshi/internal/audit"
	"luoshi/internal/audit/signing"
)

// history is a log of 40 entries with a head after every tenth of the first 30.
func history(t *testing.T, db *bun.DB, suite signing.Suite) (*audit.Log, *signing.Key) {
	t.Helper()
	key, err := signing.GenerateKey(suite, origin)
	if err != nil {
		t.Fatal(err)
	}
	log := begun(t, db, suite)
	for n := range 40 {
		if _, err := appendTo(t.Context(), db, log, amended(n)); err != nil {
			t.Fatal(err)
		}
		if n%10 == 9 && n < 30 {
			signedNow(t, db, log, key)
		}
	}
	return log, key
}

func signedNow(t *testing.T, db *bun.DB, log *audit.Log, key *signing.Key) string {
	t.Helper()
	signed, err := sign(t.Context(), db, log, key)
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

func verified(t *testing.T, db *bun.DB, key *signing.Key, known ...string) *audit.Report {
	t.Helper()
	report, err := verify(t.Context(), db, signing.Keyring{key.Public()}, known...)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// disarm takes the triggers away, as somebody with the database in hand would.
func disarm(t *testing.T, db *bun.DB) {
	t.Helper()
	if db.Dialect().Name() == dialect.PG {
		for _, table := range []string{"audit_log", "audit_entries", "audit_nodes", "audit_heads"} {
			do(t, db, "ALTER TABLE "+table+" DISABLE TRIGGER ALL")
		}
		return
	}
	var names []string
	if err := db.NewRaw("SELECT name FROM sqlite_master WHERE type = 'trigger'").Scan(t.Context(), &names); err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		do(t, db, "DROP TRIGGER "+name)
	}
}

func do(t *testing.T, db *bun.DB, statements ...string) {
	t.Helper()
	for _, statement := range statements {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}

func TestTheDatabaseRefusesChangesOfTheLog(t *testing.T) {
	onEachDatabase(t, func(t *testing.T, _ string, db *bun.DB) {
		history(t, db, signing.SHA256Ed25519)
		for _, statement := range []string{
			"UPDATE audit_entries SET action = 'x'", "DELETE FROM audit_entries WHERE sequence = 3",
			"UPDATE audit_nodes SET position = position + 1000", "DELETE FROM audit_nodes",
			"UPDATE audit_heads SET size = 1", "DELETE FROM audit_heads",
			"UPDATE audit_log SET size = size - 1", "UPDATE audit_log SET origin = 'x'", "DELETE FROM audit_log",
		} {
			if _, err := db.ExecContext(t.Context(), statement); err == nil || !strings.Contains(err.Error(), "only grows") {
				t.Errorf("%s: %v", statement, err)
			}
		}
	})
}

const copied = `INSERT INTO audit_entries SELECT %d, recorded_at, actor_id, actor_role, on_behalf_of, request, action,` +
	` object_kind, object_id, before, after, change FROM audit_entries WHERE sequence = %d`

func renumber(from, by int) []string {
	return []string{
		fmt.Sprintf("UPDATE audit_entries SET sequence = sequence + 1000000 WHERE sequence >= %d", from),
		fmt.Sprintf("UPDATE audit_entries SET sequence = sequence - 1000000 + %d WHERE sequence >= 1000000", by),
	}
}

// What was done to the log is said by the sequence number of the first entry concerned.
func TestWhatWasDoneIsNamed(t *testing.T) {
	type expected struct {
		code     audit.Code
		sequence int64
		zh       string
	}
	for _, tt := range []struct {
		name       string
		statements []string
		want       expected
	}{
		{"an entry is altered", []string{"UPDATE audit_entries SET object_id = 'c-9' WHERE sequence = 23"},
			expected{audit.Altered, 23, "第 23 条记录被改动"}},
		{"the last entry is altered", []string{"UPDATE audit_entries SET actor_id = 'u-9' WHERE sequence = 40"},
			expected{audit.Altered, 40, "第 40 条记录被改动"}},
		{"an entry is altered beyond reading", []string{"UPDATE audit_entries SET change = '{' WHERE sequence = 1"},
			expected{audit.Altered, 1, "第 1 条记录被改动"}},
		{"two entries are altered, the first is named", []string{"UPDATE audit_entries SET actor_id = 'u-9' WHERE sequence IN (7, 31)"},
			expected{audit.Altered, 7, "第 7 条记录被改动"}},
		{"an entry is removed", []string{"DELETE FROM audit_entries WHERE sequence = 12"},
			expected{audit.Removed, 12, "第 12 条记录被删除"}},
		{"an entry is removed and the rest renumbered", append([]string{"DELETE FROM audit_entries WHERE sequence = 12"}, renumber(13, -1)...),
			expected{audit.Replaced, 12, "原第 13 条记录被改号顶替"}},
		{"the first entry is removed", []string{"DELETE FROM audit_entries WHERE sequence = 1"},
			expected{audit.Removed, 1, "第 1 条记录被删除"}},
		{"an entry is inserted", append(renumber(12, 1), fmt.Sprintf(copied, 12, 3), "UPDATE audit_entries SET request = 'x' WHERE sequence = 12"),
			expected{audit.Inserted, 12, "第 12 条记录是事后插入的"}},
		{"an entry is added at the end", []string{fmt.Sprintf(copied, 41, 3)},
			expected{audit.Inserted, 41, "第 41 条记录是事后插入的"}},
		{"two entries change places", []string{"UPDATE audit_entries SET sequence = 1000000 WHERE sequence = 8",
			"UPDATE audit_entries SET sequence = 8 WHERE sequence = 33", "UPDATE audit_entries SET sequence = 33 WHERE sequence = 1000000"},
			expected{audit.Moved, 8, "第 8 条记录被调换位置，现在排在第 33 条"}},
		{"an entry is moved to the end", []string{"UPDATE audit_entries SET sequence = 41 WHERE sequence = 8"},
			expected{audit.Moved, 8, "现在排在第 41 条"}},
		{"the end is cut off", []string{"DELETE FROM audit_entries WHERE sequence > 25", "UPDATE audit_log SET size = 25",
			fmt.Sprintf("DELETE FROM audit_nodes WHERE position >= %d", 47)},
			expected{audit.CutOff, 26, "第 26 至 30 条记录被截去"}},
		{"entries that no head covers are cut off", []string{"DELETE FROM audit_entries WHERE sequence > 35"},
			expected{audit.Removed, 36, "第 36 条记录被删除"}},
		{"the log's size is altered", []string{"UPDATE audit_log SET size = 39"},
			expected{audit.SizeAltered, 40, "日志登记的条数为 39，实际为 40"}},
		{"a leaf is altered", []string{"UPDATE audit_nodes SET hash = (SELECT n.hash FROM audit_nodes n WHERE n.position = 5) WHERE position = 4"},
			expected{audit.NodeAltered, 0, "记录本身未发现改动"}},
		{"a node is removed", []string{"DELETE FROM audit_nodes WHERE position = 6"},
			expected{audit.NodeAltered, 0, "第 1 至 4 条记录之上的哈希节点被改动或删除"}},
		{"a head is removed", []string{"DELETE FROM audit_heads WHERE number = 2"},
			expected{audit.HeadMissing, 0, "第 3 号树头之前的树头被删除"}},
		{"heads change places", []string{"UPDATE audit_heads SET number = 9 WHERE number = 1", "UPDATE audit_heads SET number = 1 WHERE number = 2",
			"UPDATE audit_heads SET number = 2 WHERE number = 9"},
			expected{audit.HeadAltered, 0, "第 1 号树头的登记内容与签名内容不符"}},
		{"a head is altered", []string{"UPDATE audit_heads SET note = replace(note, 'number 2', 'number 3') WHERE number = 2"},
			expected{audit.HeadUnsigned, 0, "第 2 号树头的签名无效"}},
		{"the origin is altered", []string{"UPDATE audit_log SET origin = 'elsewhere'"},
			expected{audit.OriginAltered, 0, "与公钥所属的"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			onEachDatabase(t, func(t *testing.T, _ string, db *bun.DB) {
				_, key := history(t, db, signing.SHA256Ed25519)
				disarm(t, db)
				do(t, db, tt.statements...)
				report := verified(t, db, key)
				if report.OK() {
					t.Fatal("nothing was found")
				}
				first := report.Problems[0]
				if first.Code != tt.want.code || report.FirstEntry() != tt.want.sequence || !strings.Contains(first.Message("zh"), tt.want.zh) {
					t.Errorf("%s at %d: %s\nwant %s at %d: %s", first.Code, report.FirstEntry(), first.Message("zh"),
						tt.want.code, tt.want.sequence, tt.want.zh)
				}
			})
		})
	}
}

// Who alters an entry and computes the whole tree anew is caught by the heads, which say between which two.
func TestARewrittenTreeDoesNotFitItsHeads(t *testing.T) {
	onEachDatabase(t, func(t *testing.T, _ string, db *bun.DB) {
		_, key := history(t, db, signing.SHA256Ed25519)
		notes, err := audit.Heads(t.Context(), db, 0, 10)
		if err != nil || len(notes) != 3 {
			t.Fatalf("%d heads (%v)", len(notes), err)
		}
		rewrite(t, db)
		report := verified(t, db, key)
		if report.OK() || report.Problems[0].Code != audit.Rewritten || report.FirstEntry() != 11 {
			t.Errorf("%+v, want entries 11 to 20 rewritten", report.Problems)
		}
		// With the heads gone too, only what was kept elsewhere tells.
		do(t, db, "DELETE FROM audit_heads")
		if report := verified(t, db, key); !report.OK() || report.Heads != 0 {
			t.Fatalf("without heads: %+v", report.Problems)
		}
		report = verified(t, db, key, notes[2], notes[0])
		if report.OK() || report.Problems[0].Code != audit.KnownUnfit || report.FirstEntry() != 11 {
			t.Errorf("%+v, want entries 11 to 30 not to continue the known head", report.Problems)
		}
	})
}

// rewrite alters entry 15 and makes a new tree over all entries.
func rewrite(t *testing.T, db *bun.DB) {
	t.Helper()
	entries, err := audit.Entries(t.Context(), db, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	disarm(t, db)
	do(t, db, "UPDATE audit_entries SET actor_id = 'u-9' WHERE sequence = 15", "DELETE FROM audit_nodes")
	entries[14].Actor.ID = "u-9"
	edge := newEdge(signing.SHA256Ed25519)
	position := 0
	for _, entry := range entries {
		line, err := entry.Encode()
		if err != nil {
			t.Fatal(err)
		}
		for _, node := range edge.Push(signing.SHA256Ed25519.Hashing().Leaf(line)) {
			if _, err := db.NewRaw("INSERT INTO audit_nodes VALUES (?, ?)", position, node[:]).Exec(t.Context()); err != nil {
				t.Fatal(err)
			}
			position++
		}
	}
}
