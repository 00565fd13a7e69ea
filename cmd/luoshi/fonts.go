package main

import (
	"path/filepath"
	"sync"

	"luoshi/office/font"
)

// fontFolder is where beneath the data folder the administrator may put fonts for printing.
const fontFolder = "fonts"

// fonts finds the fonts with which papers are printed: those of the administrator and those of the system, once and when
// the first paper is printed. Without any the log says which to install where, and papers go without a PDF.
func (s *server) fonts() func() *font.Set {
	return sync.OnceValue(func() *font.Set {
		found, err := font.Find(filepath.Join(s.config.Data(), fontFolder))
		if err != nil {
			s.logger.Warn("no fonts for printing", "error", err)
			return nil
		}
		return found
	})
}
