// Command generate turns the example sources (HTML with headings, paragraphs and tables) into a plain
// text, a workbook of their tables, and a page made up for printing, from which an office program makes
// the Word file and the PDF.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	out := flag.String("out", "examples", "folder for .txt and .xlsx")
	pages := flag.String("pages", "out/examples", "folder for the pages to print")
	flag.Parse()
	for _, name := range flag.Args() {
		if err := generate(name, *out, *pages); err != nil {
			fmt.Fprintf(os.Stderr, "generate: %v\n", err)
			os.Exit(1)
		}
	}
}

// generate writes everything that comes of one source. A source called NAME-tasks.html is a table
// alone and becomes NAME.xlsx only.
func generate(path, out, pages string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	source, err := parse(file)
	if err != nil {
		return fmt.Errorf("parse %s: %w", path, err)
	}
	name := strings.TrimSuffix(filepath.Base(path), ".html")
	name, tableOnly := strings.CutSuffix(name, "-tasks")
	if len(source.tables()) > 0 {
		if err := writeWorkbook(filepath.Join(out, name+".xlsx"), source); err != nil {
			return fmt.Errorf("write workbook of %s: %w", path, err)
		}
	}
	if tableOnly {
		return nil
	}
	if err := os.WriteFile(filepath.Join(out, name+".txt"), []byte(source.plainText()), 0o644); err != nil {
		return err
	}
	if err := os.MkdirAll(pages, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(pages, name+".html"), []byte(source.page()), 0o644)
}
