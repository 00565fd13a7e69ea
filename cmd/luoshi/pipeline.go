package main

import (
	"context"
	"runtime"
	"sync"
	"unicode/utf8"

	"luoshi/document"
	"luoshi/internal/present"
	"luoshi/reading"
)

// totals is what the summary line counts.
type totals struct {
	documents, characters, quantities, clauses, faults int
}

// opened is what came of one document of an input.
type opened struct {
	name   string
	commit present.Commit
	totals totals
	err    error // why the document could not be read
}

// slot holds the place of an input in the output while it is being read.
type slot struct {
	input  input
	done   chan struct{}
	opened []opened
}

// readAll reads the inputs on all processors and writes them in their order. No more inputs are held
// in memory than twice the processors.
func (r *readCommand) readAll(ctx context.Context, inputs []input, writer present.Writer) (totals, error) {
	ctx, cancel := context.WithCancel(ctx)
	workers := runtime.GOMAXPROCS(0)
	work := make(chan *slot)
	order := make(chan *slot, workers)
	var group sync.WaitGroup
	defer group.Wait()
	defer cancel()
	for range workers {
		group.Go(func() {
			for s := range work {
				s.opened = r.readInput(ctx, s.input, writer)
				close(s.done)
			}
		})
	}
	group.Go(func() {
		defer close(work)
		defer close(order)
		for _, in := range inputs {
			s := &slot{input: in, done: make(chan struct{})}
			if !send(ctx, order, s) || !send(ctx, work, s) {
				return
			}
		}
	})
	return r.writeInOrder(ctx, order, newProgress(r, inputs))
}

func send(ctx context.Context, to chan<- *slot, s *slot) bool {
	select {
	case to <- s:
		return true
	case <-ctx.Done():
		return false
	}
}

// writeInOrder commits what the workers prepared.
func (r *readCommand) writeInOrder(ctx context.Context, order <-chan *slot, progress *progress) (totals, error) {
	var sum totals
	defer progress.clear()
	for s := range order {
		select {
		case <-s.done:
		case <-ctx.Done():
		}
		if ctx.Err() != nil { // what an interrupted reading says of itself is no fault of the file
			return sum, ctx.Err()
		}
		for _, o := range s.opened {
			progress.clear()
			if o.err != nil {
				sum.faults++
				r.reportFault(o.name, o.err)
				continue
			}
			if err := o.commit(); err != nil {
				return sum, outputError(err)
			}
			sum.add(o.totals)
		}
		progress.advance(s.input)
	}
	return sum, ctx.Err()
}

func (t *totals) add(other totals) {
	t.documents += other.documents
	t.characters += other.characters
	t.quantities += other.quantities
	t.clauses += other.clauses
}

// readInput reads one file, which holds several documents if it is an archive.
func (r *readCommand) readInput(ctx context.Context, in input, writer present.Writer) []opened {
	data, err := r.load(in)
	if err != nil {
		return []opened{{name: in.name, err: err}}
	}
	var list []opened
	for doc, err := range document.OpenAll(ctx, in.name, data, document.Options{}) {
		if err != nil {
			list = append(list, opened{name: nameOf(doc, in), err: err})
			continue
		}
		list = append(list, r.readDocument(doc, writer))
	}
	return list
}

// nameOf is the name of a document that could not be read, which is its member's in an archive.
func nameOf(doc *document.Document, in input) string {
	if doc != nil && doc.Name != "" {
		return doc.Name
	}
	return in.name
}

func (r *readCommand) readDocument(doc *document.Document, writer present.Writer) opened {
	result := reading.Read(doc, reading.Options{Year: r.year})
	commit, err := writer.Prepare(result)
	return opened{name: doc.Name, commit: commit, err: err, totals: totals{
		documents: 1, characters: utf8.RuneCountInString(doc.Text),
		quantities: shownQuantities(result, r.opts.Kinds), clauses: shownClauses(result, r.opts.Kinds),
	}}
}

func shownQuantities(r *reading.Reading, kinds present.KindSet) int {
	n := 0
	for i := range r.Quantities {
		if kinds.Has(r.Quantities[i].Kind) {
			n++
		}
	}
	return n
}

func shownClauses(r *reading.Reading, kinds present.KindSet) int {
	n := 0
	for i := range r.Clauses {
		if kinds.Has(r.Clauses[i].Kind) {
			n++
		}
	}
	return n
}
