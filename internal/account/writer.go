package account

import (
	"strconv"
	"strings"

	"luoshi/internal/account/template"
	"luoshi/office/paper"
)

// writer fills a template.
type writer struct {
	*composer
	stack   []frame // what is spoken of, the innermost last
	blocks  []paper.Block
	numbers [5]int // of the last heading of each level
}

// frame is a thing with its place in the list that is gone through, from 1; 0 where none is.
type frame struct {
	*thing
	nth int
}

func (w *writer) nodes(all []template.Node, place string) {
	for i := range all {
		w.node(&all[i], place)
	}
}

// node writes one part of the body. The place tells apart what a loop writes for each of its things.
func (w *writer) node(n *template.Node, place string) {
	key := "L" + strconv.Itoa(n.Line) + place
	switch n.Kind {
	case template.Each:
		for i, one := range w.members(n.Of, n.First) {
			w.stack = append(w.stack, frame{one, i + 1})
			w.nodes(n.Then, place+"/"+one.key)
			w.stack = w.stack[:len(w.stack)-1]
		}
	case template.If:
		if w.holds(n.When) {
			w.nodes(n.Then, place)
		} else {
			w.nodes(n.Else, place)
		}
	case template.Heading:
		w.heading(n, key)
	case template.Paragraph:
		w.paragraph(n, key)
	case template.Table:
		w.table(n, key)
	case template.Chart:
		w.chart(n, key)
	}
}

func (w *writer) heading(n *template.Node, key string) {
	if !w.holds(n.When) {
		return
	}
	w.numbers[n.Level]++
	clear(w.numbers[n.Level+1:])
	runs := wordsOf(headingNumber(n.Level, w.numbers[n.Level]))
	runs = joined(append(runs, w.parts(n.Sentences[0].Parts)...))
	w.blocks = append(w.blocks, paper.Block{Kind: paper.Heading, Key: key, Level: n.Level, Runs: runs})
}

// paragraph is of the sentences whose conditions hold. Of none there is no paragraph.
func (w *writer) paragraph(n *template.Node, key string) {
	var runs []paper.Run
	for _, s := range n.Sentences {
		if w.holds(s.When) {
			runs = append(runs, w.parts(s.Parts)...)
		}
	}
	if runs = joined(runs); strings.TrimSpace(textOf(runs)) != "" {
		w.blocks = append(w.blocks, paper.Block{Kind: paper.Paragraph, Key: key, Runs: runs})
	}
}

// parts are the runs of a text.
func (w *writer) parts(parts []template.Part) []paper.Run {
	var runs []paper.Run
	for _, p := range parts {
		switch {
		case p.Words != "":
			runs = append(runs, paper.Run{Text: p.Words})
		case p.List != "":
			runs = append(runs, w.listed(p)...)
		default:
			runs = append(runs, w.say(p.Name)...)
		}
	}
	return runs
}

// listed are the things of a list, one after another. One that says nothing is passed over.
func (w *writer) listed(p template.Part) []paper.Run {
	var runs []paper.Run
	for i, one := range w.members(p.List, p.First) {
		w.stack = append(w.stack, frame{one, i + 1})
		said := w.say(p.Name)
		w.stack = w.stack[:len(w.stack)-1]
		if len(said) > 0 && len(runs) > 0 {
			runs = append(runs, paper.Run{Text: p.Between})
		}
		runs = append(runs, said...)
	}
	return runs
}

// members are the things of a list of the innermost thing that has such a list.
func (w *writer) members(name string, first int) []*thing {
	for i := len(w.stack) - 1; i >= 0; i-- {
		if t := w.stack[i]; (vocabulary{}).List(t.scope, name) != "" {
			all := t.lists[name]
			if first > 0 && len(all) > first {
				all = all[:first]
			}
			if w.spoken += len(all); w.spoken > mostSpoken {
				return nil
			}
			return all
		}
	}
	return nil
}

// say is what a name says: of the innermost thing that has such a name.
func (w *writer) say(name string) []paper.Run {
	for i := len(w.stack) - 1; i >= 0; i-- {
		f := w.stack[i]
		if name == nth && f.nth > 0 {
			return wordsOf(chinese(f.nth))
		}
		if !(vocabulary{}).Holds(f.scope, name) {
			continue
		}
		if variants, is := phrases[f.scope+"."+name]; is {
			return w.at(i).phrase(variants)
		}
		return w.said(f.thing, name)
	}
	return nil
}

// said is what a thing says under a name. Numbers in what people wrote are bound when it is first asked for.
func (w *writer) said(t *thing, name string) []paper.Run {
	if q, is := t.quotes[name]; is && t.says[name] == nil {
		t.says[name] = w.bound(t, name, q)
	}
	return t.says[name]
}

// at is the writer for whom the i-th thing is the innermost.
func (w *writer) at(i int) *writer {
	return &writer{composer: w.composer, stack: w.stack[: i+1 : i+1]}
}

// phrase is the first variant that holds.
func (w *writer) phrase(variants []template.Sentence) []paper.Run {
	for _, v := range variants {
		if w.holds(v.When) {
			return w.parts(v.Parts)
		}
	}
	return nil
}

func (w *writer) holds(when []template.Test) bool {
	for _, t := range when {
		if w.true(t) == t.Not {
			return false
		}
	}
	return true
}

// true tells whether a name holds: it says something, and is no count of nothing; of a list that it has members.
func (w *writer) true(t template.Test) bool {
	for i := len(w.stack) - 1; i >= 0; i-- {
		f := w.stack[i]
		if (vocabulary{}).List(f.scope, t.Name) != "" {
			return len(f.lists[t.Name]) > 0
		}
		if (vocabulary{}).Holds(f.scope, t.Name) {
			text := textOf(w.at(i).say(t.Name))
			if t.Value != "" {
				return text == t.Value
			}
			return text != "" && !f.nothing[t.Name]
		}
	}
	return false
}

// joined are runs in which words that follow on words are one run.
func joined(runs []paper.Run) []paper.Run {
	var all []paper.Run
	for _, r := range runs {
		if last := len(all) - 1; r.Text != "" && last >= 0 && r.Figure == "" && all[last].Figure == "" && all[last].Bold == r.Bold {
			all[last].Text += r.Text
		} else if r.Text != "" {
			all = append(all, r)
		}
	}
	return all
}
