package orders_test

import (
	"net/http"
	"strings"
	"testing"

	"luoshi/document"
	"luoshi/internal/web/webtest"
	"luoshi/internal/web/wordfile"
)

// readSheet opens an order's sheet as a Word file and looks for lines in it.
func readSheet(t *testing.T, c *webtest.Client, path string, lines ...string) string {
	t.Helper()
	answer := c.Get(path).Want(http.StatusOK)
	if got := answer.Header.Get("Content-Type"); got != wordfile.MediaType {
		t.Errorf("%s is %s", path, got)
	}
	read := have[*document.Document](t)(document.Open(t.Context(), "sheet.docx", []byte(answer.Body), document.Options{}))
	for _, line := range lines {
		if !strings.Contains("\n"+read.Text, "\n"+line+"\n") {
			t.Errorf("no line %q in\n%s", line, read.Text)
		}
	}
	return read.Text
}
