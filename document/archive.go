package document

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"luoshi/document/fault"
	"luoshi/document/limit"
	"luoshi/document/tally"
)

// OpenAll reads a file that may be an archive. Each member of a .zip is yielded under the name
// "archive.zip/member.docx", archives within archives too; any other file yields itself. A member that
// cannot be read yields a Document with nothing but its Name, together with its *fault.Fault, and the
// rest go on.
func OpenAll(ctx context.Context, name string, data []byte, opts Options) iter.Seq2[*Document, error] {
	return func(yield func(*Document, error) bool) {
		lim := opts.Limits.WithDefaults()
		w := walk{ctx: ctx, opts: opts, lim: lim, entries: lim.Entries, bytes: lim.Expanded, yield: yield}
		w.file(name, data, 0)
	}
}

// walk goes through an archive with one budget for all that is nested in it.
type walk struct {
	ctx     context.Context
	opts    Options
	lim     limit.Limits
	entries int   // how many more may be unpacked
	bytes   int64 // how much more may be unpacked
	yield   func(*Document, error) bool
}

// file yields one file or all members of an archive; false means that the caller has had enough.
func (w *walk) file(name string, data []byte, depth int) bool {
	if int64(len(data)) <= w.lim.Bytes && hasPrefix(data, zipEntry) {
		if format, err := sniff(name, data, w.lim); err == nil && format == archive {
			return w.members(name, data, depth)
		}
	}
	doc, err := Open(w.ctx, name, data, w.opts)
	if err != nil {
		return w.fail(name, err)
	}
	return w.yield(doc, nil)
}

func (w *walk) fail(name string, err error) bool {
	return w.yield(&Document{Name: name}, asFault(err, w.lim))
}

func (w *walk) members(name string, data []byte, depth int) bool {
	if depth >= w.lim.Depth {
		return w.fail(name, fault.New(fault.TooLarge, nil, fault.LimitDepth, w.lim.Depth))
	}
	reader, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return w.fail(name, fault.New(fault.Corrupt, err, containerName(name), fault.DamageDirectory))
	}
	found := false
	for _, f := range reader.File {
		if isClutter(f) {
			continue
		}
		found = true
		if err := w.ctx.Err(); err != nil {
			return w.fail(name, err)
		}
		if !w.member(name+"/"+memberName(f), f, depth) {
			return false
		}
	}
	if !found {
		return w.fail(name, fault.New(fault.Empty, nil))
	}
	return true
}

func (w *walk) member(name string, f *zip.File, depth int) bool {
	if w.entries--; w.entries < 0 {
		w.fail(name, fault.New(fault.TooLarge, nil, fault.LimitEntries, w.lim.Entries))
		return false
	}
	data, err := w.unpack(f)
	if err != nil {
		return w.fail(name, err)
	}
	return w.file(name, data, depth+1)
}

// ratioFree is the unpacked size below which no ratio is too high.
const ratioFree = 1 << 20

// encryptedFlag is the bit of a zip entry that says it has a password.
const encryptedFlag = 1

// unpack reads a member within the limits; what its header claims is not relied on.
func (w *walk) unpack(f *zip.File) ([]byte, error) {
	if f.Flags&encryptedFlag != 0 {
		return nil, fault.New(fault.Encrypted, nil, "zip")
	}
	allowed := min(w.bytes, w.lim.Bytes, max(ratioFree, int64(min(f.CompressedSize64, 1<<40))*w.lim.Ratio))
	r, err := f.Open()
	if err != nil {
		return nil, fault.New(fault.Corrupt, err, "zip", fault.DamageEntry)
	}
	data, err := io.ReadAll(io.LimitReader(r, allowed+1))
	err = errors.Join(err, r.Close())
	w.bytes -= int64(len(data))
	switch {
	case int64(len(data)) > allowed:
		return nil, w.tooLarge(allowed)
	case err != nil:
		return nil, fault.New(fault.Corrupt, fmt.Errorf("unpack: %w", err), "zip", fault.DamageEntry)
	}
	return data, nil
}

// tooLarge names the limit that made the bound what it was.
func (w *walk) tooLarge(allowed int64) error {
	switch {
	case w.bytes < 0:
		return fault.New(fault.TooLarge, nil, fault.LimitExpanded, tally.Size(w.lim.Expanded))
	case allowed == w.lim.Bytes:
		return fault.New(fault.TooLarge, nil, fault.LimitBytes, tally.Size(w.lim.Bytes))
	}
	return fault.New(fault.TooLarge, nil, fault.LimitRatio, fmt.Sprintf("%d:1", w.lim.Ratio))
}

// isClutter tells what operating systems and editors leave in an archive.
func isClutter(f *zip.File) bool {
	base := path.Base(strings.ReplaceAll(f.Name, `\`, "/"))
	return f.FileInfo().IsDir() || strings.HasSuffix(f.Name, `\`) || strings.HasPrefix(f.Name, "__MACOSX/") ||
		strings.HasPrefix(base, ".") || strings.HasPrefix(base, "~$") || strings.EqualFold(base, "thumbs.db")
}

// memberName is the entry's name in UTF-8. Chinese Windows writes names in GBK without saying so.
func memberName(f *zip.File) string {
	name := f.Name
	if f.NonUTF8 && !looksUTF8(name) {
		if decoded, err := simplifiedchinese.GB18030.NewDecoder().String(name); err == nil {
			name = decoded
		}
	}
	return strings.ToValidUTF8(strings.ReplaceAll(name, `\`, "/"), "\uFFFD")
}

// looksUTF8 asks for a sequence of three bytes or more, as every Han character is one in UTF-8, while
// a name in GBK can pass for sequences of two.
func looksUTF8(name string) bool {
	long := false
	for i, r := range name {
		if r == utf8.RuneError && !strings.HasPrefix(name[i:], "\uFFFD") {
			return false
		}
		long = long || r >= 0x800
	}
	return long
}
