package accounts

import (
	"fmt"
	"strings"

	"rsc.io/qr"

	"luoshi/internal/access/credential"
)

// square is a QR code as a page draws it: one path on a white ground, in units of its modules.
type square struct {
	side int // with the quiet zone around it
	path string
}

// quiet is the margin that a reader needs, in modules.
const quiet = 4

// squareOf draws a text that a telephone is to read off the screen.
func squareOf(text credential.Secret) (square, error) {
	code, err := qr.Encode(text.Reveal(), qr.M)
	if err != nil {
		return square{}, fmt.Errorf("drawing the QR code: %w", err)
	}
	var path strings.Builder
	for y := range code.Size {
		for x := 0; x < code.Size; {
			begun := x
			for code.Black(x, y) {
				x++
			}
			if x > begun {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", begun+quiet, y+quiet, x-begun, x-begun)
			}
			x++
		}
	}
	return square{side: code.Size + 2*quiet, path: path.String()}, nil
}
