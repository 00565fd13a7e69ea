package evidence

import (
	"bytes"
	"image"
	"image/color"
	_ "image/gif" // pictures of this kind have previews
	"image/jpeg"
	_ "image/png" // and of this one
)

const (
	// previewSide is the longer side of a small picture.
	previewSide = 320
	// mostPixels bounds the pictures of which small ones are made: a small file may unpack to a huge one.
	mostPixels = 60_000_000
	// previewQuality is that of JPEG.
	previewQuality = 80
)

// smallPicture is a picture made small; nil where the bytes are no picture of which one can be made.
func smallPicture(content []byte) []byte {
	size, _, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil || size.Width < 1 || size.Height < 1 || size.Width*size.Height > mostPixels {
		return nil
	}
	picture, _, err := image.Decode(bytes.NewReader(content))
	if err != nil {
		return nil
	}
	var small bytes.Buffer
	if jpeg.Encode(&small, shrink(picture), &jpeg.Options{Quality: previewQuality}) != nil {
		return nil
	}
	return small.Bytes()
}

// shrink makes a picture fit the preview. Every small pixel is the mean of some of those it stands for.
func shrink(picture image.Image) image.Image {
	from := picture.Bounds()
	longer := max(from.Dx(), from.Dy())
	if longer <= previewSide {
		return picture
	}
	width, height := max(1, from.Dx()*previewSide/longer), max(1, from.Dy()*previewSide/longer)
	small := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			small.Set(x, y, mean(picture, image.Rect(
				from.Min.X+x*from.Dx()/width, from.Min.Y+y*from.Dy()/height,
				from.Min.X+(x+1)*from.Dx()/width, from.Min.Y+(y+1)*from.Dy()/height)))
		}
	}
	return small
}

// samples is how many pixels of a row or column are looked at for one small pixel.
const samples = 4

// mean is the colour of a part of a picture on white.
func mean(picture image.Image, part image.Rectangle) color.Color {
	var r, g, b, n uint64
	for y := part.Min.Y; y < part.Max.Y; y += max(1, part.Dy()/samples) {
		for x := part.Min.X; x < part.Max.X; x += max(1, part.Dx()/samples) {
			red, green, blue, alpha := picture.At(x, y).RGBA()
			white := uint64(0xffff - alpha)
			r, g, b, n = r+uint64(red)+white, g+uint64(green)+white, b+uint64(blue)+white, n+1
		}
	}
	n = max(n, 1) << 8
	return color.RGBA{R: uint8(r / n), G: uint8(g / n), B: uint8(b / n), A: 0xff} //nolint:gosec // means of 16 bits, shifted by 8
}
