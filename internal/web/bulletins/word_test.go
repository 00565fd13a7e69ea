package bulletins_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"luoshi/document"
	uses "luoshi/internal/service/bulletin"
	"luoshi/internal/web/webtest"
	"luoshi/internal/web/wordfile"
)

// TestABulletinAsAWordFile: who may read a bulletin may have it, and one that is not published says so.
func TestABulletinAsAWordFile(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		office, head := o.Office(), o.As("unit-head", o.Bureau.ID)
		path := func(v uses.View) string { return "/bulletins/" + string(v.ID) + "/paper.docx" }

		draft := path(o.drafted(t))
		head.Get(draft).Want(http.StatusForbidden)
		if text := word(t, office, draft); !strings.Contains(text, "草稿") || strings.Contains(text, "督通〔2026〕") {
			t.Errorf("the draft says\n%s", text)
		}

		issued := path(o.issued(t))
		office.Get(strings.TrimSuffix(issued, "/paper.docx")).Want(http.StatusOK, issued)
		text := word(t, head, issued)
		for _, line := range []string{"督查通报", "第一期", "督通〔2026〕1号", "一、总体进展情况", "2026年7月6日"} {
			if !strings.Contains("\n"+text, "\n"+line+"\n") {
				t.Errorf("no line %q in\n%s", line, text)
			}
		}
		if strings.Contains(text, "草稿") {
			t.Error("a published bulletin calls itself a draft")
		}
		if noted := o.Entries(t, "exports", issued); !slices.Equal(noted, []string{"bulletin.read"}) {
			t.Errorf("that it was taken out is in the log as %v", noted)
		}
	})
}

// word is the text of a Word file.
func word(t *testing.T, c *webtest.Client, path string) string {
	t.Helper()
	answer := c.Get(path).Want(http.StatusOK)
	if got := answer.Header.Get("Content-Type"); got != wordfile.MediaType {
		t.Errorf("%s is %s", path, got)
	}
	return have[*document.Document](t)(document.Open(t.Context(), "bulletin.docx", []byte(answer.Body), document.Options{})).Text
}
