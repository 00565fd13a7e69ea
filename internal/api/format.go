package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/danielgtaylor/huma/v2"
)

// deepest is how deep a request may be nested; what the API takes is nested six levels at most.
const deepest = 32

var (
	errTooDeep = errors.New("nested too deep")
	errNUL     = errors.New("invalid character \\u0000")
)

// jsonFormat reads and writes JSON: no request is read that is nested beyond reason, and text is written as it is.
var jsonFormat = huma.Format{Marshal: writeJSON, Unmarshal: readJSON}

func writeJSON(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}

func readJSON(data []byte, value any) error {
	if err := examine(data); err != nil {
		return err
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	if err := decoder.Decode(value); err != nil {
		if errors.Is(err, io.ErrUnexpectedEOF) {
			return errors.New("unexpected end of JSON input")
		}
		return err
	}
	if rest, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("invalid character %v behind the value", rest)
	}
	return nil
}

// examine looks through JSON without reading it into values: how deep it is nested, and whether a text in it holds a
// NUL, which neither database keeps.
func examine(data []byte) error {
	level, quoted := 0, false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case quoted && c == '\\':
			if bytes.HasPrefix(data[i:], []byte(`\u0000`)) {
				return errNUL
			}
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '[' || c == '{':
			if level++; level > deepest {
				return errTooDeep
			}
		case c == ']' || c == '}':
			level--
		}
	}
	return nil
}
