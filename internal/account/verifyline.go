package account

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math/big"
	"strconv"

	"luoshi/document"
	"luoshi/document/archive"
	"luoshi/document/limit"
	"luoshi/internal/account/align"
	"luoshi/ledger"
)

func negative(d ledger.Decimal) *big.Rat { return new(big.Rat).Neg(d.Rat()) }

// lines sets the lines of the file beside those of the report.
func (v *verifying) lines() {
	want := linesOf(v.content.Paper)
	texts := make([]string, len(want))
	for i, l := range want {
		texts[i], _ = plain(l.text())
	}
	var blocks []document.Block
	var found []string
	for _, b := range v.document.Blocks {
		if text, _ := plain(b.In(v.document.Text)); !b.Furniture && text != "" {
			blocks, found = append(blocks, b), append(found, text)
		}
	}
	for _, p := range align.Lines(texts, found) {
		switch {
		case p.Is < 0:
			v.lost(want[p.Was])
		case p.Was < 0:
			v.came(blocks[p.Is])
		default:
			v.line(want[p.Was], blocks[p.Is])
		}
	}
}

// lost is a line that does not stand in the file.
func (v *verifying) lost(l line) {
	text, figures := l.figuresIn()
	v.Figures += len(figures)
	for _, f := range figures {
		v.differ(Difference{Kind: FigureMissing, Block: l.block, Figure: f.key, Was: f.text})
	}
	if len(figures) == 0 {
		v.differ(Difference{Kind: TextAltered, Block: l.block, Was: text})
	}
}

// came is a line of the file that the report has not.
func (v *verifying) came(b document.Block) {
	v.differ(Difference{Kind: TextAltered, Is: b.In(v.document.Text)})
	v.placed = append(v.placed, placed{Span: b.Span, changed: true})
}

// line sets a line of the file beside that of the report.
func (v *verifying) line(l line, b document.Block) {
	is, at := plain(b.In(v.document.Text))
	was, figures := l.figuresIn()
	v.Figures += len(figures)
	c := align.Differ(was, is)
	altered := false
	var here []placed
	for _, f := range figures {
		start, end := f.Start, f.End
		switch {
		case was == is || f.End < c.Start:
		case f.Start > c.WasEnd:
			start, end = start-c.WasEnd+c.IsEnd, end-c.WasEnd+c.IsEnd
		default:
			altered = true
			v.differ(Difference{
				Kind: FigureAltered, Block: l.block, Figure: f.key, Was: was[min(f.Start, c.Start):max(c.WasEnd, f.End)],
				Is: is[min(f.Start, c.Start):max(c.IsEnd, f.End-c.WasEnd+c.IsEnd)],
			})
			continue
		}
		here = append(here, placed{Span: document.Span{Start: b.Start + at[start], End: b.Start + at[end]}, figure: f.key, block: l.block, changed: f.text != v.content.Figures[f.key].Text})
	}
	if was != is && !altered {
		v.differ(Difference{Kind: TextAltered, Block: l.block, Was: was[c.Start:c.WasEnd], Is: is[c.Start:c.IsEnd]})
	}
	v.placed = append(v.placed, stretches(b.Span, here, l.block, was != is && !altered)...)
}

// stretches are the figures of a line with the words between them.
func stretches(whole document.Span, figures []placed, block string, changed bool) []placed {
	var all []placed
	at := whole.Start
	for _, f := range append(figures, placed{Span: document.Span{Start: whole.End, End: whole.End}}) {
		if f.Start > at {
			all = append(all, placed{Span: document.Span{Start: at, End: f.Start}, block: block, changed: changed})
		}
		if f.figure != "" {
			all = append(all, f)
		}
		at = f.End
	}
	return all
}

// charts holds the numbers and labels that charts keep against those of the report.
func (v *verifying) charts(ctx context.Context, file []byte) error {
	pack, err := archive.Open(ctx, file, "Word", limit.Default)
	if err != nil {
		return err
	}
	n := 0
	for _, b := range v.content.Paper.Body {
		if b.Chart == nil {
			continue
		}
		n++
		var want []string
		for _, s := range b.Chart.Series {
			want = append(append(append(want, s.Name), b.Chart.Labels...), kept(s.Values)...)
		}
		found, err := chartTexts(pack, "word/charts/chart"+strconv.Itoa(n)+".xml")
		if err != nil {
			return err
		}
		v.chart(b.Key, want, found)
	}
	return nil
}

// kept are the values that there are.
func kept(values []string) []string {
	var all []string
	for _, s := range values {
		if s != "" {
			all = append(all, s)
		}
	}
	return all
}

func (v *verifying) chart(block string, want, found []string) {
	for _, p := range align.Lines(want, found) {
		switch {
		case p.Is < 0:
			v.differ(Difference{Kind: FigureMissing, Block: block, Was: want[p.Was]})
		case p.Was < 0:
			v.differ(Difference{Kind: FigureAdded, Block: block, Is: found[p.Is]})
		case want[p.Was] != found[p.Is]:
			v.differ(Difference{Kind: FigureAltered, Block: block, Was: want[p.Was], Is: found[p.Is]})
		}
	}
}

// chartTexts are the texts and numbers of a chart part, in their order; none where there is no such part.
func chartTexts(pack *archive.Archive, name string) ([]string, error) {
	if !pack.Has(name) {
		return nil, nil
	}
	x, err := pack.XML(name)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", name, err)
	}
	defer x.Close()
	var all []string
	within := false
	for {
		token, err := x.Next()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if within = token.Name.Local == "v"; within {
				all = append(all, "")
			}
		case xml.EndElement:
			within = false
		case xml.CharData:
			if within {
				all[len(all)-1] += string(token)
			}
		}
	}
}
