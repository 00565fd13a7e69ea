package font

import (
	_ "embed" // the kinds of type
	"slices"
	"strings"
)

// Face is a kind of type that the standard asks for.
type Face string

// The kinds of type.
const (
	Song Face = "song" // 小标宋, of titles
	Fang Face = "fang" // 仿宋, of the text
	Hei  Face = "hei"  // 黑体, of headings of the first level
	Kai  Face = "kai"  // 楷体, of those of the second
)

//go:embed faces.txt
var facesFile string

// families are the families looked for, of each face.
var families = readFaces(facesFile)

func readFaces(file string) map[Face][]string {
	all := map[Face][]string{}
	for line := range strings.Lines(file) {
		face, list, found := strings.Cut(strings.TrimSpace(line), " | ")
		if found && !strings.HasPrefix(line, "#") {
			all[Face(face)] = strings.Split(list, ", ")
		}
	}
	return all
}

// Set are the fonts at hand, those first that suit a face best. It may be used by many at once.
type Set struct {
	faces map[Face][]*Font
	bold  map[Face][]*Font
}

// NewSet puts fonts in order; those without Chinese characters, or that may not travel, are left out.
func NewSet(fonts []*Font) (*Set, error) {
	const common = "的一政府发展项目"
	var usable []*Font
	for _, f := range fonts {
		if f.embeddable && f.Has(common) {
			usable = append(usable, f)
		}
	}
	if len(usable) == 0 {
		return nil, &Missing{}
	}
	s := &Set{faces: map[Face][]*Font{}, bold: map[Face][]*Font{}}
	for face := range families {
		heavy := face == Song || face == Hei
		s.faces[face] = sorted(usable, face, false, heavy)
		s.bold[face] = sorted(usable, face, true, true)
	}
	return s, nil
}

// sorted are fonts in the order in which they suit a face.
func sorted(fonts []*Font, face Face, bold, heavy bool) []*Font {
	const regular, heaviest = 400, 700
	rank := func(f *Font) (int, int) {
		place := slices.IndexFunc(families[face], func(family string) bool { return slices.Contains(f.Families, family) })
		weight := regular
		if bold || heavy && place < 0 {
			weight = heaviest
		}
		if place < 0 {
			place = len(families[face])
		}
		return place, max(f.Weight-weight, weight-f.Weight)
	}
	list := slices.Clone(fonts)
	slices.SortStableFunc(list, func(a, b *Font) int {
		placeA, awayA := rank(a)
		placeB, awayB := rank(b)
		if placeA != placeB {
			return placeA - placeB
		}
		if awayA != awayB {
			return awayA - awayB
		}
		return strings.Compare(a.Name, b.Name)
	})
	return list
}

// Pick is the font in which a character of a face is printed: the one that suits the face best among those that have it.
// It is nil where no font does.
func (s *Set) Pick(face Face, bold bool, r rune) *Font {
	list := s.faces[face]
	if bold {
		list = s.bold[face]
	}
	for _, f := range list {
		if f.Glyph(r) != 0 {
			return f
		}
	}
	return nil
}

// Advance is how far a character moves the line on, in parts of the size. One that no font has is as wide as it is high.
func (s *Set) Advance(face Face, bold bool, r rune) float64 {
	f := s.Pick(face, bold, r)
	if f == nil {
		return 1
	}
	return f.Advance(f.Glyph(r)) / 1000
}

// Names are the fonts that the faces are printed in, for whoever wants to know.
func (s *Set) Names() map[Face]string {
	names := map[Face]string{}
	for face, list := range s.faces {
		names[face] = list[0].Name
	}
	return names
}
