package public

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"luoshi/internal/service/progress/sdmx"
	"luoshi/internal/service/publication"
	"luoshi/internal/service/publication/disclosed"
	"luoshi/internal/store"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// fileKind is a file of a plan: what it is and who writes it.
type fileKind struct {
	media string
	data  bool // it belongs to the open data, which a plan may not have
	write func(*Pages, context.Context, publication.Opened, io.Writer) error
}

const (
	jsonType = "application/json; charset=utf-8"
	csvType  = "text/csv; charset=utf-8"
	atomType = "application/atom+xml; charset=utf-8"
)

// fileNames are the files of a plan in the order in which they are offered.
var fileNames = []string{
	"promises.csv", "promises.json", "figures.csv", "dictionary.csv", "sdmx-data.json", "sdmx-structure.json", "sdmx.csv", "sdmx-dictionary.csv",
	"records.jsonl", "edition.json", "feed.xml",
}

func fileKindOf(name string) (fileKind, bool) {
	kinds := map[string]fileKind{
		"promises.csv":        {csvType, true, (*Pages).writePromises},
		"promises.json":       {jsonType, true, (*Pages).writePromisesJSON},
		"figures.csv":         {csvType, true, (*Pages).writeFigures},
		"dictionary.csv":      {csvType, true, (*Pages).writeDictionary},
		"sdmx-data.json":      {sdmx.DataType, true, exchanging(sdmx.Set.WriteData)},
		"sdmx-structure.json": {sdmx.StructureType, true, exchanging(sdmx.Set.WriteStructure)},
		"sdmx.csv":            {csvType, true, exchanging(sdmx.Set.WriteCSV)},
		"sdmx-dictionary.csv": {csvType, true, exchanging(sdmx.Set.WriteDictionary)},
		"records.jsonl":       {"application/x-ndjson; charset=utf-8", false, (*Pages).writeRecords},
		"edition.json":        {jsonType, false, (*Pages).writeEdition},
		"feed.xml":            {atomType, false, (*Pages).writeFeed},
	}
	kind, known := kinds[name]
	return kind, known
}

// dataFiles are the files of the open data of a plan.
func dataFiles(publication.Opened) []string {
	var names []string
	for _, name := range fileNames {
		if kind, _ := fileKindOf(name); kind.data {
			names = append(names, name)
		}
	}
	return names
}

func (p *Pages) file(w http.ResponseWriter, r *http.Request) error {
	o, err := p.uses.Plan(r.Context(), r.PathValue("plan"))
	if err != nil {
		return err
	}
	kind, known := fileKindOf(r.PathValue("file"))
	if !known || kind.data && !o.Shown(disclosed.Data) {
		return &store.NotFound{Kind: "files", ID: r.PathValue("file")}
	}
	w.Header().Set("Content-Type", kind.media)
	w.Header().Set("Access-Control-Allow-Origin", "*")
	w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
	return kind.write(p, with(r.Context(), live(page.Of(r.Context()))), o, w)
}

func (p *Pages) data(w http.ResponseWriter, r *http.Request) error {
	o, err := p.uses.Plan(r.Context(), r.PathValue("plan"))
	if err != nil {
		return err
	}
	if !o.Shown(disclosed.Data) {
		return &store.NotFound{Kind: "files", ID: o.Address}
	}
	return show(w, r, http.StatusOK, page.T(r.Context(), "public.data"), dataPage(o))
}

// document gives out a document that the plan was read from. A browser is to keep it and not to open it: it may be
// anything.
func (p *Pages) document(w http.ResponseWriter, r *http.Request) error {
	o, err := p.uses.Plan(r.Context(), r.PathValue("plan"))
	if err != nil {
		return err
	}
	d, file, err := p.uses.Document(r.Context(), o, ledger.Digest(r.PathValue("digest")))
	if err != nil {
		return err
	}
	defer file.Close()
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": d.Name}))
	if w.Header().Get("Content-Disposition") == "" {
		w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(d.Name))
	}
	_, err = io.Copy(w, file)
	return err
}

// byteOrder lets Excel read a table as UTF-8.
const byteOrder = "\ufeff"

