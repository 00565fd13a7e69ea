package papertest

import "luoshi/office/paper"

// Texts are the lines, paragraphs and cells of a document, in the order in which it says them, without what charts draw.
func Texts(d paper.Document) []string {
	texts := []string{d.Head.Urgency, d.Head.Organ, d.Head.Issue, d.Head.Number, d.Head.SignerLine(), d.Title, d.Subtitle, d.Speaker, d.Addressee}
	for _, b := range d.Body {
		texts = append(texts, b.String())
		if b.Table != nil {
			texts = append(texts, b.Table.Caption, b.Table.Measure)
			for _, row := range append(b.Table.Header[:len(b.Table.Header):len(b.Table.Header)], b.Table.Rows...) {
				for _, c := range row {
					texts = append(texts, c.String())
				}
			}
			texts = append(texts, b.Table.Notes...)
		}
		if b.Chart != nil {
			texts = append(texts, b.Chart.Caption)
		}
	}
	texts = append(append(texts, d.AnnexLines()...), d.Signature...)
	texts = append(texts, d.Date, d.Foot.CopiesLine(), d.Foot.Printer, d.Foot.PrintedLine())
	var said []string
	for _, text := range texts {
		if text != "" {
			said = append(said, text)
		}
	}
	return said
}
