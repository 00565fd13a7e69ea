package archive

import (
	"time"

	"luoshi/internal/store"
	"luoshi/internal/store/parts"
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