// table writes a table.
func table(w io.Writer, lines [][]string) error {
	if _, err := io.WriteString(w, byteOrder); err != nil {
		return fmt.Errorf("writing a table: %w", err)
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.WriteAll(lines); err != nil {
		return fmt.Errorf("writing a table: %w", err)
	}
	return nil
}

// harmless keeps words from being taken for a formula by whoever opens the table in Excel.
func harmless(words string) string {
	if words != "" && strings.ContainsRune("=+-@\t\r", rune(words[0])) {
		return "'" + words
	}
	return words
}

func (p *Pages) writePromises(ctx context.Context, o publication.Opened, w io.Writer) error {
	all, err := p.uses.All(ctx, o)
	if err != nil {
		return err
	}
	v := page.View{Lang: page.Chinese}
	lines := [][]string{{"key", "number", "title", "wording", "section", "kind", "state", "deadline", "lead", "cooperating", "targets", "light", "since", "edition"}}
	for _, t := range all {
		q := t.Promise
		var targets []string
		for _, target := range q.Targets {
			targets = append(targets, targetText(v, target))
		}
		var since string
		if q.Light != nil {
			since = q.Light.Since.String()
		}
		var path []string
		for _, s := range o.Path(q.Section) {
			path = append(path, s.Title)
		}
		lines = append(lines, []string{
			q.Key, harmless(q.Number), harmless(q.Title), harmless(q.Wording), harmless(strings.Join(path, " › ")), string(q.Kind), string(q.State), q.By.String(),
			harmless(q.Lead), harmless(enumerated(q.Cooperating)), harmless(strings.Join(targets, "\uff1b")), string(q.Colour()), since, itoa(t.Edition),
		})
	}
	return table(w, lines)
}

func (p *Pages) writePromisesJSON(ctx context.Context, o publication.Opened, w io.Writer) error {
	all, err := p.uses.All(ctx, o)
	if err != nil {
		return err
	}
	whole := struct {
		Plan     disclosed.Heading   `json:"plan"`
		Edition  disclosed.Edition   `json:"edition"`
		Promises []disclosed.Promise `json:"promises"`
	}{o.Heading, o.Edition.Edition, []disclosed.Promise{}}
	for _, t := range all {
		whole.Promises = append(whole.Promises, t.Promise)
	}
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", " ")
	if err := out.Encode(whole); err != nil {
		return fmt.Errorf("writing the promises: %w", err)
	}
	return nil
}

func (p *Pages) writeFigures(ctx context.Context, o publication.Opened, w io.Writer) error {
	all, err := p.uses.All(ctx, o)
	if err != nil {
		return err
	}
	lines := [][]string{{"promise", "measured", "kind", "unit", "reported_by", "period", "from", "to", "cumulative", "of_period", "growth", "percent", "said", "corrected"}}
	for _, t := range all {
		for _, m := range t.Promise.Measured {
			for _, f := range m.Figures {
				span := f.Period.Span()
				lines = append(lines, []string{
					t.Promise.Key, harmless(m.Title), string(m.Kind), harmless(m.Unit), harmless(m.By), f.Period.Key(), span.From.String(), span.To.String(),
					f.Cumulative.Plain(), f.OfPeriod.Plain(), f.Growth.Plain(), f.Percent.Plain(), string(f.Said), fmt.Sprint(f.Corrected),
				})
			}
		}
	}
	return table(w, lines)
}

// writeDictionary writes what the columns of the tables mean.
func (p *Pages) writeDictionary(_ context.Context, _ publication.Opened, w io.Writer) error {
	return table(w, dictionary())
}

// writeRecords writes everything in the order of the leaves, each record as its leaf is the hash of it.
func (p *Pages) writeRecords(ctx context.Context, o publication.Opened, w io.Writer) error {
	for record, err := range p.uses.Records(ctx, o) {
		if err != nil {
			return err
		}
		if _, err := io.WriteString(w, record+"\n"); err != nil {
			return fmt.Errorf("writing the records: %w", err)
		}
	}
	return nil
}

func (p *Pages) writeEdition(ctx context.Context, o publication.Opened, w io.Writer) error {
	prover, err := p.prover(ctx, o)
	if err != nil {
		return err
	}
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", " ")
	if err := out.Encode(prover.EditionProof); err != nil {
		return fmt.Errorf("writing the proof of an edition: %w", err)
	}
	return nil
}

// exchanging writes the figures of a plan's indicators in a form of statistical offices.
func exchanging(write func(sdmx.Set, io.Writer) error) func(*Pages, context.Context, publication.Opened, io.Writer) error {
	return func(p *Pages, ctx context.Context, o publication.Opened, w io.Writer) error {
		all, err := p.uses.All(ctx, o)
		if err != nil {
			return err
		}
		return write(exchange(o, all), w)
	}
}

// exchange is the public figures of a plan's indicators as statistical offices exchange them: each once, however many
// promises follow the indicator.
func exchange(o publication.Opened, all []publication.Told) sdmx.Set {
	plainly := func(text string) ledger.Wording { return ledger.Wording{ZH: text, EN: text} }
	set := sdmx.Set{
		ID: string(o.Plan), Title: plainly(o.Title), Sender: sdmx.Code{ID: "government", Words: plainly(o.Government)}, Prepared: o.Edition.Made,
	}
	units, seen := map[string]ledger.UnitID{}, map[string]bool{}
	for _, t := range all {
		for _, m := range t.Promise.Measured {
			if m.Indicator == nil || m.Kind != reporting.OfIndicator {
				continue
			}
			by := m.By
			if by == "" {
				by = o.Government
			}
			if seen[m.ID+"\n"+by] {
				continue
			}
			if !seen[m.ID] {
				set.Indicators = append(set.Indicators, sdmx.Indicator{
					ID: ledger.IndicatorID(m.ID), Name: m.Indicator.Name, Unit: m.Unit, Scope: m.Indicator.Scope, Aggregation: m.Indicator.Aggregation, Direction: m.Indicator.Direction,
				})
			}
			seen[m.ID], seen[m.ID+"\n"+by] = true, true
			if units[by] == "" {
				units[by] = ledger.UnitID(fmt.Sprintf("unit-%d", len(units)+1))
				set.Units = append(set.Units, sdmx.Code{ID: string(units[by]), Words: plainly(by)})
			}
			for _, f := range m.Figures {
				set.Figures = append(set.Figures, exchanged(m.ID, units[by], f)...)
			}
		}
	}
	return set
}

// exchanged is a figure in both views, as far as they are known. Growth belongs to the view that was given.
func exchanged(indicator string, unit ledger.UnitID, f disclosed.Figure) []sdmx.Figure {
	var both []sdmx.Figure
	for _, basis := range []reporting.Basis{reporting.OfPeriod, reporting.Cumulative} {
		one := sdmx.Figure{
			Indicator: ledger.IndicatorID(indicator), Unit: unit, Basis: basis, Period: f.Period, Derived: basis != f.Given, Corrected: f.Corrected,
		}
		one.Value = f.Cumulative
		if basis == reporting.OfPeriod {
			one.Value = f.OfPeriod
		}
		if basis == f.Given {
			one.Growth = f.Growth
		}
		if one.Value.Known() || one.Growth.Known() {
			both = append(both, one)
		}
	}
	return both
}
