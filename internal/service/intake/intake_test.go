package intake_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"luoshi/internal/service"
	"luoshi/internal/service/intake"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/store/blob"
	"luoshi/ledger"
	rules "luoshi/ledger/intake"
)

// room is a district with the use cases of intake.
type room struct {
	*servicetest.Fixture
	*intake.Service
	blobs *blob.Folder
	ctx   context.Context // of the supervising office
	done  int             // tasks of the queue that have been done
}

// each runs a test on both databases.
func each(t *testing.T, test func(t *testing.T, r *room)) {
	t.Helper()
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
		blobs, err := blob.NewFolder(t.TempDir(), sha256.New)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = blobs.Close() })
		test(t, &room{Fixture: f, Service: intake.New(f.Core, blobs, intake.Options{}), blobs: blobs, ctx: f.Office(t.Context())})
	}, intake.Room())
}

// job is a context of the job that reads.
func job(ctx context.Context) context.Context {
	return service.As(ctx, service.Caller{System: "job: " + intake.ReadKind, May: intake.ReadMay})
}

// work does the tasks that were asked for.
func (r *room) work(t *testing.T) {
	t.Helper()
	tasks := r.Queue.Tasks()
	for _, task := range tasks[r.done:] {
		args, err := json.Marshal(task.Args)
		if err != nil {
			t.Fatal(err)
		}
		if task.Kind != intake.ReadKind {
			t.Fatalf("unknown work %q", task.Kind)
		}
		if err := r.Read(job(t.Context()), args); err != nil {
			t.Fatal(err)
		}
	}
	r.done = len(tasks)
}

// bring uploads a file and has it read.
func (r *room) bring(t *testing.T, name string, data []byte) ledger.Digest {
	t.Helper()
	uploaded, err := r.Upload(r.ctx, name, bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	r.work(t)
	return uploaded.Document.Value.Digest
}

// bringFile is bring of a file below the project's folder; the test is skipped where it is absent.
func (r *room) bringFile(t *testing.T, path string) ledger.Digest {
	t.Helper()
	return r.bring(t, filepath.Base(path), fileOf(t, path))
}

func fileOf(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../../..", path))
	if os.IsNotExist(err) {
		t.Skipf("%s is not here", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	return data
}

const plan = `望溪区2026年政府工作安排
一、办好民生实事
新增养老床位300张以上。9月底前建成社区食堂12个。
二、扩大投资
建成望溪湿地公园，总投资9000万元。（牵头单位：区民政局）
地区生产总值增长6%左右。
`

// review opens the review of the small plan for a new plan.
func (r *room) review(t *testing.T) (ledger.PlanID, ledger.Digest) {
	t.Helper()
	digest := r.bring(t, "plan.txt", []byte(plan))
	id, err := r.OpenReview(r.ctx, intake.Opening{Document: digest})
	if err != nil {
		t.Fatal(err)
	}
	return id, digest
}

// step takes the next step of a review.
func (r *room) step(t *testing.T, id ledger.PlanID, digest ledger.Digest, event rules.Event) *intake.Desk {
	t.Helper()
	desk, err := r.Desk(r.ctx, id, digest)
	if err != nil {
		t.Fatal(err)
	}
	event.Number = desk.Next()
	desk, err = r.Take(r.ctx, id, digest, event)
	if err != nil {
		t.Fatal(err)
	}
	return desk
}

// acceptAll accepts every item of a review.
func (r *room) acceptAll(t *testing.T, id ledger.PlanID, digest ledger.Digest) *intake.Desk {
	t.Helper()
	desk, err := r.Desk(r.ctx, id, digest)
	if err != nil {
		t.Fatal(err)
	}
	var all []rules.ItemID
	for _, item := range desk.Review.Items() {
		all = append(all, item.ID)
	}
	return r.step(t, id, digest, rules.Event{Op: rules.Accept, Items: all})
}
