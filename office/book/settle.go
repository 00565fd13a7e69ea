package book

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// types names the part that tells what the other parts are.
const types = "[Content_Types].xml"

var typed = regexp.MustCompile(`(?s)<(Default|Override)\b[^>]*?(/>|>\s*</(Default|Override)>)`)

// settle writes a workbook's parts in the order of their names: the library writes them as chance has it, and one
// document is to make the same bytes each time.
func settle(w io.Writer, made []byte) error {
	from, err := zip.NewReader(bytes.NewReader(made), int64(len(made)))
	if err != nil {
		return fmt.Errorf("read the workbook again: %w", err)
	}
	slices.SortFunc(from.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	to := zip.NewWriter(w)
	for _, f := range from.File {
		if f.Name == types {
			err = settleTypes(to, f)
		} else {
			err = to.Copy(f)
		}
		if err != nil {
			return fmt.Errorf("settle part %s: %w", f.Name, err)
		}
	}
	return to.Close()
}

// settleTypes sorts the types of parts: their order means nothing.
func settleTypes(to *zip.Writer, f *zip.File) error {
	in, err := f.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	text, err := io.ReadAll(in)
	if err != nil {
		return err
	}
	entries := typed.FindAll(text, -1)
	slices.SortFunc(entries, bytes.Compare)
	sorted := typed.ReplaceAllFunc(text, func([]byte) []byte {
		first := entries[0]
		entries = entries[1:]
		return first
	})
	out, err := to.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate})
	if err != nil {
		return err
	}
	_, err = out.Write(sorted)
	return err
}
