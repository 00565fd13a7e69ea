package reading

import "luoshi/reading/lexicon"

// contents sums up what kinds of tokens and which tags a stretch holds, so that a rule that needs one
// of them need not look for it.
type contents struct {
	tags  lexicon.Tag
	kinds uint16
}

func (c *contents) add(t *token) {
	c.tags |= t.tags
	c.kinds |= 1 << t.kind
}

func (c *contents) join(other *contents) {
	c.tags |= other.tags
	c.kinds |= other.kinds
}

func (c *contents) has(kind tokenKind) bool { return c.kinds&(1<<kind) != 0 }

// part is what stands between two marks that divide sentences. The lexer keeps it while it takes the
// tokens, so that none needs to be looked at again to tell what a part holds.
type part struct {
	contents
	first, last int       // tokens
	start, end  int       // bytes
	behind      tokenKind // the mark that it stands behind
}

// dividers are the marks between parts.
const dividers = 1<<comma | 1<<semicolon | 1<<colon | 1<<stop

// push takes a token into the part that is open; a divider closes that part and opens the next.
func (x *lexer) push(t token) {
	if dividers>>t.kind&1 != 0 {
		x.closePart(int(t.start))
		x.open = part{first: len(x.tokens) + 1, start: int(t.end), behind: t.kind}
	} else {
		x.open.add(&t)
	}
	x.tokens = append(x.tokens, t)
}

func (x *lexer) closePart(end int) {
	x.open.last, x.open.end = len(x.tokens), end
	x.parts = append(x.parts, x.open)
}
