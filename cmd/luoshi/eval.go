package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"luoshi/document"
	"luoshi/reading"
	"luoshi/reading/score"
)

// evalCommand is the parsed command line of luoshi eval.
type evalCommand struct {
	*console
	gold, documents string // folders
	misses          int    // how many differences to show

	relations string // key of a document's relations
	document  string // the file that the key is of
	mutations bool   // also change the figures of the key one at a time
}

func newEval(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:                   c.say("eval.use"),
		Short:                 c.say("eval.short"),
		Long:                  c.say("eval.long"),
		Example:               c.say("eval.example"),
		DisableFlagsInUseLine: true,
	}
	e := &evalCommand{console: c}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&e.gold, "gold", "", c.say("flag.gold"))
	flags.StringVar(&e.documents, "documents", "", c.say("flag.documents"))
	flags.StringVar(&e.relations, "relations", "", c.say("flag.relations"))
	flags.StringVar(&e.document, "document", "", c.say("flag.document"))
	flags.BoolVar(&e.mutations, "mutations", false, c.say("flag.mutations"))
	flags.IntVar(&e.misses, "misses", 0, c.say("flag.misses"))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) > 0:
			return misuse("usage.argument", args[0])
		case e.misses < 0:
			return misuse("usage.value", "misses", e.misses)
		case e.relations != "" && e.document == "":
			return misuse("usage.needs_flag", "document")
		case e.relations != "":
			return e.runRelations(cmd.Context())
		case e.document != "" || e.mutations:
			return misuse("usage.needs_flag", "relations")
		case e.gold == "":
			return misuse("usage.needs_flag", "gold")
		case e.documents == "":
			return misuse("usage.needs_flag", "documents")
		}
		return e.run(cmd.Context())
	}
	return cmd
}

// evaluated is the score of one document.
type evaluated struct {
	name        string // of the document without its extension
	reading     *reading.Reading
	tally       score.Tally
	differences []score.Difference
}

// run scores every document that has gold records and shows the result. A document that cannot be scored is
// reported on stderr, and the others are shown without it.
func (e *evalCommand) run(ctx context.Context) error {
	paths, err := e.goldFiles()
	if err != nil {
		return err
	}
	var list []evaluated
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), goldExtension)
		one, faulty, err := e.evaluate(ctx, name, path)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			e.report(e.say("unreadable", faulty, e.explain(err)))
			continue
		}
		list = append(list, one)
	}
	if len(list) > 0 {
		if _, err := io.WriteString(e.stdout, e.scores(list)+e.differences(list)); err != nil {
			return outputError(err)
		}
	}
	if len(list) < len(paths) {
		return errReported
	}
	return nil
}

// The files of gold records and the documents that they are of have these extensions.
const goldExtension, documentExtension = ".jsonl", ".txt"

// goldFiles lists the files of gold records by name, and makes sure that there is a folder for their documents.
func (e *evalCommand) goldFiles() ([]string, error) {
	if info, err := os.Stat(e.documents); err != nil || !info.IsDir() {
		return nil, misuse("eval.no_folder", e.documents)
	}
	entries, err := os.ReadDir(e.gold)
	if err != nil {
		return nil, misuse("eval.no_folder", e.gold)
	}
	var paths []string
	for _, entry := range entries {
		if !entry.IsDir() && !hidden(entry.Name()) && filepath.Ext(entry.Name()) == goldExtension {
			paths = append(paths, filepath.Join(e.gold, entry.Name()))
		}
	}
	if len(paths) == 0 {
		return nil, misuse("eval.no_gold", e.gold)
	}
	return paths, nil
}

// evaluate reads one document and scores it. An error is of the file whose path comes with it.
func (e *evalCommand) evaluate(ctx context.Context, name, goldPath string) (evaluated, string, error) {
	gold, err := loadRecords(goldPath)
	if err != nil {
		return evaluated{}, goldPath, err
	}
	path := filepath.Join(e.documents, name+documentExtension)
	result, err := readFile(ctx, path)
	if err != nil {
		return evaluated{}, path, err
	}
	one := evaluated{name: name, reading: result}
	read, err := score.Of(one.reading)
	if err != nil {
		return evaluated{}, path, err
	}
	one.tally, one.differences = score.Compare(gold, read)
	return one, "", nil
}

func readFile(ctx context.Context, path string) (*reading.Reading, error) {
	data, err := loadFile(input{name: path})
	if err != nil {
		return nil, err
	}
	doc, err := document.Open(ctx, path, data, document.Options{})
	if err != nil {
		return nil, err
	}
	return reading.Read(doc, reading.Options{}), nil
}

func loadRecords(path string) ([]score.Record, error) {
	data, err := loadFile(input{name: path})
	if err != nil {
		return nil, err
	}
	records, err := score.Parse(data)
	var bad *score.LineError
	if errors.As(err, &bad) {
		return nil, misuse("eval.bad_record", bad.Line)
	}
	return records, err
}
