package audit

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"luoshi/internal/audit/signing"
)

// Code names a kind of problem; messages.json holds its wording.
type Code string

// What can be wrong with an entry. The first argument is always its sequence number.
const (
	Altered   Code = "altered"   // the entry is not what was written; args: sequence
	Removed   Code = "removed"   // the entry is gone; args: sequence
	Replaced  Code = "replaced"  // the entry is gone and the later ones were renumbered; args: sequence, that of what stands there now
	Inserted  Code = "inserted"  // the entry was not written by the log; args: sequence
	Moved     Code = "moved"     // the entry stands elsewhere; args: sequence, where it stands
	Rewritten Code = "rewritten" // an entry in a range was changed and the tree computed anew; args: first, last, number of the head
	CutOff    Code = "cut_off"   // entries that a head covers are missing at the end; args: first, last, number of the head
)

// What can be wrong with the tree or the heads.
const (
	NodeAltered   Code = "node_altered"   // args: first and last entry below the node
	NodeSurplus   Code = "node_surplus"   // a node that the tree does not have; args: position
	SizeAltered   Code = "size_altered"   // args: stored size, entries found
	OriginAltered Code = "origin_altered" // args: stored origin and suite, those of the key
	HeadUnsigned  Code = "head_unsigned"  // no known key has signed it; args: number
	HeadAltered   Code = "head_altered"   // its row says other than what is signed; args: number
	HeadMissing   Code = "head_missing"   // a head before it is gone or was changed; args: number
	KnownUnfit    Code = "known_unfit"    // the log does not continue a head that was kept elsewhere; args: first, last
	Malformed     Code = "malformed"      // a line of an exported file; args: line number
)

// What can be wrong with an object of the ledger. The arguments are its kind and id and the number of its last entry.
const (
	ObjectAltered Code = "object_altered" // it is not as its last entry left it
	ObjectUnknown Code = "object_unknown" // it has no entry; args: kind, id
)

//go:embed messages.json
var messagesJSON []byte

// messages maps a code to its wording in "zh" and "en"; {0}, {1} stand for the arguments.
var messages = func() map[string]map[string]string {
	var m map[string]map[string]string
	if err := json.Unmarshal(messagesJSON, &m); err != nil {
		panic("audit: messages.json: " + err.Error())
	}
	return m
}()

func message(key, lang string, args ...any) string {
	wording, ok := messages[key][lang]
	if !ok {
		wording = messages[key]["en"]
	}
	for i, arg := range args {
		wording = strings.ReplaceAll(wording, fmt.Sprintf("{%d}", i), fmt.Sprint(arg))
	}
	return wording
}

// Problem is something that does not fit.
type Problem struct {
	Code     Code  `json:"code"`
	Sequence int64 `json:"sequence,omitempty"` // of the entry, or of the first that it may be; 0 where it is none
	Args     []any `json:"args"`
	Cause    error `json:"-"` // more for the log; may be nil
}

// Message is the sentence for the user in "zh" or "en"; any other language reads English.
func (p Problem) Message(lang string) string { return message(string(p.Code), lang, p.Args...) }

func (p Problem) Error() string { return p.Message("en") }

// Report is what verifying a log found.
type Report struct {
	Origin   string        `json:"origin"`
	Suite    signing.Suite `json:"suite"`
	Entries  int64         `json:"entries"` // that were recomputed
	Root     string        `json:"root"`    // over these, in base64
	Heads    int64         `json:"heads"`   // whose signatures hold
	Covered  int64         `json:"covered"` // entries that the last of these covers
	LastHead time.Time     `json:"last_head,omitzero"`
	Problems []Problem     `json:"problems"` // empty where nothing was found
}

// OK tells whether everything fits.
func (r *Report) OK() bool { return len(r.Problems) == 0 }

// FirstEntry is the sequence number of the first entry that does not fit, 0 where there is none.
func (r *Report) FirstEntry() int64 {
	var first int64
	for _, problem := range r.Problems {
		if problem.Sequence != 0 && (first == 0 || problem.Sequence < first) {
			first = problem.Sequence
		}
	}
	return first
}

// Write says it in sentences, one a line, in "zh" or "en".
func (r *Report) Write(w io.Writer, lang string) error {
	lines := []string{message("log", lang, r.Origin, r.Suite)}
	for _, problem := range r.Problems {
		lines = append(lines, problem.Message(lang))
	}
	if r.OK() {
		lines = append(lines, message("whole", lang, r.Entries, r.Heads, r.Root))
	} else {
		lines = append(lines, message("broken", lang, len(r.Problems), r.Entries))
	}
	if r.Heads == 0 {
		lines = append(lines, message("no_head", lang))
	} else if open := r.Entries - r.Covered; open > 0 {
		lines = append(lines, message("uncovered", lang, open))
	}
	_, err := io.WriteString(w, strings.Join(lines, "\n")+"\n")
	return err
}

func (r *Report) add(code Code, sequence int64, cause error, args ...any) {
	r.Problems = append(r.Problems, Problem{Code: code, Sequence: sequence, Args: args, Cause: cause})
}
