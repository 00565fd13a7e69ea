// Package canonical writes JSON in one spelling only, so that equal values have equal bytes and a digest of
// them means something.
//
// The form is that of RFC 8785 but for numbers:
//
//   - no white space; objects with their names in the order of UTF-16 code units, each name once;
//   - strings in UTF-8 with nothing escaped but \" \\ \b \t \n \f \r and, as \u00xx in lower case, the other
//     characters below U+0020;
//   - numbers keep their digits: figures are exact decimals, and 15.90 says more than 15.9. RFC 8785 would make
//     them binary floats. So that a value still has one spelling, exponents and minus zero are refused.
//
// Text that is not UTF-8 is refused; the escape of half a surrogate pair becomes U+FFFD, as in encoding/json.
package canonical

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxDepth is how deep objects and lists may nest.
const maxDepth = 64

// Marshal is the canonical JSON of a Go value.
func Marshal(value any) ([]byte, error) {
	plain, err := Plain(value)
	if err != nil {
		return nil, err
	}
	return Append(nil, plain)
}

// Plain is a Go value as Parse returns it.
func Plain(value any) (any, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return nil, fmt.Errorf("canonical JSON of %T: %w", value, err)
	}
	return Parse(text.Bytes())
}

// JSON is the canonical form of one JSON value.
func JSON(data []byte) ([]byte, error) {
	value, err := Parse(data)
	if err != nil {
		return nil, err
	}
	return Append(nil, value)
}

// Parse reads one JSON value into nil, bool, json.Number, string, []any and map[string]any, and refuses what
// has no canonical form.
func Parse(data []byte) (any, error) {
	if !utf8.Valid(data) {
		return nil, errors.New("canonical JSON: the text is not UTF-8")
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	value, err := parseValue(decoder, 0)
	if err != nil {
		return nil, fmt.Errorf("canonical JSON: %w", err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("canonical JSON: something follows the value")
	}
	return value, nil
}

func parseValue(decoder *json.Decoder, depth int) (any, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("deeper than %d levels", maxDepth)
	}
	token, err := decoder.Token()
	if err != nil {
		return nil, unfinished(err)
	}
	switch token {
	case json.Delim('{'):
		return parseObject(decoder, depth)
	case json.Delim('['):
		return parseList(decoder, depth)
	}
	return token, nil
}

func parseObject(decoder *json.Decoder, depth int) (any, error) {
	object := map[string]any{}
	for decoder.More() {
		token, err := decoder.Token()
		if err != nil {
			return nil, unfinished(err)
		}
		name, ok := token.(string)
		if !ok {
			return nil, fmt.Errorf("the name %v is not a string", token)
		}
		if _, twice := object[name]; twice {
			return nil, fmt.Errorf("the name %q stands twice", name)
		}
		if object[name], err = parseValue(decoder, depth+1); err != nil {
			return nil, err
		}
	}
	_, err := decoder.Token()
	return object, unfinished(err)
}

func parseList(decoder *json.Decoder, depth int) (any, error) {
	list := []any{}
	for decoder.More() {
		value, err := parseValue(decoder, depth+1)
		if err != nil {
			return nil, err
		}
		list = append(list, value)
	}
	_, err := decoder.Token()
	return list, unfinished(err)
}

// unfinished says of an end within a value what it is: io.EOF alone would read as "nothing more to come".
func unfinished(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// Append writes a value as Parse returns them to the end of dst.
func Append(dst []byte, value any) ([]byte, error) {
	switch value := value.(type) {
	case nil:
		return append(dst, "null"...), nil
	case bool:
		return fmt.Append(dst, value), nil
	case string:
		return AppendString(dst, value)
	case json.Number:
		return appendNumber(dst, string(value))
	case []any:
		return appendList(dst, value)
	case map[string]any:
		return appendObject(dst, value)
	}
	return nil, fmt.Errorf("canonical JSON: a %T is not a value of JSON", value)
}

func appendNumber(dst []byte, number string) ([]byte, error) {
	if strings.ContainsAny(number, "eE") {
		return nil, fmt.Errorf("canonical JSON: the number %s has an exponent; write its digits", number)
	}
	if strings.HasPrefix(number, "-") && strings.Trim(number, "-0.") == "" {
		return nil, fmt.Errorf("canonical JSON: the number %s is a negative zero", number)
	}
	return append(dst, number...), nil
}

func appendList(dst []byte, list []any) ([]byte, error) {
	dst = append(dst, '[')
	var err error
	for i, value := range list {
		if i > 0 {
			dst = append(dst, ',')
		}
		if dst, err = Append(dst, value); err != nil {
			return nil, err
		}
	}
	return append(dst, ']'), nil
}

func appendObject(dst []byte, object map[string]any) ([]byte, error) {
	names := make([]string, 0, len(object))
	for name := range object {
		names = append(names, name)
	}
	slices.SortFunc(names, compareUTF16)
	dst = append(dst, '{')
	var err error
	for i, name := range names {
		if i > 0 {
			dst = append(dst, ',')
		}
		if dst, err = AppendString(dst, name); err != nil {
			return nil, err
		}
		dst = append(dst, ':')
		if dst, err = Append(dst, object[name]); err != nil {
			return nil, err
		}
	}
	return append(dst, '}'), nil
}
