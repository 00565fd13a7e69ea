package intake_test

import (
	"bytes"
	"strings"
	"testing"

	"luoshi/document"
	"luoshi/internal/service"
	"luoshi/internal/service/intake"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/tasktable"
)

const table = `序号,任务,目标,牵头单位,责任单位,完成时限
一、民生,,,,,
1,新增养老床位,新增养老床位200张以上,区民政局,清河街道办事处,2026年6月底
2,建成望溪湿地公园,,清河街道办事处,,12月底前
3,没人认领的任务,,区没有的局,,年底
4,,,区民政局,,年底
5,开展巡查12次,,区民政局,,说不清
`

func TestATaskTableIsPreviewed(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		digest := r.bring(t, "任务分解表.csv", []byte(table))
		p, err := r.Preview(r.ctx, intake.Import{Document: digest, Plan: r.Plan.ID})
		if err != nil || p.Good != 2 || p.Refused != 3 || p.Year != 2026 || len(p.Sheets) != 1 {
			t.Fatalf("got %+v, %v", p, err)
		}
		if found := p.Rows[2].Of(tasktable.Lead); len(found) != 1 || found[0].Code != "lead.unknown" || p.Rows[2].Line != 5 {
			t.Errorf("got %+v", p.Rows[2])
		}
		p.Mapping[3] = tasktable.Ignored
		p, err = r.Preview(r.ctx, intake.Import{Document: digest, Plan: r.Plan.ID, Mapping: p.Mapping})
		if err != nil || p.Good != 3 {
			t.Errorf("with another mapping: %+v, %v", p, err)
		}
		for _, i := range []intake.Import{{Document: digest, Sheet: 1}, {Document: digest, Sheet: -1}} {
			if _, err := r.Preview(r.ctx, i); !service.HasCode(err, "table.none") {
				t.Errorf("got %v", err)
			}
		}
		if _, err := r.Preview(r.ctx, intake.Import{Document: r.bring(t, "plan.txt", []byte(plan))}); !service.HasCode(err, "table.none") {
			t.Errorf("got %v", err)
		}
	})
}

func TestGoodRowsEnterThePlan(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		digest := r.bring(t, "任务分解表.csv", []byte(table))
		before, err := r.Store().Commitments().Count(t.Context(), store.InPlan(r.Plan.ID))
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := r.Import(r.As(t.Context(), "unit-head", r.Bureau.ID), intake.Import{Document: digest, Plan: r.Plan.ID}); !isRefused(err) {
			t.Errorf("the head of a unit imports: %v", err)
		}
		id, entered, err := r.Import(r.ctx, intake.Import{Document: digest, Plan: r.Plan.ID})
		if err != nil || id != r.Plan.ID || entered.Commitments != 2 || entered.Projects != 1 {
			t.Fatalf("got %+v, %v", entered, err)
		}
		all, err := service.All(t.Context(), r.Store().Commitments().List, store.InPlan(id))
		if err != nil || int64(len(all)) != before+2 {
			t.Fatalf("%d commitments, %v", len(all), err)
		}
		beds := all[len(all)-2].Value
		if beds.Lead != r.Bureau.ID || beds.Cooperating[0] != r.Street.ID || beds.Section != 3 || beds.Number != "2026-002" {
			t.Errorf("got %+v", beds)
		}
		if beds.Source()[0].Document() != digest || beds.Source()[0].Wording() != "新增养老床位" {
			t.Errorf("its source is %+v", beds.Source())
		}
		if _, _, err := r.Import(r.ctx, intake.Import{Document: digest, Plan: r.Plan.ID}); !service.HasCode(err, "table.imported") {
			t.Errorf("it is imported twice: %v", err)
		}
		other := r.bring(t, "other.csv", []byte("任务,牵头单位\n,区民政局\n,区财政局\n"))
		if _, _, err := r.Import(r.ctx, intake.Import{Document: other, Plan: r.Plan.ID}); !service.HasCode(err, "table.no_rows") {
			t.Errorf("got %v", err)
		}
		mapping := tasktable.Mapping{tasktable.Ignored, tasktable.Lead}
		if _, _, err := r.Import(r.ctx, intake.Import{Document: other, Plan: r.Plan.ID, Mapping: mapping}); !service.HasCode(err, "table.no_task") {
			t.Errorf("got %v", err)
		}
	})
}

// exported is the task table of a plan as it is read back.
func (r *room) exported(t *testing.T, id ledger.PlanID) ([]byte, [][]string) {
	t.Helper()
	var file bytes.Buffer
	if err := r.Export(r.ctx, id, &file); err != nil {
		t.Fatal(err)
	}
	doc, err := document.Open(t.Context(), "table.xlsx", file.Bytes(), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for _, row := range tasktable.Sheets(doc)[0].Rows {
		var texts []string
		for _, cell := range row.Cells {
			texts = append(texts, cell.Text)
		}
		rows = append(rows, texts)
	}
	return file.Bytes(), rows
}

func TestAPlanGoesOutAsATableAndComesBack(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		file, before := r.exported(t, r.Plan.ID)
		r.comesBack(t, file, before)
		digest := r.bringFile(t, "examples/2026-plan.txt")
		id, err := r.OpenReview(r.ctx, intake.Opening{Document: digest})
		if err != nil {
			t.Fatal(err)
		}
		r.acceptAll(t, id, digest)
		if _, err := r.Enter(r.ctx, id, digest); err != nil {
			t.Fatal(err)
		}
		file, before = r.exported(t, id)
		if len(before) < 80 {
			t.Fatalf("%d rows", len(before))
		}
		r.comesBack(t, file, before)
	})
}

// comesBack imports an exported table into a new plan and compares the rows of both.
func (r *room) comesBack(t *testing.T, file []byte, before [][]string) {
	t.Helper()
	digest := r.bring(t, "table.xlsx", file)
	id, entered, err := r.Import(r.ctx, intake.Import{Document: digest, Title: "回读", Year: 2026})
	if err != nil || entered.Commitments != len(before) {
		t.Fatalf("%d of %d rows come back, %v", entered.Commitments, len(before), err)
	}
	_, after := r.exported(t, id)
	for i, row := range before {
		if got, want := strings.Join(after[i], "|"), strings.Join(row, "|"); got != want {
			t.Errorf("row %d comes back as\n%s\nand was\n%s", i+1, got, want)
		}
	}
}
