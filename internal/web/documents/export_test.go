package documents_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"luoshi/internal/service/catalogue"
)

func TestTheListIsTakenOutAsAWorkbook(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.upload(t, map[string]string{"工作安排.txt": plan})
		r.upload(t, map[string]string{"说明.txt": "关于望溪区工作安排的说明。"})
		r.work(t)
		answer := r.Office().Get("/documents.xlsx?state=done&words=工作安排.txt").Want(http.StatusOK)
		file, err := excelize.OpenReader(strings.NewReader(answer.Body))
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		rows, err := file.GetRows(file.GetSheetName(0))
		if err != nil || len(rows) != 2 || rows[0][1] != "文件名" || rows[1][0] != "望溪区2026年政府工作安排" || rows[1][2] != "计划类" {
			t.Errorf("%q, %v", rows, err)
		}
		if got := r.Entries(t, "exports", "/documents"); len(got) != 1 {
			t.Errorf("the log has %v", got)
		}
	})
}

func TestTheListOpensAsTheViewThatWasChosen(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		_, err := catalogue.New(r.Core).SaveView(r.Fixture.As(t.Context(), "supervising-office", r.Government.ID), catalogue.NewView{
			Page: "/documents", Name: "已识别的", Query: "state=done", Default: true,
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Office().Get("/documents").Want(http.StatusOK, "已识别的", "保存的视图").Path; got != "/documents?state=done" {
			t.Errorf("the list opens at %s", got)
		}
	})
}
