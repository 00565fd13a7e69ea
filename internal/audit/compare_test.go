package audit_test

import (
	"testing"

	"github.com/uptrace/bun"

	"luoshi/internal/audit"
	"luoshi/internal/audit/signing"
)

func TestAnObjectIsHeldAgainstItsLastEntry(t *testing.T) {
	onEachDatabase(t, func(t *testing.T, _ string, db *bun.DB) {
		log, _ := history(t, db, signing.SM3SM2)
		gone := amended(6)
		gone.Object.ID, gone.Before, gone.After = "c-gone", object{"id": "c-gone"}, nil
		if _, err := appendTo(t.Context(), db, log, gone); err != nil {
			t.Fatal(err)
		}
		for _, tt := range []struct {
			name, id string
			value    any
			want     string
		}{
			{"as it was left", "c-3", commitment{"c-3", "新建口袋公园 6 个", "2026-09-30"}, ""},
			{"a figure altered", "c-3", commitment{"c-3", "新建口袋公园 5 个", "2026-09-30"},
				"commitment c-3 与日志不符：它被绕过系统改动过，不是第 39 条记录写入后的样子。"},
			{"as it was earlier", "c-3", commitment{"c-3", "新建口袋公园 6 个", "2026-06-30"},
				"commitment c-3 与日志不符：它被绕过系统改动过，不是第 39 条记录写入后的样子。"},
			{"deleted past the log", "c-3", nil, "commitment c-3 与日志不符：它被绕过系统改动过，不是第 39 条记录写入后的样子。"},
			{"deleted through it", "c-gone", nil, ""},
			{"there again", "c-gone", object{"id": "c-gone"}, "commitment c-gone 与日志不符：它被绕过系统改动过，不是第 41 条记录写入后的样子。"},
			{"never written", "c-new", object{"id": "c-new"}, "commitment c-new 在日志中没有任何记录：它不是由系统写入的。"},
			{"never there", "c-new", nil, ""},
		} {
			problem, err := log.Compare(t.Context(), db, audit.Object{Kind: "commitment", ID: tt.id}, tt.value)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			if problem != nil {
				got = problem.Message("zh")
			}
			if got != tt.want {
				t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
			}
		}
	})
}
