package audit

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"luoshi/internal/audit/signing"
)

// VerifyExport does for a file made by Export what Verify does for a database. It needs the file and the public
// keys and nothing else. The file has no inner nodes, so a file whose leaves were computed anew is found out
// by the heads, which tell between which two of them an entry was changed.
func VerifyExport(r io.Reader, keys signing.Keyring, known ...string) (*Report, error) {
	f := &exportFile{lines: bufio.NewReaderSize(r, 64<<10)}
	first, ok, err := f.next()
	if err != nil && !errors.Is(err, errForm) {
		return nil, fmt.Errorf("verify an exported log: %w", err)
	}
	x, err := newExaminer(first.Origin, keys, known)
	if err != nil {
		return nil, err
	}
	if !ok || first.Format != exportFormat {
		x.fail(Problem{Code: Malformed, Args: []any{f.number}})
		return x.finish(0), nil
	}
	if first.Origin != keys[0].Origin() || first.Suite != string(keys[0].Suite()) {
		x.report.add(OriginAltered, 0, nil, first.Origin+" ("+first.Suite+")", fmt.Sprintf("%s (%s)", keys[0].Origin(), keys[0].Suite()))
	}
	if err := f.examine(x); err != nil {
		return nil, fmt.Errorf("verify an exported log: %w", err)
	}
	return x.finish(first.Size), nil
}

// exportFile reads the lines of an exported log.
type exportFile struct {
	lines  *bufio.Reader
	number int // of the line last read, from 1
}

// errForm is the error of a line that Export would not have written.
var errForm = errors.New("the line is not in the form of an exported log")

// next reads a line; ok is false at the end. A line that Export would have written otherwise is errForm.
func (f *exportFile) next() (line exportLine, ok bool, err error) {
	text, err := f.readLine()
	if err != nil || text == nil {
		return exportLine{}, false, err
	}
	if err := json.Unmarshal(text, &line); err != nil {
		return exportLine{}, false, fmt.Errorf("%w: %w", errForm, err)
	}
	if !bytes.Equal(line.written(), text) {
		return exportLine{}, false, errForm
	}
	return line, true, nil
}

// written is the line as Export writes it.
func (l exportLine) written() []byte {
	switch {
	case l.Format != 0:
		return logLine(logRow{origin: l.Origin, suite: l.Suite, size: l.Size})
	case l.Entry != nil:
		return entryLine(l.Leaf, l.Entry)
	}
	return headLine(headRow{Number: l.Number, Size: l.Size, Note: l.Head})
}

// readLine returns a line without its end; nil at the end of the file.
func (f *exportFile) readLine() ([]byte, error) {
	var line []byte
	for {
		part, err := f.lines.ReadSlice('\n')
		if len(line)+len(part) > maxLine {
			f.number++
			return nil, fmt.Errorf("%w: longer than %d bytes", errForm, maxLine)
		}
		line = append(line, part...)
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && len(line) == 0:
			return nil, nil
		case errors.Is(err, io.EOF):
			f.number++
			return nil, fmt.Errorf("%w: its end is cut off", errForm)
		case err != nil:
			return nil, err
		}
		f.number++
		return line[:len(line)-1], nil
	}
}

func (f *exportFile) examine(x *examiner) error {
	for {
		line, ok, err := f.next()
		if errors.Is(err, errForm) {
			// What cannot be read stands where the next entry should, or a head behind the last one.
			x.fail(Problem{Code: Malformed, Sequence: x.next(), Args: []any{f.number}, Cause: err})
			return nil
		}
		if err != nil || !ok {
			return err
		}
		switch {
		case line.Format != 0:
			x.fail(Problem{Code: Malformed, Sequence: x.next(), Args: []any{f.number}})
		case line.Entry == nil:
			x.head(headRow{Number: line.Number, Size: line.Size, Note: line.Head})
		case !x.broken:
			if err := f.entry(x, line); err != nil {
				return err
			}
		}
	}
}

func (f *exportFile) entry(x *examiner, line exportLine) error {
	entry, err := DecodeEntry(line.Entry)
	sequence := x.next()
	switch {
	case err != nil, entry.Sequence == sequence && x.hashing.Leaf(line.Entry) != line.Leaf:
		x.fail(Problem{Code: Altered, Sequence: sequence, Args: []any{sequence}, Cause: err})
	case entry.Sequence < sequence:
		x.fail(Problem{Code: Inserted, Sequence: sequence, Args: []any{sequence}})
	case entry.Sequence > sequence:
		return f.gone(x, sequence)
	default:
		x.push(line.Leaf)
	}
	return nil
}

// gone looks through the rest of the file for the entry that is not in its place.
func (f *exportFile) gone(x *examiner, sequence int64) error {
	x.broken = true // the heads that come by are held against their signatures only
	for place := sequence + 1; ; {
		line, ok, err := f.next()
		if err != nil && !errors.Is(err, errForm) {
			return err
		}
		if !ok {
			x.fail(Problem{Code: Removed, Sequence: sequence, Args: []any{sequence}})
			return nil
		}
		if line.Entry == nil {
			x.head(headRow{Number: line.Number, Size: line.Size, Note: line.Head})
			continue
		}
		if entry, err := DecodeEntry(line.Entry); err == nil && entry.Sequence == sequence {
			x.fail(Problem{Code: Moved, Sequence: sequence, Args: []any{sequence, place}})
			return nil
		}
		place++
	}
}
