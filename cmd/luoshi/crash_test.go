package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/audit"
	"luoshi/internal/config"
	"luoshi/internal/service"
	"luoshi/internal/service/planning"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
	"luoshi/ledger"
)

// writerEnv makes the test binary a server that writes until it is killed; its value is an order in JSON.
const writerEnv = "LUOSHI_CRASH_WRITER"

func TestMain(m *testing.M) {
	if order := os.Getenv(writerEnv); order != "" {
		fmt.Fprintln(os.Stderr, writeUntilKilled(context.Background(), order))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// order is what a writer is to do.
type order struct {
	Flags   map[string]string
	At      place
	Writers int
}

// place is what writers work on.
type place struct {
	Plan       ledger.PlanID
	Unit       ledger.UnitID
	Document   ledger.Digest
	Commitment ledger.CommitmentID // that many correct at once
}

// mayWrite are the actions of the use cases that writers run.
var mayWrite = []access.Action{"post.edit", "project.create", "commitment.create", "commitment.correct", "plan.create"}

// writeUntilKilled runs use cases, from many goroutines at once and without an end, and prints what each has
// acknowledged.
func writeUntilKilled(ctx context.Context, text string) error {
	var o order
	if err := json.Unmarshal([]byte(text), &o); err != nil {
		return err
	}
	cfg, err := config.Load(config.Sources{Flags: o.Flags})
	if err != nil {
		return err
	}
	s, err := openServer(ctx, cfg, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	if _, err := s.start(ctx); err != nil {
		return err
	}
	failed := make(chan error)
	for n := range o.Writers {
		go func() {
			for round := 0; ; round++ {
				kind, id, err := s.useCase(asCommand(ctx, "write", mayWrite...), o.At, n, round)
				if store.IsConflict(err) {
					continue // another writer was first, and this one is told so
				}
				if err != nil {
					failed <- err
					return
				}
				// One write of a line this short to a pipe is whole or not there.
				fmt.Fprintf(os.Stdout, "%s %s\n", kind, id)
			}
		}()
	}
	return <-failed
}

// useCase is one of those that writers run, and what it made or changed.
func (s *server) useCase(ctx context.Context, at place, writer, round int) (kind, id string, err error) {
	name := fmt.Sprintf("第%d-%d项", writer, round)
	switch (writer + round) % 4 {
	case 0:
		id, err := s.catalogue.AddPost(ctx, ledger.Post{Unit: at.Unit, Title: name})
		return "posts", string(id), err
	case 1:
		id, err := s.catalogue.AddProject(ctx, ledger.Project{
			Plan: at.Plan, Number: store.NewID[string](s.store), Name: name, Category: ledger.CityRenewal, Stage: ledger.Ongoing, Lead: at.Unit,
			Start: calendar.Date{Year: 2026, Month: 1, Day: 15},
		})
		return "projects", string(id), err
	case 2:
		added, err := s.planning.AddCommitment(ctx, planning.NewCommitment{
			Plan: at.Plan, Document: at.Document, At: 0, End: 12, Correction: planning.Correction{Title: &name},
		})
		return "commitments", string(added.Value.ID), err
	}
	seen, err := s.store.Commitments().Get(ctx, string(at.Commitment))
	if err == nil {
		_, err = s.planning.Correct(ctx, at.Commitment, planning.Correction{Title: &name}, seen.Revision)
	}
	return "commitments", string(at.Commitment), err
}

// crashing is a server that is to be killed.
type crashing struct {
	flags        map[string]string
	at           place
	acknowledged []string
}

// settledPlan makes a server with a plan to work on.
func settledPlan(t *testing.T, dsn string) *crashing {
	t.Helper()
	cfg := testConfig(t, dsn, nil)
	c := &crashing{flags: map[string]string{"db": dsn, "data": cfg.Data(), "listen": "127.0.0.1:0", "public-url": cfg.PublicURL()}}
	s := openedServer(t, cfg)
	defer s.close()
	if _, err := s.identity.Begin(t.Context()); err != nil {
		t.Fatal(err)
	}
	district, ctx := storetest.Settle(t, s.store), asCommand(t.Context(), "write", mayWrite...)
	if _, err := s.blobs.Put(ctx, strings.NewReader(district.Document.Text), district.Document.Digest); err != nil {
		t.Fatal(err)
	}
	plan, err := s.planning.CreatePlan(ctx, planning.NewPlan{Government: district.Government.ID, Year: 2026, Title: "测试计划"})
	if err != nil {
		t.Fatal(err)
	}
	withSource := plan.Value
	withSource.Sources = district.Plan.Sources
	if _, err := s.store.Plans().Change(ctx, withSource, plan.Revision); err != nil {
		t.Fatal(err)
	}
	c.at = place{Plan: plan.Value.ID, Unit: district.Bureau.ID, Document: district.Document.Digest}
	_, id, err := s.useCase(ctx, c.at, 2, 0)
	if err != nil {
		t.Fatal(err)
	}
	c.at.Commitment = ledger.CommitmentID(id)
	return c
}

// writeDuring runs a writer, calls meanwhile once so many writes were acknowledged, and kills it.
func (c *crashing) writeDuring(t *testing.T, writers, count int, meanwhile func()) {
	t.Helper()
	text, err := json.Marshal(order{Flags: c.flags, At: c.at, Writers: writers})
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), os.Args[0])
	command.Env = append(os.Environ(), writerEnv+"="+string(text))
	command.Stderr = os.Stderr
	output, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	lines, before := bufio.NewScanner(output), len(c.acknowledged)
	var killing sync.WaitGroup
	for lines.Scan() {
		c.acknowledged = append(c.acknowledged, lines.Text())
		if len(c.acknowledged)-before == count {
			killing.Go(func() {
				meanwhile()
				if err := command.Process.Kill(); err != nil {
					t.Error(err)
				}
			})
		}
	}
	killing.Wait()
	if err := command.Wait(); err == nil || len(c.acknowledged)-before < count {
		t.Fatalf("the writer ended by itself after %d writes: %v", len(c.acknowledged)-before, err)
	}
}

// expectWhole opens the server as after any stop, and holds every record against the log and the log against the
// records.
func (c *crashing) expectWhole(t *testing.T, flags map[string]string, acknowledged []string) {
	t.Helper()
	cfg, err := config.Load(config.Sources{Flags: flags})
	if err != nil {
		t.Fatal(err)
	}
	s := openedServer(t, cfg)
	defer s.close()
	err = s.store.Snapshot(t.Context(), func(ctx context.Context, tx bun.Tx) error {
		report, err := audit.Verify(ctx, tx, s.keyring())
		if err != nil || !report.OK() {
			t.Errorf("the log does not verify: %+v, %v", report, err)
		}
		logged := map[string]int64{}
		for after := int64(0); ; {
			entries, err := audit.Entries(ctx, tx, after, 500)
			if err != nil {
				return err
			}
			for _, e := range entries {
				logged[e.Object.Kind+" "+e.Object.ID]++
				after = e.Sequence
			}
			if len(entries) == 0 {
				break
			}
		}
		for _, ack := range acknowledged {
			if logged[ack] == 0 {
				t.Errorf("%s was acknowledged and is not in the log", ack)
			}
		}
		return s.expectRecords(ctx, t, tx, logged)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// expectRecords holds records against the log: each is as its last entry left it, has one revision for every entry,
// and no entry speaks of a record that is not there.
func (s *server) expectRecords(ctx context.Context, t *testing.T, tx bun.Tx, logged map[string]int64) error {
	t.Helper()
	found := map[string]bool{}
	look := func(kind, id string, value any, revision int64) {
		key := kind + " " + id
		if found[key] = true; logged[key] == 0 {
			return // was there before the log began
		}
		problem, err := s.core.Log().Compare(ctx, tx, audit.Object{Kind: kind, ID: id}, value)
		if err != nil || problem != nil || revision != logged[key] {
			t.Errorf("%s is at revision %d after %d entries: %v, %v", key, revision, logged[key], problem, err)
		}
	}
	posts, err := service.All(ctx, s.store.Posts().List)
	if err != nil {
		return err
	}
	for _, r := range posts {
		look("posts", string(r.Value.ID), r.Value, r.Revision)
	}
	projects, err := service.All(ctx, s.store.Projects().List)
	if err != nil {
		return err
	}
	for _, r := range projects {
		look("projects", string(r.Value.ID), r.Value, r.Revision)
	}
	commitments, err := service.All(ctx, s.store.Commitments().List)
	if err != nil {
		return err
	}
	for _, r := range commitments {
		look("commitments", string(r.Value.ID), r.Value, r.Revision)
	}
	for key := range logged {
		kind, _, _ := strings.Cut(key, " ")
		if slices.Contains([]string{"posts", "projects", "commitments"}, kind) && !found[key] {
			t.Errorf("the log speaks of %s, which is not there", key)
		}
	}
	return nil
}

// kills is how often a server is killed; LUOSHI_KILLS says otherwise.
func kills(usual int) int {
	if more, err := strconv.Atoi(os.Getenv("LUOSHI_KILLS")); err == nil {
		return more
	}
	return usual
}

// A server is killed in the middle of a thousand writes at once, again and again. What it had acknowledged is there;
// nothing is there by half; and the log verifies.
func TestNothingAcknowledgedIsLostWhenTheServerIsKilled(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		c := settledPlan(t, dsn)
		for kill := range kills(2) {
			c.writeDuring(t, 1000, 100+(kill*173)%900, func() {})
			c.expectWhole(t, c.flags, c.acknowledged)
		}
		t.Logf("%d kills, %d writes acknowledged", kills(2), len(c.acknowledged))
	})
}

// A backup that is taken while others write is restored to the head that it was taken at, whole.
func TestABackupUnderLoadRestoresToItsHead(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		t.Setenv("LUOSHI_LANG", "")
		c, file := settledPlan(t, dsn), filepath.Join(t.TempDir(), "luoshi.zip")
		flags := []string{"--db", dsn, "--data", c.flags["data"], "--public-url", c.flags["public-url"]}
		known := 0
		c.writeDuring(t, 50, 200, func() {
			known = 200
			expect(t, execute(t, nil, with("backup", flags, file)...), statusDone, "读回核对无误")
		})
		for _, into := range []string{storetest.SQLite(t), storetest.Postgres(t)} {
			place := map[string]string{"db": into, "data": filepath.Join(t.TempDir(), "restored"), "listen": "127.0.0.1:0", "public-url": c.flags["public-url"]}
			restored := execute(t, nil, "restore", file, "--db", into, "--data", place["data"])
			expect(t, restored, statusDone, "校验通过")
			c.expectWhole(t, place, c.acknowledged[:known])
		}
	})
}
