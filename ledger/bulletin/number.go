package bulletin

import (
	"fmt"
	"strings"
)

// Number is the number of a published bulletin: 望督通〔2026〕17号, the seventeenth of its year.
type Number struct {
	Sign string `json:"sign"`
	Year int    `json:"year"`
	N    int    `json:"n"`
}

// IsZero tells whether there is none yet.
func (n Number) IsZero() bool { return n.N == 0 }

// String is the number as it is printed; empty where there is none.
func (n Number) String() string {
	if n.IsZero() {
		return ""
	}
	return fmt.Sprintf("%s\u3014%d\u3015%d号", n.Sign, n.Year, n.N)
}

// Issue is which one of the year it is: 第十七期.
func (n Number) Issue() string {
	if n.IsZero() {
		return ""
	}
	return "第" + chinese(n.N) + "期"
}

// chinese is a number below ten thousand in Chinese numerals.
func chinese(n int) string {
	if n < 0 || n > 9999 {
		return fmt.Sprint(n)
	}
	digits := []rune("零一二三四五六七八九")
	var b strings.Builder
	gap := false
	for _, place := range []struct {
		of   int
		name string
	}{{1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}} {
		digit := n / place.of % 10
		switch {
		case digit == 0:
			gap = b.Len() > 0
			continue
		case gap:
			b.WriteRune(digits[0])
		}
		gap = false
		if digit != 1 || place.of != 10 || b.Len() > 0 {
			b.WriteRune(digits[digit])
		}
		b.WriteString(place.name)
	}
	if b.Len() == 0 {
		return string(digits[0])
	}
	return b.String()
}
