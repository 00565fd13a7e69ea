package reading

import (
	"context"
	"fmt"
	"luoshi/document"
	"os"
	"path/filepath"
	"testing"
)

func TestCount(t *testing.T) {
	ps, _ := filepath.Glob("/work/shared/corpus/*/*.txt")
	n, tok, words, steps, segs, cl := 0, 0, 0, 0, 0, 0
	for _, p := range ps {
		b, _ := os.ReadFile(p)
		d, _ := document.Open(context.Background(), p, b, document.Options{})
		n += len([]rune(d.Text))
		x := newLexer(d.Text)
		for i := range d.Blocks {
			x.run(d.Blocks[i].Start, d.Blocks[i].End)
			tok += len(x.tokens)
			for _, k := range x.tokens {
				if k.kind == word {
					words++
				}
				if k.kind == comma || k.kind == stop || k.kind == semicolon {
					segs++
				}
			}
		}
		cl += len(Read(d, Options{}).Clauses)
	}
	fmt.Println(n, tok, words, steps, segs, cl)
}
func BenchmarkLex(b *testing.B) {
	ps, _ := filepath.Glob("/work/shared/corpus/*/*.txt")
	var ds []*document.Document
	n := 0
	for _, p := range ps {
		bb, _ := os.ReadFile(p)
		d, _ := document.Open(context.Background(), p, bb, document.Options{})
		ds = append(ds, d)
		n += len(bb)
	}
	b.SetBytes(int64(n))
	for b.Loop() {
		for _, d := range ds {
			x := newLexer(d.Text)
			for i := range d.Blocks {
				x.run(d.Blocks[i].Start, d.Blocks[i].End)
			}
		}
	}
}
func BenchmarkRead(b *testing.B) {
	ps, _ := filepath.Glob("/work/shared/corpus/*/*.txt")
	var ds []*document.Document
	n := 0
	for _, p := range ps {
		bb, _ := os.ReadFile(p)
		d, _ := document.Open(context.Background(), p, bb, document.Options{})
		ds = append(ds, d)
		n += len(bb)
	}
	b.SetBytes(int64(n))
	b.ReportAllocs()
	for b.Loop() {
		for _, d := range ds {
			Read(d, Options{})
		}
	}
}
