package archive

import (
	"errors"
	"time"

	"luoshi/internal/store"
	"luoshi/internal/store/parts"
	"luoshi/ledger"
)

// Format and Version name what a manifest promises.
const (
	Format  = "luoshi-archive"
	Version = 1
)

// The names within the archive.
const (
	manifestName = "manifest.json"
	ledgerName   = "ledger.jsonl"
	keyName      = "audit.key"
	publicName   = "audit.pub"
	settingsName = "settings.txt"
	filesFolder  = "files/"
)

// Manifest is what an archive says of itself.
type Manifest struct {
	Format  string        `json:"format"`
	Version int           `json:"version"`
	Program string        `json:"program"` // its version
	Made    time.Time     `json:"made"`
	Dialect store.Dialect `json:"dialect"` // of the database that it was made from
	// Entries is the size of the audit log, and Head its last signed head, empty where none was signed yet.
	Entries int64        `json:"entries"`
	Head    string       `json:"head"`
	Files   int          `json:"files"`
	Parts   []parts.Part `json:"parts"`
}

// HasKey tells whether the key that signs the log is in the archive. A downloaded one is without it.
func (m Manifest) HasKey() bool {
	for _, p := range m.Parts {
		if p.Name == keyName {
			return true
		}
	}
	return false
}

// Fault is something that is wrong with an archive, or with what it is to be restored into, in words for the person
// who does it.
type Fault struct {
	Code  string
	Words ledger.Wording
	cause error
}

// Error says it in English, with the cause.
func (f *Fault) Error() string {
	if f.cause == nil {
		return f.Words.EN
	}
	return f.Words.EN + " (" + f.cause.Error() + ")"
}

// Unwrap is the cause.
func (f *Fault) Unwrap() error { return f.cause }

// Has tells whether an error is, or is caused by, the fault with a code.
func Has(err error, code string) bool {
	var f *Fault
	return errors.As(err, &f) && f.Code == code
}

func fault(code string, cause error, zh, en string) error {
	return &Fault{Code: code, Words: ledger.Wording{ZH: zh, EN: en}, cause: cause}
}
