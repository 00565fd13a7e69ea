// Package confidence says in a word how sure a pairing is.
package confidence

// The confidences from which a pairing is called sure, and likely.
const high, medium = 0.8, 0.5

// Word is high, medium or low.
func Word(confidence float64) string {
	switch {
	case confidence >= high:
		return "high"
	case confidence >= medium:
		return "medium"
	}
	return "low"
}
