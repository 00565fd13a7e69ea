package audit_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"luoshi/internal/audit"
	"luoshi/internal/audit/signing"
)

// writerEnv makes the test binary a writer that goes on until it is killed. Its value is the path of the key, the
// number that its requests begin with and the address of the database, separated by bars.
const writerEnv = "LUOSHI_AUDIT_WRITER"

// writeUntilKilled does work from eight goroutines at once and prints each request that is committed.
func writeUntilKilled(order string) {
	parts := strings.SplitN(order, "|", 3)
	err := func() error {
		first, err := strconv.Atoi(parts[1])
		if err != nil {
			return err
		}
		key, err := signing.LoadKey(parts[0])
		if err != nil {
			return err
		}
		db, err := open(parts[2])
		if err != nil {
			return err
		}
		log, err := audit.Open(context.Background(), db, origin, key.Public().Suite(), time.Now)
		if err != nil {
			return err
		}
		var group sync.WaitGroup
		for writer := range 8 {
			group.Go(func() { write(db, log, key, first+writer*100_000) })
		}
		group.Wait()
		return nil
	}()
	fmt.Fprintln(os.Stderr, err)
}

func write(db *bun.DB, log *audit.Log, key *signing.Key, first int) {
	ctx := context.Background()
	for n := first; ; n++ {
		if err := useCase(ctx, db, log, n, nil); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return
		}
		// One write of a line this short to a pipe is whole or not there.
		fmt.Fprintf(os.Stdout, "r-%d\n", n)
		if n%20 == 0 {
			if _, err := sign(ctx, db, log, key); err != nil {
				fmt.Fprintln(os.Stderr, err)
				return
			}
		}
	}
}

// A process is killed in the middle of its writing, again and again. What it had acknowledged is there, whole; what
// it had not is there whole or not at all; and the log verifies. LUOSHI_KILLS says how often.
func TestNothingAcknowledgedIsLostWhenKilled(t *testing.T) {
	kills := 4
	if more, err := strconv.Atoi(os.Getenv("LUOSHI_KILLS")); err == nil {
		kills = more
	}
	onEachDatabase(t, func(t *testing.T, dsn string, db *bun.DB) {
		do(t, db, work)
		key, path := keyFile(t)
		begun(t, db, key.Public().Suite())
		acknowledged := map[string]bool{}
		for kill := range kills {
			for _, request := range killAfter(t, fmt.Sprintf("%s|%d|%s", path, (kill+1)*1_000_000, dsn), 60+37*kill) {
				acknowledged[request] = true
			}
			afterKill(t, dsn, key, acknowledged)
		}
		t.Logf("%d kills, %d acknowledged", kills, len(acknowledged))
	})
}

// afterKill opens the database anew and looks at it in one snapshot: PostgreSQL may still be busy with what the
// killed process had sent last.
func afterKill(t *testing.T, dsn string, key *signing.Key, acknowledged map[string]bool) {
	t.Helper()
	db, err := open(dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	entries, err := inSnapshot(t.Context(), db, func(_ context.Context, tx bun.IDB) (map[string]bool, error) {
		entries := logged(t, tx)
		sameSet(t, entries, worked(t, tx))
		return entries, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for request := range acknowledged {
		if !entries[request] {
			t.Errorf("%s was acknowledged and is lost", request)
		}
	}
	if report := verified(t, db, key); !report.OK() || report.Entries < int64(len(entries)) || report.Heads == 0 {
		t.Errorf("%d entries, %d heads: %+v", report.Entries, report.Heads, report.Problems)
	}
}

func keyFile(t *testing.T) (*signing.Key, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "audit.key")
	key, err := signing.LoadOrGenerate(path, signing.SHA256Ed25519, origin)
	if err != nil {
		t.Fatal(err)
	}
	return key, path
}

// killAfter starts a writer, kills it after so many acknowledged requests and returns all that it acknowledged.
func killAfter(t *testing.T, order string, count int) []string {
	t.Helper()
	command := exec.CommandContext(t.Context(), os.Args[0])
	command.Env = append(os.Environ(), writerEnv+"="+order)
	command.Stderr = os.Stderr
	output, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	var requests []string
	lines := bufio.NewScanner(output)
	for lines.Scan() {
		requests = append(requests, lines.Text())
		if len(requests) == count {
			if err := command.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := command.Wait(); err == nil || len(requests) < count {
		t.Fatalf("the writer ended by itself after %d requests: %v", len(requests), err)
	}
	return requests
}
