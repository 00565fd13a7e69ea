package credential

import (
	"fmt"
	"io"
	"log/slog"
)

// Secret is a text that shows itself only to who asks for it by Reveal. Printed, logged or encoded in any
// form it is hidden.
type Secret struct{ text string }

const hidden = "[hidden]"

// NewSecret hides a text.
func NewSecret(text string) Secret { return Secret{text} }

// Reveal is the text itself: to be shown once, sent, or compared.
func (s Secret) Reveal() string { return s.text }

// String hides the text.
func (s Secret) String() string { return hidden }

// Format hides the text from every verb of fmt.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, hidden) }

// MarshalText hides the text from JSON, XML and flags.
func (s Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// MarshalBinary hides the text from gob.
func (s Secret) MarshalBinary() ([]byte, error) { return []byte(hidden), nil }

// LogValue hides the text from slog.
func (s Secret) LogValue() slog.Value { return slog.StringValue(hidden) }
