package archive

import (
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"

	"luoshi/document/fault"
)

// XML reads the tokens of one XML part and stops at the limits of depth and time. Entities other than
// the five of XML are an error, so nothing can expand.
type XML struct {
	decoder *xml.Decoder
	stream  *Stream
	archive *Archive
	name    string
	depth   int
}

// XML opens an XML part for reading; Close it.
func (a *Archive) XML(name string) (*XML, error) {
	stream, err := a.Stream(name)
	if err != nil {
		return nil, err
	}
	buffered := bufio.NewReaderSize(stream, 32<<10)
	var source io.Reader = buffered
	if mark, _ := buffered.Peek(2); len(mark) == 2 && (mark[0] == 0xFF && mark[1] == 0xFE || mark[0] == 0xFE && mark[1] == 0xFF) {
		source = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Reader(buffered)
	}
	decoder := xml.NewDecoder(source)
	decoder.CharsetReader = func(label string, input io.Reader) (io.Reader, error) {
		if strings.HasPrefix(strings.ToLower(label), "utf-16") { // already turned into UTF-8 above
			return input, nil
		}
		return charset.NewReaderLabel(label, input)
	}
	return &XML{decoder: decoder, stream: stream, archive: a, name: name}, nil
}

// Close ends the reading.
func (x *XML) Close() { x.stream.Close() }

// Next is the next token, or io.EOF at the end. Any other error is a *fault.Fault. Character data is
// valid until the next call only.
func (x *XML) Next() (xml.Token, error) {
	token, err := x.decoder.Token()
	if errors.Is(err, io.EOF) {
		return nil, io.EOF
	}
	if err != nil {
		if known := (*fault.Fault)(nil); errors.As(err, &known) {
			return nil, known
		}
		return nil, x.archive.corrupt(x.name, err)
	}
	switch token.(type) {
	case xml.StartElement:
		if x.depth++; x.depth > x.archive.lim.Depth {
			return nil, fault.New(fault.TooLarge, fmt.Errorf("nesting in %s", x.name), fault.LimitDepth, x.archive.lim.Depth)
		}
	case xml.EndElement:
		x.depth--
	}
	return token, nil
}

// EachStart calls see for every start element that is still to come; see may itself read on behind the
// element that it is given.
func (x *XML) EachStart(see func(xml.StartElement) error) error {
	for {
		token, err := x.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if start, ok := token.(xml.StartElement); ok {
			if err := see(start); err != nil {
				return err
			}
		}
	}
}

// Skip passes over the rest of the element whose start was read last.
func (x *XML) Skip() error {
	for inner := 1; inner > 0; {
		token, err := x.Next()
		if errors.Is(err, io.EOF) {
			return x.archive.corrupt(x.name, io.ErrUnexpectedEOF)
		}
		if err != nil {
			return err
		}
		switch token.(type) {
		case xml.StartElement:
			inner++
		case xml.EndElement:
			inner--
		}
	}
	return nil
}

// Attr is the value of the attribute with the local name, or "".
func Attr(element xml.StartElement, local string) string {
	for _, attr := range element.Attr {
		if attr.Name.Local == local {
			return attr.Value
		}
	}
	return ""
}
