// Package photo draws a picture anew, so that nothing comes with it but what it shows: no place, no device, no thumbnail
// of what was cut off. What a camera says of its position in the hand is obeyed before it is lost.
package photo

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
)

const (
	// Longest is the longer side that a picture keeps.
	Longest = 2000
	// mostPixels bounds what is unpacked: a small file may hold a huge picture.
	mostPixels = 50_000_000
	quality    = 85
)

// The errors of pictures that are not taken.
var (
	ErrForm  = errors.New("photo: neither a JPEG nor a PNG picture")
	ErrLarge = errors.New("photo: too many pixels")
)

// Redraw is a picture drawn anew, upright and no larger than Longest, and the ending of its file: a JPEG stays one, and so
// does a PNG.
func Redraw(content []byte) (redrawn []byte, ending string, err error) {
	size, format, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil || format != "jpeg" && format != "png" || size.Width < 1 || size.Height < 1 {
		return nil, "", ErrForm
	}
	if size.Width*size.Height > mostPixels {
		return nil, "", ErrLarge
	}
	picture, _, err := image.Decode(bytes.NewReader(content))
	if err != nil {
		return nil, "", errors.Join(ErrForm, err)
	}
	turned := fit(picture, position(content))
	var b bytes.Buffer
	if format == "png" {
		err = png.Encode(&b, turned)
		return b.Bytes(), ".png", err
	}
	err = jpeg.Encode(&b, turned, &jpeg.Options{Quality: quality})
	return b.Bytes(), ".jpg", err
}

// fit turns a picture upright by its position as EXIF numbers it, and makes it small enough.
func fit(picture image.Image, position int) image.Image {
	from := picture.Bounds()
	width, height := from.Dx(), from.Dy()
	if position >= 5 { // lying on a side
		width, height = height, width
	}
	longer := max(width, height)
	if longer <= Longest && position == 1 {
		return copied(picture)
	}
	w, h := width, height
	if longer > Longest {
		w, h = max(1, width*Longest/longer), max(1, height*Longest/longer)
	}
	to := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			to.SetRGBA(x, y, mean(picture, from, position, image.Rect(x*width/w, y*height/h, (x+1)*width/w, (y+1)*height/h)))
		}
	}
	return to
}

// copied is the same picture in a form that has nothing beside its pixels.
func copied(picture image.Image) image.Image {
	to := image.NewRGBA(image.Rect(0, 0, picture.Bounds().Dx(), picture.Bounds().Dy()))
	draw.Draw(to, to.Bounds(), picture, picture.Bounds().Min, draw.Src)
	return to
}

// mean is the colour of a part of the upright picture.
func mean(picture image.Image, from image.Rectangle, position int, part image.Rectangle) color.RGBA {
	var r, g, b, a, n uint64
	for y := part.Min.Y; y < max(part.Max.Y, part.Min.Y+1); y++ {
		for x := part.Min.X; x < max(part.Max.X, part.Min.X+1); x++ {
			at := lying(image.Pt(x, y), from.Dx(), from.Dy(), position).Add(from.Min)
			red, green, blue, alpha := picture.At(at.X, at.Y).RGBA()
			r, g, b, a, n = r+uint64(red), g+uint64(green), b+uint64(blue), a+uint64(alpha), n+1
		}
	}
	n <<= 8
	return color.RGBA{R: uint8(r / n), G: uint8(g / n), B: uint8(b / n), A: uint8(a / n)} //nolint:gosec // means of 16 bits, shifted by 8
}

// lying is where a point of the upright picture lies in the picture as it was taken, of the given size.
func lying(p image.Point, width, height, position int) image.Point {
	right, bottom := width-1, height-1
	switch position {
	case 2:
		return image.Pt(right-p.X, p.Y)
	case 3:
		return image.Pt(right-p.X, bottom-p.Y)
	case 4:
		return image.Pt(p.X, bottom-p.Y)
	case 5:
		return image.Pt(p.Y, p.X)
	case 6:
		return image.Pt(p.Y, bottom-p.X)
	case 7:
		return image.Pt(right-p.Y, bottom-p.X)
	case 8:
		return image.Pt(right-p.Y, p.X)
	}
	return p
}
