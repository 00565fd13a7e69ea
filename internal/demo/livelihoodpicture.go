package demo

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"

	"luoshi/ledger/livelihood"
)

// scenery is a drawn picture in place of a photograph: a street of houses beneath the sky, bare before the work, with a
// crane while it goes on, and with trees when it is done. The number makes the houses differ.
func scenery(stage livelihood.Stage, number int) ([]byte, error) {
	const width, height, ground = 640, 420, 330
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		fill(m, 0, y, width, 1, color.RGBA{uint8(150 + y/5), uint8(190 + y/9), 235, 255})
	}
	fill(m, 0, ground, width, height-ground, color.RGBA{150, 146, 138, 255})
	fill(m, 0, ground+44, width, 4, color.RGBA{235, 232, 222, 255})
	walls := []color.RGBA{{206, 170, 132, 255}, {188, 196, 204, 255}, {214, 196, 160, 255}, {176, 160, 150, 255}}
	for i := range 4 {
		tall := 110 + (number*37+i*53)%110
		house(m, 30+i*150, ground-tall, 118, tall, walls[(number+i)%len(walls)], stage)
	}
	switch stage {
	case livelihood.During:
		crane := color.RGBA{224, 160, 40, 255}
		fill(m, 300, 60, 8, ground-60, crane)
		fill(m, 210, 70, 300, 7, crane)
		fill(m, 460, 77, 2, 90, color.RGBA{60, 60, 60, 255})
		fill(m, 446, 167, 30, 18, color.RGBA{120, 100, 80, 255})
	case livelihood.After:
		for i := range 5 {
			fill(m, 15+i*150, ground-46, 6, 46, color.RGBA{104, 78, 54, 255})
			disc(m, 18+i*150, ground-62, 26, color.RGBA{72, 136, 76, 255})
		}
		disc(m, 560, 70, 34, color.RGBA{250, 222, 120, 255})
	}
	var b bytes.Buffer
	err := png.Encode(&b, m)
	return b.Bytes(), err
}

// house is a wall with windows; before the work the windows are dark.
func house(m *image.RGBA, x, y, width, height int, wall color.RGBA, stage livelihood.Stage) {
	fill(m, x, y, width, height, wall)
	fill(m, x-4, y-8, width+8, 8, color.RGBA{130, 70, 58, 255})
	glass := color.RGBA{238, 240, 214, 255}
	if stage == livelihood.Before {
		glass = color.RGBA{92, 98, 106, 255}
	}
	for top := y + 14; top+26 < y+height; top += 40 {
		for left := x + 12; left+20 < x+width; left += 36 {
			fill(m, left, top, 20, 24, glass)
		}
	}
}

func fill(m *image.RGBA, x, y, width, height int, c color.Color) {
	draw.Draw(m, image.Rect(x, y, x+width, y+height), image.NewUniform(c), image.Point{}, draw.Src)
}

func disc(m *image.RGBA, x, y, radius int, c color.RGBA) {
	for dy := -radius; dy <= radius; dy++ {
		for dx := -radius; dx <= radius; dx++ {
			if dx*dx+dy*dy <= radius*radius {
				m.SetRGBA(x+dx, y+dy, c)
			}
		}
	}
}
