package markdown

import "strings"

// inline takes the marks of emphasis, code, links and HTML tags off a line. It walks the line once.
func inline(s string) string {
	if !strings.ContainsAny(s, "*_`[]!\\<&~") {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		i += step(&b, s, i)
	}
	return strings.TrimSpace(b.String())
}

// step writes what stands at s[i] and gives the number of bytes that it has dealt with.
func step(b *strings.Builder, s string, i int) int {
	switch c := s[i]; c {
	case '\\':
		if i+1 < len(s) && s[i+1] < 0x80 && strings.IndexByte("\\`*_{}[]()#+-.!|~<>", s[i+1]) >= 0 {
			b.WriteByte(s[i+1])
			return 2
		}
	case '*', '`', '~':
		return run(b, s, i)
	case '_':
		if !isWordByte(s, i-1) || !isWordByte(s, i+1) {
			return 1
		}
	case '!':
		if i+1 < len(s) && s[i+1] == '[' {
			return 1
		}
	case '[':
		if label, size := link(s[i:]); size > 0 {
			b.WriteString(label)
			return size
		}
	case '<':
		if size := tag(s[i:]); size > 0 {
			return size
		}
	case '&':
		for entity, text := range entities {
			if strings.HasPrefix(s[i:], entity) {
				b.WriteString(text)
				return len(entity)
			}
		}
	}
	b.WriteByte(s[i])
	return 1
}

var entities = map[string]string{"&nbsp;": " ", "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": `"`, "&emsp;": " ", "&ensp;": " "}

// maxMarks is the longest run of stars that emphasises; a longer one stands for hidden text.
const maxMarks = 3

// run drops a run of marks; a “*” between blanks or digits is a sign of its own, and masked names such
// as “****” stay.
func run(b *strings.Builder, s string, i int) int {
	n := 1
	for i+n < len(s) && s[i+n] == s[i] {
		n++
	}
	marks := n <= maxMarks
	switch s[i] {
	case '~':
		marks = n == 2
	case '*':
		marks = marks && !isLone(s, i, i+n)
	}
	if !marks {
		b.WriteString(s[i : i+n])
	}
	return n
}

// isLone tells a star that multiplies or stands by itself.
func isLone(s string, start, end int) bool {
	before, after := byte(' '), byte(' ')
	if start > 0 {
		before = s[start-1]
	}
	if end < len(s) {
		after = s[end]
	}
	digits := before >= '0' && before <= '9' && after >= '0' && after <= '9'
	return digits || before == ' ' && after == ' '
}

func isWordByte(s string, i int) bool {
	if i < 0 || i >= len(s) {
		return false
	}
	c := s[i]
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_'
}

// maxLink is how far a link's label and address reach; it keeps a line of brackets from being searched
// to its end again and again.
const maxLink = 2048

// link reads “[label](address)” and gives its label and size; size 0 where there is none.
func link(s string) (string, int) {
	s = s[:min(len(s), maxLink)]
	end := strings.IndexByte(s, ']')
	if end < 0 || end+1 >= len(s) || s[end+1] != '(' {
		return "", 0
	}
	closing := strings.IndexByte(s[end:], ')')
	if closing < 0 {
		return "", 0
	}
	return strings.TrimLeft(s[1:end], "["), end + closing + 1
}

// tag is the size of an HTML tag or of an address in angle brackets, 0 where there is none.
func tag(s string) int {
	s = s[:min(len(s), maxLink)]
	if len(s) < 3 || !(s[1] == '/' || s[1] == '!' || s[1] >= 'a' && s[1] <= 'z' || s[1] >= 'A' && s[1] <= 'Z') {
		return 0
	}
	return strings.IndexByte(s, '>') + 1
}
