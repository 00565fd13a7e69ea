package archive

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"

	"luoshi/document/fault"
	"luoshi/document/tally"
)

// XML reads the tokens of one XML part and stops at the limits of depth and time. Entities other than
// the five of XML are an error, so nothing can expand.
type XML struct {
	decoder *xml.Decoder
	ctx     context.Context
	archive *Archive
	name    string
	depth   int
	seen    int
}

// XML opens an XML part for reading.
func (a *Archive) XML(name string) (*XML, error) {
	data, err := a.Read(name)
	if err != nil {
		return nil, err
	}
	if bytes.HasPrefix(data, []byte{0xFF, 0xFE}) || bytes.HasPrefix(data, []byte{0xFE, 0xFF}) {
		utf16 := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
		if data, err = utf16.NewDecoder().Bytes(data); err != nil {
			return nil, a.corrupt(name, err)
		}
	}
	decoder := xml.NewDecoder(bytes.NewReader(data))
	decoder.CharsetReader = func(label string, input io.Reader) (io.Reader, error) {
		if strings.HasPrefix(strings.ToLower(label), "utf-16") { // already turned into UTF-8 above
			return input, nil
		}
		return charset.NewReaderLabel(label, input)
	}
	return &XML{decoder: decoder, ctx: a.ctx, archive: a, name: name}, nil
}

// Next is the next token, or io.EOF at the end. Any other error is a *fault.Fault. Character data is
// valid until the next call only.
func (x *XML) Next() (xml.Token, error) {
	if x.seen++; x.seen&0xFFF == 0 {
		if err := x.ctx.Err(); err != nil {
			return nil, tally.Late(err, x.archive.lim)
		}
	}
	token, err := x.decoder.Token()
	if errors.Is(err, io.EOF) {
		return nil, io.EOF
	}
	if err != nil {
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
