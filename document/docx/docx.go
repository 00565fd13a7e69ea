// Package docx reads Word documents (.docx, .docm, WPS and LibreOffice ones too) into parts: text
// with its styles' headings, list numbers as Word would print them, tables with merged cells,
// footnotes, text boxes, headers and footers. Deleted text and field codes are left out.
package docx

import (
	"context"
	"errors"
	"io"
	"path"

	"luoshi/document/archive"
	"luoshi/document/fault"
	"luoshi/document/limit"
	"luoshi/document/part"
	"luoshi/document/tally"
)

// format names the format in faults.
const format = "Word"

// Parts reads the paragraphs and tables of a Word document in reading order; footnotes follow the
// text, headers and footers stand at the end as furniture. Every error is a *fault.Fault.
func Parts(ctx context.Context, data []byte, lim limit.Limits) ([]part.Part, error) {
	pkg, err := archive.Open(ctx, data, format, lim)
	if err != nil {
		return nil, err
	}
	r := &reader{pkg: pkg, tally: tally.New(ctx, lim)}
	if err := r.open(); err != nil {
		return nil, err
	}
	body := &flow{}
	if err := r.readPart(r.main, body); err != nil {
		return nil, err
	}
	if err := r.readNotes(body); err != nil {
		return nil, err
	}
	if len(body.parts) == 0 {
		return nil, fault.New(fault.Empty, nil)
	}
	if err := r.readFurniture(body); err != nil {
		return nil, err
	}
	return body.parts, nil
}

// reader holds what the parts of one document share.
type reader struct {
	pkg       *archive.Archive
	tally     *tally.Tally
	main      string // the part that holds the text
	related   []archive.Relation
	styles    styles
	numbering numbering
	notes     []noteRef // in the order in which the text refers to them
}

// open finds the main part and reads what the text refers to.
func (r *reader) open() error {
	root, err := r.pkg.Relations("")
	if err != nil {
		return err
	}
	r.main = archive.First(root, "officeDocument", "word/document.xml")
	if r.related, err = r.pkg.Relations(r.main); err != nil {
		return err
	}
	folder, _ := path.Split(r.main)
	if r.styles, err = r.readStyles(r.partOf("styles", folder+"styles.xml")); err != nil {
		return err
	}
	r.numbering, err = r.readNumbering(r.partOf("numbering", folder+"numbering.xml"))
	return err
}

// partOf is the first part of a kind, or the place where it usually stands.
func (r *reader) partOf(kind, usual string) string {
	if targets := r.partsOf(kind); len(targets) > 0 {
		return targets[0]
	}
	return usual
}

// partsOf are the parts of a kind that are there.
func (r *reader) partsOf(kind string) []string {
	var targets []string
	for _, relation := range r.related {
		if relation.Kind == kind && r.pkg.Has(relation.Target) {
			targets = append(targets, relation.Target)
		}
	}
	return targets
}

// readPart reads all the text of a part into out.
func (r *reader) readPart(name string, out *flow) error {
	x, err := r.pkg.XML(name)
	if err != nil {
		return err
	}
	defer x.Close()
	w := &walker{reader: r, x: x}
	err = w.blocks(out)
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// readFurniture appends headers and footers, each text once.
func (r *reader) readFurniture(out *flow) error {
	seen := map[string]bool{}
	for _, kind := range []string{"header", "footer"} {
		for _, name := range r.partsOf(kind) {
			marginal := &flow{}
			if err := r.readPart(name, marginal); err != nil {
				return err
			}
			for _, p := range marginal.parts {
				text := p.Text
				if p.Kind == part.TableKind {
					text = tableText(p.Table)
				}
				if text == "" || seen[text] {
					continue
				}
				seen[text] = true
				out.parts = append(out.parts, part.Part{Text: text, Furniture: true})
			}
		}
	}
	return nil
}
