package disclosed

import (
	"luoshi/calendar"
	"luoshi/ledger"
	"luoshi/ledger/livelihood"
)

// Picture shows how a livelihood item goes. It was drawn anew when it was taken in, so that its file says neither where
// it was taken nor with what; nobody is told who took it.
type Picture struct {
	Stage   livelihood.Stage `json:"stage"`
	On      calendar.Date    `json:"on"` // the day on which it was taken
	Caption string           `json:"caption"`
	File    ledger.Digest    `json:"file"`            // SHA-256
	Ending  string           `json:"ending"`          // of the file's name: .jpg
	Small   ledger.Digest    `json:"small,omitempty"` // of a small JPEG of it; empty where there is none
}

// smallEnding is that of small pictures.
const smallEnding = ".jpg"

// Name is how its file is called.
func (p Picture) Name() string { return string(p.File) + p.Ending }

// SmallName is how the file of the small one is called; that of the picture itself where there is none.
func (p Picture) SmallName() string {
	if p.Small == "" {
		return p.Name()
	}
	return string(p.Small) + smallEnding
}

// Satisfaction is what those for whom an item was done answered when they were asked whether they are satisfied.
type Satisfaction struct {
	Scale     livelihood.Scale `json:"scale"`
	Asked     int              `json:"asked"`
	Answers   int              `json:"answers"`
	Satisfied int              `json:"satisfied"`
	Rate      ledger.Decimal   `json:"rate"` // per cent of the answers, to a tenth
}
