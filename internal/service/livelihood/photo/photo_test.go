package photo

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"
)

// scene is a picture whose corners can be told apart: red, green, blue and white, from the upper left on.
func scene(width, height int) image.Image {
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			m.Set(x, y, []color.RGBA{{255, 0, 0, 255}, {0, 255, 0, 255}, {0, 0, 255, 255}, {255, 255, 255, 255}}[x/(width/2)+2*(y/(height/2))])
		}
	}
	return m
}

// taken is a JPEG picture as a camera writes it, with its position in the hand and the place where it stood.
func taken(t testing.TB, order binary.ByteOrder, position int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, scene(64, 32), &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	var part []byte
	mark := "II*\x00"
	if order == binary.ByteOrder(binary.BigEndian) {
		mark = "MM\x00*"
	}
	part = append(part, "Exif\x00\x00"+mark...)
	number := func(size int, n uint32) {
		field := make([]byte, 4)
		if size == 2 {
			order.PutUint16(field, uint16(n)) //nolint:gosec // small numbers
		} else {
			order.PutUint32(field, n)
		}
		part = append(part, field[:size]...)
	}
	number(4, 8)
	number(2, 2)                                                                      // two entries: the maker, and the position
	for _, entry := range [][2]uint32{{0x010f, 0}, {orientation, uint32(position)}} { //nolint:gosec // small numbers
		number(2, entry[0])
		number(2, 3)
		number(4, 1)
		number(2, entry[1])
		number(2, 0)
	}
	number(4, 0)
	part = append(part, "GPS 北纬25.1234 东经102.5678"...)
	head := []byte{0xff, 0xd8, 0xff, 0xe1, 0, 0}
	binary.BigEndian.PutUint16(head[4:], uint16(len(part)+2)) //nolint:gosec // some hundred bytes
	return append(append(head, part...), b.Bytes()[2:]...)
}

// corners names the colours of the corners of a picture, from the upper left on.
func corners(m image.Image) string {
	b, text := m.Bounds(), ""
	for _, p := range []image.Point{{2, 2}, {b.Dx() - 3, 2}, {2, b.Dy() - 3}, {b.Dx() - 3, b.Dy() - 3}} {
		r, g, bl, _ := m.At(p.X, p.Y).RGBA()
		switch {
		case r > 0xc000 && g > 0xc000:
			text += "w"
		case r > 0xc000:
			text += "r"
		case g > 0xc000:
			text += "g"
		case bl > 0xc000:
			text += "b"
		default:
			text += "?"
		}
	}
	return text
}

func TestAPictureStandsUprightAndTellsNothingElse(t *testing.T) {
	want := map[int]string{1: "rgbw", 2: "grwb", 3: "wbgr", 4: "bwrg", 5: "rbgw", 6: "brwg", 7: "wgbr", 8: "gwrb", 0: "rgbw", 9: "rgbw"}
	for position, corner := range want {
		for _, order := range []binary.ByteOrder{binary.BigEndian, binary.LittleEndian} {
			t.Run(fmt.Sprint(position, order), func(t *testing.T) {
				content := taken(t, order, position)
				redrawn, ending, err := Redraw(content)
				if err != nil || ending != ".jpg" {
					t.Fatal(ending, err)
				}
				m, err := jpeg.Decode(bytes.NewReader(redrawn))
				if err != nil {
					t.Fatal(err)
				}
				if got := corners(m); got != corner {
					t.Errorf("the corners are %s, want %s", got, corner)
				}
				if lies := position >= 5 && position <= 8; lies != (m.Bounds().Dx() == 32) {
					t.Errorf("it is %v", m.Bounds())
				}
				if bytes.Contains(redrawn, []byte("GPS")) || bytes.Contains(redrawn, []byte("Exif")) {
					t.Error("it still tells where it was taken")
				}
			})
		}
	}
}

func TestLargePicturesAreMadeSmaller(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, scene(4000, 1000)); err != nil {
		t.Fatal(err)
	}
	redrawn, ending, err := Redraw(b.Bytes())
	if err != nil || ending != ".png" {
		t.Fatal(ending, err)
	}
	m, err := png.Decode(bytes.NewReader(redrawn))
	if err != nil || m.Bounds().Dx() != Longest || m.Bounds().Dy() != 500 || corners(m) != "rgbw" {
		t.Errorf("it is %v, %s, %v", m.Bounds(), corners(m), err)
	}
}

func TestWhatIsNoPicture(t *testing.T) {
	var huge bytes.Buffer
	if err := png.Encode(&huge, image.NewGray(image.Rect(0, 0, 10_000, 5_001))); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		content []byte
		want    error
	}{
		"nothing": {nil, ErrForm}, "a page": {[]byte("<html>"), ErrForm}, "broken off": {taken(t, binary.BigEndian, 1)[:200], ErrForm},
		"huge": {huge.Bytes(), ErrLarge},
	} {
		if _, _, err := Redraw(c.content); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzRedraw: whatever comes, it is refused or a picture that is not too large comes out.
func FuzzRedraw(f *testing.F) {
	f.Add(taken(f, binary.BigEndian, 6))
	f.Add(taken(f, binary.LittleEndian, 3))
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x08Exif\x00\x00"))
	f.Fuzz(func(t *testing.T, content []byte) {
		if size, _, err := image.DecodeConfig(bytes.NewReader(content)); err == nil && size.Width*size.Height > 1<<20 {
			t.Skip("slow")
		}
		redrawn, _, err := Redraw(content)
		if err != nil {
			return
		}
		size, _, err := image.DecodeConfig(bytes.NewReader(redrawn))
		if err != nil || max(size.Width, size.Height) > Longest {
			t.Errorf("it is %+v, %v", size, err)
		}
		if p := position(content); p < 1 || p > 8 {
			t.Errorf("it lies %d", p)
		}
	})
}
