package present

import (
	"slices"
	"sync"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/reading"
)

// material is a reading with what its views need besides, worked out when first asked for.
type material struct {
	*reading.Reading
	sections func() []sectionRecord
	meta     func() *metaRecord
}

func newMaterial(r *reading.Reading) *material {
	return &material{
		Reading:  r,
		sections: sync.OnceValue(func() []sectionRecord { return sectionRecords(r) }),
		meta:     sync.OnceValue(func() *metaRecord { return newMetaRecord(r.Document) }),
	}
}

// sectionRecord is a section of the outline as it leaves the program.
type sectionRecord struct {
	Doc    string   `json:"doc,omitempty"`
	At     int      `json:"at"`  // code points
	End    int      `json:"end"` // code points
	Level  int32    `json:"level"`
	Marker string   `json:"marker"`
	Title  string   `json:"title"`
	Path   []string `json:"path"`
}

func sectionRecords(r *reading.Reading) []sectionRecord {
	doc := r.Document
	var edges []int
	for _, s := range doc.Outline {
		edges = append(edges, s.Start, s.End)
	}
	at := codePoints(doc.Text, edges)
	records := make([]sectionRecord, len(doc.Outline))
	for i, s := range doc.Outline {
		records[i] = sectionRecord{
			Doc: doc.Name, At: at[s.Start], End: at[s.End], Level: s.Level,
			Marker: s.Marker.In(doc.Text), Title: s.Title.In(doc.Text), Path: r.Path(int32(i)),
		}
	}
	return records
}

// codePoints counts the code points before each of the byte offsets, in one walk over the text.
func codePoints(text string, byteOffsets []int) map[int]int {
	slices.Sort(byteOffsets)
	offsets := document.NewOffsets(text)
	at := make(map[int]int, len(byteOffsets))
	for _, b := range byteOffsets {
		at[b] = offsets.CodePoints(b)
	}
	return at
}

// metaRecord is what a document says of itself, as it leaves the program: each fact with the place
// where it was read, which is left out where the fact was inferred.
type metaRecord struct {
	Doc        string        `json:"doc,omitempty"`
	Title      string        `json:"title"`
	TitleAt    *int          `json:"title_at,omitempty"`
	Issuer     string        `json:"issuer"`
	IssuerAt   *int          `json:"issuer_at,omitempty"`
	Region     string        `json:"region"`
	RegionAt   *int          `json:"region_at,omitempty"`
	Date       string        `json:"date"`
	DateAt     *int          `json:"date_at,omitempty"`
	Kind       string        `json:"kind"`
	PlanYear   int           `json:"plan_year"`
	PlanYearAt *int          `json:"plan_year_at,omitempty"`
	ReportFrom calendar.Date `json:"report_from"`
	ReportTo   calendar.Date `json:"report_to"`
	ReportAt   *int          `json:"report_at,omitempty"`
	Format     string        `json:"format"`
	Digest     string        `json:"digest"`
}

func newMetaRecord(doc *document.Document) *metaRecord {
	meta := &doc.Meta
	spans := []document.Span{
		meta.Title.Span, meta.Issuer.Span, meta.Region.Span, meta.Date.Span, meta.PlanYearAt, meta.ReportAt,
	}
	var starts []int
	for _, s := range spans {
		starts = append(starts, s.Start)
	}
	counted := codePoints(doc.Text, starts)
	at := func(s document.Span) *int {
		if s.Empty() {
			return nil
		}
		n := counted[s.Start]
		return &n
	}
	return &metaRecord{
		Doc:   doc.Name,
		Title: meta.Title.Value, TitleAt: at(meta.Title.Span),
		Issuer: meta.Issuer.Value, IssuerAt: at(meta.Issuer.Span),
		Region: meta.Region.Value, RegionAt: at(meta.Region.Span),
		Date: meta.Date.Value, DateAt: at(meta.Date.Span),
		Kind: string(meta.Kind), PlanYear: meta.PlanYear, PlanYearAt: at(meta.PlanYearAt),
		ReportFrom: meta.ReportPeriod.From, ReportTo: meta.ReportPeriod.To, ReportAt: at(meta.ReportAt),
		Format: string(doc.Format), Digest: doc.Digest,
	}
}
