package present

import (
	"bytes"
	"encoding/json"
	"io"

	"luoshi/reading"
)

// jsonlWriter writes one JSON object a line, with the fields of the record format and the document.
type jsonlWriter struct {
	out  io.Writer
	opts Options
}

func (w *jsonlWriter) Prepare(r *reading.Reading) (Commit, error) {
	var lines bytes.Buffer
	m := newMaterial(r)
	objects := jsonObjects[w.opts.What]
	for _, i := range views[w.opts.What].rows(m, w.opts.Kinds) {
		object, err := objects(m, i)
		if err != nil {
			return nil, err
		}
		lines.Write(object)
		lines.WriteByte('\n')
	}
	return func() error {
		_, err := w.out.Write(lines.Bytes())
		return err
	}, nil
}

func (w *jsonlWriter) Close() error { return nil }

// jsonObjects gives record i of each part of a reading as JSON.
var jsonObjects = map[What]func(m *material, i int) ([]byte, error){
	Quantities: func(m *material, i int) ([]byte, error) { return m.Quantities[i].JSON(m.Document.Name) },
	Clauses:    func(m *material, i int) ([]byte, error) { return m.ClauseJSON(i, m.Document.Name) },
	Outline:    func(m *material, i int) ([]byte, error) { return json.Marshal(m.sections()[i]) },
	Meta:       func(m *material, _ int) ([]byte, error) { return json.Marshal(m.meta()) },
}
