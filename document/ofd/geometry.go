package ofd

import (
	"math"
	"strconv"
	"strings"

	"luoshi/document/layout"
)

// box is a rectangle: “x y width height”.
type box struct{ left, top, width, height float64 }

// matrix is a transformation: “a b c d e f”.
type matrix struct{ a, b, c, d, e, f float64 }

func (m matrix) apply(x, y float64) (float64, float64) {
	return m.a*x + m.c*y + m.e, m.b*x + m.d*y + m.f
}

// scale is how much the transformation enlarges.
func (m matrix) scale() float64 { return math.Sqrt(math.Abs(m.a*m.d - m.b*m.c)) }

func parseNumber(text string, otherwise float64) float64 {
	n, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		return otherwise
	}
	return n
}

// parseNumbers reads up to as many numbers as there is room for.
func parseNumbers(text string, into []float64) bool {
	fields := strings.Fields(text)
	if len(fields) < len(into) {
		return false
	}
	for i := range into {
		into[i] = parseNumber(fields[i], 0)
	}
	return true
}

// parseBox reads a rectangle; nonsense is an empty one.
func parseBox(text string) box {
	var n [4]float64
	if !parseNumbers(text, n[:]) {
		return box{}
	}
	return box{n[0], n[1], n[2], n[3]}
}

// parseMatrix reads a transformation; nonsense changes nothing.
func parseMatrix(text string) matrix {
	var n [6]float64
	if !parseNumbers(text, n[:]) {
		return matrix{a: 1, d: 1}
	}
	return matrix{n[0], n[1], n[2], n[3], n[4], n[5]}
}

// parseDeltas reads the steps from character to character; “g 5 3.2” stands for five steps of 3.2. No
// more steps than there are characters are read, whatever a repetition claims.
func parseDeltas(text string, characters int) []float64 {
	var deltas []float64
	fields := strings.Fields(text)
	for i := 0; i < len(fields) && len(deltas) < characters; i++ {
		if fields[i] != "g" || i+2 >= len(fields) {
			deltas = append(deltas, parseNumber(fields[i], 0))
			continue
		}
		step := parseNumber(fields[i+2], 0)
		for range int(min(max(parseNumber(fields[i+1], 0), 0), float64(characters-len(deltas)))) {
			deltas = append(deltas, step)
		}
		i += 2
	}
	return deltas
}

// operands says how many numbers follow each operator of a path; the last two are where it leads.
var operands = map[string]int{"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}

// mostRules bounds the straight pieces that are kept of one page.
const mostRules = 20000

// path keeps the straight pieces of a path.
func (p *page) path(data string, o object) {
	fields := strings.Fields(data)
	var x, y, startX, startY float64
	for i := 0; i < len(fields) && len(p.rules) < mostRules; {
		operator := fields[i]
		count, known := operands[operator]
		i++
		if !known || i+count > len(fields) {
			continue
		}
		toX, toY := startX, startY
		if count > 0 {
			toX, toY = o.place(parseNumber(fields[i+count-2], 0), parseNumber(fields[i+count-1], 0))
		}
		i += count
		switch operator {
		case "S", "M":
			startX, startY = toX, toY
		case "L", "C":
			p.rules = append(p.rules, layout.Rule{X0: x, Y0: y, X1: toX, Y1: toY})
		}
		x, y = toX, toY
	}
}
