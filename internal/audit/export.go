package audit

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/uptrace/bun"

	"luoshi/internal/audit/canonical"
	"luoshi/internal/audit/merkle"
	"luoshi/internal/audit/signing"
)

// An exported log is JSON lines in UTF-8, each in one spelling only:
//
//	{"format":1,"origin":"…","suite":"sha256-ed25519","size":1024}
//	{"leaf":"<base64>","entry":<the entry's encoding, byte for byte what was hashed>}
//	{"number":1,"size":512,"head":"<signed note>"}
//
// The first line stands once; entries follow in their order; a head stands behind the last entry it covers.

// exportFormat is the value of "format". Readers refuse any other.
const exportFormat = 1

// maxLine is more than any line of an exported log needs.
const maxLine = MaxEntry + 1<<10

// Export writes the log of a database to w without judging it; an entry altered beyond what can be an entry is an
// error. Its memory does not grow with the log. The database is to be a transaction that sees one moment, as for
// Verify.
func Export(ctx context.Context, db bun.IDB, w io.Writer) error {
	buffered := bufio.NewWriter(w)
	if err := errors.Join(export(ctx, db, buffered), buffered.Flush()); err != nil {
		return fmt.Errorf("export the audit log: %w", err)
	}
	return nil
}

func export(ctx context.Context, db bun.IDB, w *bufio.Writer) error {
	found, err := state(ctx, db)
	if err != nil {
		return err
	}
	suite, err := signing.ParseSuite(found.suite)
	if err != nil {
		return err
	}
	if err := writeLine(w, logLine(found)); err != nil {
		return err
	}
	entries, heads := entryPages(ctx, db), headPages(ctx, db)
	for covered := int64(0); ; {
		if err := exportHeads(w, heads, covered); err != nil {
			return err
		}
		row, ok, err := entries.next()
		if err != nil {
			return err
		}
		if !ok {
			break
		}
		if err := exportEntry(w, suite.Hashing(), row); err != nil {
			return err
		}
		covered = row.Sequence
	}
	for { // heads that cover more than there is tell that something is missing
		row, ok, err := heads.next()
		if err != nil || !ok {
			return err
		}
		if err := writeLine(w, headLine(row)); err != nil {
			return err
		}
	}
}

func exportHeads(w *bufio.Writer, heads *pages[headRow], covered int64) error {
	for {
		row, ok, err := heads.peek()
		if err != nil || !ok || row.Size > covered {
			return err
		}
		heads.drop()
		if err := writeLine(w, headLine(row)); err != nil {
			return err
		}
	}
}

func exportEntry(w *bufio.Writer, hashing merkle.Hashing, row entryRow) error {
	entry, err := row.entry()
	if err != nil {
		return err
	}
	encoded, err := entry.Encode()
	if err != nil {
		return fmt.Errorf("entry %d: %w", row.Sequence, err)
	}
	return writeLine(w, entryLine(hashing.Leaf(encoded), encoded))
}

func writeLine(w *bufio.Writer, line []byte) error {
	if _, err := w.Write(line); err != nil {
		return err
	}
	return w.WriteByte('\n')
}

func logLine(row logRow) []byte {
	return fmt.Appendf(nil, `{"format":%d,"origin":%s,"suite":%s,"size":%d}`, exportFormat, quoted(row.origin), quoted(row.suite), row.size)
}

func entryLine(leaf merkle.Hash, encoded []byte) []byte {
	line := fmt.Appendf(make([]byte, 0, 70+len(encoded)), `{"leaf":"%v","entry":`, leaf)
	return append(append(line, encoded...), '}')
}

func headLine(row headRow) []byte {
	return fmt.Appendf(nil, `{"number":%d,"size":%d,"head":%s}`, row.Number, row.Size, quoted(row.Note))
}

// quoted is the text as a JSON string; what is not UTF-8 becomes U+FFFD and is found to be altered.
func quoted(text string) []byte {
	line, err := canonical.AppendString(nil, text)
	if err != nil {
		line, _ = canonical.AppendString(nil, string([]rune(text)))
	}
	return line
}

// exportLine is any line of an exported log.
type exportLine struct {
	Format int             `json:"format"`
	Origin string          `json:"origin"`
	Suite  string          `json:"suite"`
	Leaf   merkle.Hash     `json:"leaf"`
	Entry  json.RawMessage `json:"entry"`
	Number int64           `json:"number"`
	Size   int64           `json:"size"`
	Head   string          `json:"head"`
}
