package font

// characters reads which glyph a character has, of the table that knows the most characters.
func (f *Font) characters() error {
	b, err := f.table("cmap", 4)
	if err != nil {
		return err
	}
	const unicode, windows = 0, 3
	best, rank := 0, 0
	for i := range u16(b, 2) {
		platform, encoding, at := u16(b, 4+8*i), u16(b, 6+8*i), int(u32(b, 8+8*i))
		worth := 0
		switch format := u16(b, at); {
		case format == 12 && (platform == unicode || platform == windows && encoding == 10):
			worth = 2
		case format == 4 && (platform == unicode || platform == windows && encoding == 1):
			worth = 1
		}
		if worth > rank {
			best, rank = at, worth
		}
	}
	switch rank {
	case 2:
		err = f.groups(b[best:])
	case 1:
		err = f.segments(b[best:])
	default:
		err = broken("it names its characters in no way known here")
	}
	f.tidy()
	return err
}

// groups reads format 12: ranges of characters anywhere in Unicode.
func (f *Font) groups(b []byte) error {
	count := u32(b, 12)
	if count > mostRanges || 16+12*count > int64(len(b)) {
		return broken("%d ranges of characters", count)
	}
	const last = 0x10ffff
	for i := range int(count) {
		from, to := u32(b, 16+12*i), u32(b, 20+12*i)
		if from <= to && to <= last {
			f.addRange(span{rune(from), rune(to), int(u32(b, 24+12*i))})
		}
	}
	return nil
}

// segments reads format 4: ranges in the first plane, whose glyphs follow each other or are listed.
func (f *Font) segments(b []byte) error {
	count := u16(b, 6) / 2
	ends, starts := 14, 16+2*count
	deltas, lists := starts+2*count, starts+4*count
	if lists+2*count > len(b) {
		return broken("%d ranges of characters", count)
	}
	next := 0
	for i := range count {
		from, to := u16(b, starts+2*i), u16(b, ends+2*i)
		if from > to || from < next {
			return broken("its ranges of characters are not in order")
		}
		next = to + 1
		if from == 0xffff {
			break // the one that ends the list
		}
		delta, list := u16(b, deltas+2*i), u16(b, lists+2*i)
		if list == 0 && from+delta <= 0xffff && to+delta > 0xffff || list != 0 {
			f.listed(b, from, to, delta, lists+2*i+list, list != 0)
			continue
		}
		f.addRange(span{rune(from), rune(to), (from + delta) & 0xffff})
	}
	return nil
}

// listed reads characters one by one.
func (f *Font) listed(b []byte, from, to, delta, at int, inList bool) {
	for c := from; c <= to; c++ {
		glyph := c
		if inList {
			if glyph = u16(b, at+2*(c-from)); glyph == 0 {
				continue
			}
		}
		f.addRange(span{rune(c), rune(c), (glyph + delta) & 0xffff})
	}
}
