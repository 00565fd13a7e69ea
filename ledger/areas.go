package ledger

import "slices"

// Tops are the headings that part what stands in some sections: of each section the highest heading above it, or itself.
// A heading that holds all of them, as the title of a document does, parts nothing, and the ones beneath it do. What
// stands in no section has the zero one.
func (p Plan) Tops(sections []int) map[int]Section {
	depth := p.commonDepth(sections)
	tops := map[int]Section{}
	for _, number := range sections {
		if path := p.Path(number); len(path) > 0 {
			tops[number] = path[min(depth, len(path)-1)]
		}
	}
	return tops
}

// commonDepth is how many headings all sections stand beneath, of those that are not the last of all.
func (p Plan) commonDepth(sections []int) int {
	sections = slices.Compact(slices.Sorted(slices.Values(sections)))
	for depth := 0; ; depth++ {
		at, deeper := map[int]bool{}, false
		for _, number := range sections {
			path := p.Path(number)
			if len(path) > depth {
				at[path[depth].Number] = true
			}
			deeper = deeper || len(path) > depth+1
		}
		if len(at) != 1 || !deeper {
			return depth
		}
	}
}
