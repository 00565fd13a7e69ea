package paper

import (
	_ "embed"
	"strings"
)

//go:embed breaks.txt
var breakLines string

// beginnings are the words with which a line of a title may begin.
var beginnings = func() []string {
	var all []string
	for line := range strings.Lines(breakLines) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			all = append(all, line)
		}
	}
	return all
}()

// TitleLines are the lines of a title where so many half-width places have room: as few as can be, none of which tears a
// word, and as even as may be. A title without such lines stays whole, for the format to break.
func TitleLines(title string, room int) []string {
	const most = 5
	places := mayBreak(title)
	for lines := (Width(title) + room - 1) / room; lines > 1 && lines <= most; lines++ {
		if best, _ := divide(title, places, lines, room); best != nil {
			return best
		}
	}
	return []string{title}
}

// mayBreak are the offsets at which a line may begin.
func mayBreak(title string) []int {
	var places []int
	for i := range title {
		for _, word := range beginnings {
			if i > 0 && strings.HasPrefix(title[i:], word) {
				places = append(places, i)
				break
			}
		}
	}
	return places
}

// divide is the evenest division into so many lines, and how uneven it is; none where no division has room.
func divide(text string, places []int, lines, room int) (best []string, cost int) {
	waste := func(line string) int { return (room - Width(line)) * (room - Width(line)) }
	if lines == 1 {
		if Width(text) > room {
			return nil, 0
		}
		return []string{text}, waste(text)
	}
	for n, at := range places {
		if at == 0 || Width(text[:at]) > room {
			continue
		}
		rest := make([]int, 0, len(places))
		for _, p := range places[n+1:] {
			rest = append(rest, p-at)
		}
		tail, more := divide(text[at:], rest, lines-1, room)
		if tail == nil {
			continue
		}
		if more += waste(text[:at]); best == nil || more < cost {
			best, cost = append([]string{text[:at]}, tail...), more
		}
	}
	return best, cost
}
