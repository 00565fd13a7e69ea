package docx

import (
	"crypto/sha256"
	"encoding/hex"

	"luoshi/office/paper"
)

// longestTag is how long Word lets the tag of a content control be.
const longestTag = 64

// Tag is the tag under which a figure's content control is found: its key, or the beginning of a long key with its
// digest.
func Tag(key string) string {
	if len(key) <= longestTag {
		return key
	}
	digest := sha256.Sum256([]byte(key))
	const kept = 40
	cut := kept
	for cut > 0 && key[cut]&0xC0 == 0x80 {
		cut--
	}
	return key[:cut] + "~" + hex.EncodeToString(digest[:8])
}

// runs writes the runs of a text, each figure in a content control of its own that is not seen.
func (c *composer) runs(all []paper.Run) string {
	m := &markup{}
	for _, r := range all {
		if r.Text == "" {
			continue
		}
		if r.Figure == "" {
			m.run(r)
			continue
		}
		c.controls++
		m.open("w:sdt")
		m.open("w:sdtPr")
		m.value("w:alias", Tag(r.Figure))
		m.value("w:tag", Tag(r.Figure))
		m.value("w:id", itoa(c.controls))
		m.empty("w15:appearance", "w15:val", "hidden")
		m.close("w:sdtPr")
		m.open("w:sdtContent")
		m.run(r)
		m.close("w:sdtContent", "w:sdt")
	}
	return m.String()
}
