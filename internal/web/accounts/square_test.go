package accounts

import (
	"fmt"
	"image"
	"image/color"
	"strings"
	"testing"

	"rsc.io/qr"

	"luoshi/internal/access/credential"
)

// What is drawn is painted again and compared, module by module and with its margin, with what the encoder made.
func TestTheQRCodeIsTheOneOfTheKey(t *testing.T) {
	for _, uri := range []string{
		"otpauth://totp/luoshi:lisi?issuer=luoshi&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
		"otpauth://totp/%E8%90%BD%E5%AE%9E:%E6%9D%8E%E5%9B%9B?secret=" + strings.Repeat("A", 120),
	} {
		drawn, err := squareOf(credential.NewSecret(uri))
		if err != nil {
			t.Fatal(err)
		}
		want, err := qr.Encode(uri, qr.M)
		if err != nil {
			t.Fatal(err)
		}
		if drawn.side != want.Size+8 {
			t.Fatalf("the side is %d, the code's %d", drawn.side, want.Size)
		}
		painted := paint(t, drawn)
		for y := range drawn.side {
			for x := range drawn.side {
				if got := painted.GrayAt(x, y).Y == 0; got != want.Black(x-4, y-4) {
					t.Fatalf("the module %d, %d is black: %t", x-4, y-4, got)
				}
			}
		}
	}
}

func paint(t *testing.T, s square) *image.Gray {
	t.Helper()
	painted := image.NewGray(image.Rect(0, 0, s.side, s.side))
	for i := range painted.Pix {
		painted.Pix[i] = 255
	}
	for _, stroke := range strings.SplitAfter(strings.TrimSuffix(s.path, "z"), "z") {
		var x, y, wide, back int
		if _, err := fmt.Sscanf(stroke, "M%d %dh%dv1h-%d", &x, &y, &wide, &back); err != nil || wide != back {
			t.Fatalf("%q: %v", stroke, err)
		}
		for i := range wide {
			painted.SetGray(x+i, y, color.Gray{})
		}
	}
	return painted
}

func TestATextTooLongForAQRCode(t *testing.T) {
	if _, err := squareOf(credential.NewSecret(strings.Repeat("x", 4000))); err == nil {
		t.Error("it is drawn")
	}
}
