// Package wordfile hands out official documents as Word files.
package wordfile

import (
	"bytes"
	"fmt"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"luoshi/office/docx"
	"luoshi/office/paper"
)

// MediaType is that of Word files.
const MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// Serve hands out a document under a name without its ending. Nothing is written where it cannot be made.
func Serve(w http.ResponseWriter, name string, d paper.Document, o docx.Options) error {
	var file bytes.Buffer
	if err := docx.Write(&file, d, o); err != nil {
		return fmt.Errorf("make %s: %w", name, err)
	}
	h := w.Header()
	h.Set("Content-Type", MediaType)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": fileName(name) + ".docx"}))
	h.Set("Content-Length", strconv.Itoa(file.Len()))
	h.Set("Cache-Control", "private, no-store")
	if _, err := w.Write(file.Bytes()); err != nil {
		return fmt.Errorf("hand out %s: %w", name, err)
	}
	return nil
}

// fileName is a name that every system takes.
func fileName(name string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`\/:*?"<>|`, r) {
			return ' '
		}
		return r
	}, name))
}
