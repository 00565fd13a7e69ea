// Package markdown reads Markdown into parts: headings, paragraphs, list items and pipe tables, with the
// marks of emphasis and links taken off.
package markdown

import (
	"context"
	"strings"

	"luoshi/document/encoding"
	"luoshi/document/limit"
	"luoshi/document/part"
	"luoshi/document/tally"
)

// Parts reads the file. Every error is a *fault.Fault.
func Parts(ctx context.Context, data []byte, lim limit.Limits) ([]part.Part, error) {
	text, _, err := encoding.Decode(data)
	if err != nil {
		return nil, err
	}
	r := reader{lines: splitLines(skipFrontMatter(text)), tally: tally.New(ctx, lim)}
	for r.err == nil && r.at < len(r.lines) {
		r.next()
		r.hold(r.tally.Step())
	}
	r.flush()
	if r.err != nil {
		return nil, r.err
	}
	return r.parts, nil
}

// reader goes over the lines, gathering those of a paragraph until it ends.
type reader struct {
	lines     []string
	at        int
	parts     []part.Part
	paragraph []string
	tally     *tally.Tally
	err       error // the first limit that was passed; reading ends with it
}

// hold keeps the first error.
func (r *reader) hold(err error) {
	if r.err == nil {
		r.err = err
	}
}

func splitLines(text string) []string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return strings.Split(strings.ReplaceAll(text, "\r", "\n"), "\n")
}

// skipFrontMatter drops a YAML head between two lines of dashes.
func skipFrontMatter(text string) string {
	body, ok := strings.CutPrefix(text, "---\n")
	if !ok {
		return text
	}
	head, rest, ok := strings.Cut(body, "\n---\n")
	if !ok || !strings.Contains(head, ":") {
		return text
	}
	return rest
}

// next reads the construct that begins on the present line.
func (r *reader) next() {
	line := strings.TrimSpace(r.lines[r.at])
	switch {
	case line == "":
		r.flush()
	case isFence(line):
		r.flush()
		r.fenced(line)
	case r.startsTable():
		r.flush()
		r.table()
		return
	case r.isUnderline(line):
		r.setext(line)
	case isRule(line):
		r.flush()
	default:
		r.text(line)
	}
	r.at++
}

// text takes a heading, a list item or a line of a paragraph.
func (r *reader) text(line string) {
	if depth, title := heading(line); depth > 0 {
		r.flush()
		r.add(part.Part{Text: inline(title), Heading: depth})
		return
	}
	line = strings.TrimSpace(strings.TrimLeft(line, ">"))
	if item, ok := bullet(line); ok {
		r.flush()
		line = item
	} else if isNumbered(line) {
		r.flush()
	}
	broken := strings.HasSuffix(r.lines[r.at], "  ") || strings.HasSuffix(line, `\`)
	r.paragraph = append(r.paragraph, strings.TrimSuffix(line, `\`))
	if broken {
		r.flush()
	}
}

// flush ends the paragraph that was being gathered.
func (r *reader) flush() {
	if len(r.paragraph) == 0 {
		return
	}
	r.add(part.Part{Text: inline(join(r.paragraph))})
	r.paragraph = r.paragraph[:0]
}

func (r *reader) add(p part.Part) {
	if p.Kind == part.TableKind || p.Text != "" {
		r.hold(r.tally.Part())
		r.parts = append(r.parts, p)
	}
}

// join puts a paragraph's lines together, with a blank only between words of Latin letters.
func join(lines []string) string {
	var b strings.Builder
	for i, line := range lines {
		if i > 0 && line != "" && line[0] < 0x80 && endsInASCII(lines[i-1]) {
			b.WriteByte(' ')
		}
		b.WriteString(line)
	}
	return b.String()
}

func endsInASCII(line string) bool { return line != "" && line[len(line)-1] < 0x80 }

// heading is the depth and the title of “## title”; depth 0 where the line is none.
func heading(line string) (int, string) {
	depth := 0
	for depth < len(line) && line[depth] == '#' {
		depth++
	}
	if depth == 0 || depth > 6 || depth < len(line) && line[depth] != ' ' && line[depth] != '\t' && line[depth] < 0x80 {
		return 0, ""
	}
	title := strings.TrimSpace(line[depth:])
	if bare := strings.TrimRight(title, "#"); bare == "" || strings.HasSuffix(bare, " ") {
		title = strings.TrimSpace(bare)
	}
	return depth, title
}

// bullet takes the mark off an unnumbered list item.
func bullet(line string) (string, bool) {
	for _, mark := range [...]string{"- [ ] ", "- [x] ", "- ", "* ", "+ "} {
		if item, ok := strings.CutPrefix(line, mark); ok {
			return strings.TrimSpace(item), true
		}
	}
	return line, false
}

// isNumbered tells a numbered list item, whose number stays in the text.
func isNumbered(line string) bool {
	digits := 0
	for digits < len(line) && line[digits] >= '0' && line[digits] <= '9' {
		digits++
	}
	return digits > 0 && digits < 4 && strings.HasPrefix(line[digits:], ". ")
}

// isUnderline tells the line below a heading that makes it one.
func (r *reader) isUnderline(line string) bool {
	return len(r.paragraph) == 1 && len(line) > 1 && (strings.Trim(line, "=") == "" || strings.Trim(line, "-") == "")
}

func (r *reader) setext(line string) {
	depth := 1
	if line[0] == '-' {
		depth = 2
	}
	title := r.paragraph[0]
	r.paragraph = r.paragraph[:0]
	r.add(part.Part{Text: inline(title), Heading: depth})
}

func isRule(line string) bool {
	bare := strings.ReplaceAll(line, " ", "")
	return len(bare) >= 3 && (strings.Trim(bare, "-") == "" || strings.Trim(bare, "*") == "" || strings.Trim(bare, "_") == "")
}

func isFence(line string) bool {
	return strings.HasPrefix(line, "```") || strings.HasPrefix(line, "~~~")
}

// fenced takes the lines of a code block as they are, each as a paragraph.
func (r *reader) fenced(open string) {
	for r.at++; r.err == nil && r.at < len(r.lines); r.at++ {
		line := strings.TrimSpace(r.lines[r.at])
		if strings.HasPrefix(line, open[:3]) {
			return
		}
		r.add(part.Part{Text: line})
	}
}
