package transfer

import (
	"time"

	"luoshi/internal/store/parts"
)

// Format and Version name what a manifest promises.
const (
	Format  = "luoshi-plan"
	Version = 1
)

// The names of what is in a parcel.
const (
	manifestName  = "manifest.json"
	recordsFolder = "records/"
	filesFolder   = "files/"
)

// Manifest is what a parcel says of itself.
type Manifest struct {
	Format  string       `json:"format"`
	Version int          `json:"version"`
	Program string       `json:"program"` // its version
	Made    time.Time    `json:"made"`
	Plan    Plan         `json:"plan"`
	Parts   []parts.Part `json:"parts"`
}

// Plan is the plan in a parcel.
type Plan struct {
	ID         string `json:"id"`
	Title      string `json:"title"`
	Year       int    `json:"year"`
	Government string `json:"government"`
}

// Limits bound what taking in a parcel may cost. They are wide for a district and narrow for a bomb.
type Limits struct {
	Entries int
	File    int64 // bytes of the parcel
	Records int64 // bytes of all records, unpacked
	Files   int64 // bytes of all documents, unpacked
	Ratio   int64 // of unpacked to packed bytes, of an entry that is not small
}

// usual are the limits where nothing else is said.
var usual = Limits{Entries: 10_000, File: 4 << 30, Records: 512 << 20, Files: 8 << 30, Ratio: 200}

// small is up to where an entry may be packed as tightly as it likes.
const small = 1 << 20

// largestManifest bounds what is read before anything is known of a parcel.
const largestManifest = 8 << 20
