package paper

import (
	"strconv"
	"strings"
)

// AnnexLines are the lines of 附件说明: “附件：甲”, or “附件：1.甲” and “2.乙” beneath it.
func (d Document) AnnexLines() []string {
	const label = "附件\uff1a"
	if len(d.Annexes) == 1 {
		return []string{label + d.Annexes[0]}
	}
	lines := make([]string, len(d.Annexes))
	for i, name := range d.Annexes {
		lines[i] = strconv.Itoa(i+1) + "." + name
	}
	if len(lines) > 0 {
		lines[0] = label + lines[0]
	}
	return lines
}

// SignerLine is “签发人：” with the name; empty where nobody is named.
func (h Head) SignerLine() string {
	if h.Signer == "" {
		return ""
	}
	return "签发人\uff1a" + h.Signer
}

// Empty tells that nothing stands above the title.
func (h Head) Empty() bool { return h == Head{} }

// Plain tells that no red head stands above the title: a number or a signer is alone there, at the right.
func (h Head) Plain() bool { return h.Organ == "" && h.Issue == "" && h.Office == "" && h.On == "" }

// CopiesLine is “抄送：” with the organs and the full stop that ends them; empty where there are none.
func (f Foot) CopiesLine() string {
	if f.Copies == "" {
		return ""
	}
	return "抄送\uff1a" + strings.TrimSuffix(f.Copies, "。") + "。"
}

// PrintedLine is the date with “印发”; empty where there is none.
func (f Foot) PrintedLine() string {
	if f.Printed == "" {
		return ""
	}
	return f.Printed + "印发"
}

// Empty tells that the document has no 版记.
func (f Foot) Empty() bool { return f == Foot{} }

// Width is how many half-width places a line of text takes: a Chinese character two, a figure or a Latin letter one.
func Width(text string) int {
	halves := 0
	for _, r := range text {
		if r < 0x80 {
			halves++
		} else {
			halves += 2
		}
	}
	return halves
}
