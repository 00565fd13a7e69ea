package documents

import (
	"net/http"
	"strconv"

	"luoshi/internal/web/documents/marked"
	"luoshi/internal/web/page"
)

// asked marks the passage that an address names by its code points, ?at=12&end=30#mark, so that a page which quotes a
// document can lead to the very words. An address that names none marks nothing.
func asked(r *http.Request, length int) []marked.Mark {
	at, begins := strconv.Atoi(r.URL.Query().Get("at"))
	end, ends := strconv.Atoi(r.URL.Query().Get("end"))
	if begins != nil || ends != nil || at < 0 || end <= at || end > length {
		return nil
	}
	return []marked.Mark{{At: at, End: end, Class: "mark", Label: page.T(r.Context(), "documents.quoted"), Href: "#mark", ID: "mark"}}
}
