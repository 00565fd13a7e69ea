package docx

import (
	"encoding/xml"

	"luoshi/document/archive"
	"luoshi/document/part"
)

// noteRef is a place in the text that refers to a footnote or an endnote.
type noteRef struct {
	kind string // "footnotes" or "endnotes", as the relation is called
	id   string
}

// readNotes appends the notes that the text refers to, in that order.
func (r *reader) readNotes(out *flow) error {
	if len(r.notes) == 0 {
		return nil
	}
	refs := r.notes
	texts := map[noteRef][]part.Part{}
	for _, kind := range []string{"footnotes", "endnotes"} {
		if err := r.readNotesPart(kind, texts); err != nil {
			return err
		}
	}
	for _, ref := range refs {
		out.parts = append(out.parts, texts[ref]...)
		delete(texts, ref)
	}
	return nil
}

// readNotesPart reads all notes of one kind into texts.
func (r *reader) readNotesPart(kind string, texts map[noteRef][]part.Part) error {
	for _, name := range r.partsOf(kind) {
		x, err := r.pkg.XML(name)
		if err != nil {
			return err
		}
		defer x.Close()
		w := &walker{reader: r, x: x}
		err = x.EachStart(func(start xml.StartElement) error {
			if start.Name.Local != "footnote" && start.Name.Local != "endnote" {
				return nil
			}
			note := &flow{}
			if err := w.blocks(note); err != nil {
				return err
			}
			texts[noteRef{kind, archive.Attr(start, "id")}] = note.parts
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
