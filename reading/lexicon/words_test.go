package lexicon

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// line is one line of a file under words/.
type line struct {
	file  string
	tags  Tag
	words []string
}

func wordLines(t *testing.T) []line {
	t.Helper()
	names, err := files.ReadDir("words")
	if err != nil || len(names) == 0 {
		t.Fatalf("no word files: %v", err)
	}
	var lines []line
	for _, name := range names {
		data, err := files.ReadFile("words/" + name.Name())
		if err != nil {
			t.Fatal(err)
		}
		for l := range Lines(string(data)) {
			tags, err := parseTags(l.Head)
			if err != nil || tags == 0 {
				t.Errorf("%s: %q: tags %v, error %v", name.Name(), l.Head, tags, err)
			}
			lines = append(lines, line{name.Name(), tags, l.Words})
		}
	}
	return lines
}

func TestWordsAreWellFormed(t *testing.T) {
	for _, l := range wordLines(t) {
		if len(l.words) == 0 {
			t.Errorf("%s: a line without words", l.file)
		}
		seen := map[string]bool{}
		for _, word := range l.words {
			if seen[word] {
				t.Errorf("%s: %s stands twice in one line", l.file, word)
			}
			seen[word] = true
			for _, r := range word {
				if unicode.IsSpace(r) || unicode.IsControl(r) || r > 0xFFFF || r == '\uFEFF' || r == '\u200B' {
					t.Errorf("%s: %q holds %U", l.file, word, r)
				}
			}
			if strings.ContainsAny(word, "，,；;。") {
				t.Errorf("%s: %s holds a mark that ends a passage", l.file, word)
			}
		}
	}
}

func TestEveryTagIsUsed(t *testing.T) {
	used := Tag(0)
	for _, l := range wordLines(t) {
		used |= l.tags
	}
	for name, tag := range tagNames {
		if used&tag == 0 {
			t.Errorf("no word is tagged %s", name)
		}
	}
}

func TestEveryWordIsFound(t *testing.T) {
	words := Default()
	for _, l := range wordLines(t) {
		for _, word := range l.words {
			if tags, end := words.Match(word, 0); end != len(word) || tags&l.tags != l.tags {
				t.Errorf("%s: %s matches up to %q with %b, lacking %b", l.file, word, word[:end], tags, l.tags&^tags)
			}
		}
	}
}

// contradictions are tags that say opposite things, with the words that may carry both all the same.
var contradictions = []struct {
	one, other Tag
	allowed    []string
}{
	{AtLeast, AtMost, nil},
	{AtLeast, LessThan, nil},
	{MoreThan, LessThan, nil},
	{MoreThan, AtMost, nil},
	{OrMore, OrLess, nil},
	{OrMore, OrSo, nil},
	{OrLess, OrSo, nil},
	{Grow, Fall, nil},
	{Review, Outlook, nil},
	// What is pledged is being tried as well.
	{Soften, Done, nil},
	{Pledge, Done, nil},
	{Opaque, AtLeast | MoreThan | AtMost | LessThan | About | OrMore | OrLess | OrSo, nil},
	{Opaque, Keep | Spend, nil},
	{Place, Verb, nil},
}

func TestContradictions(t *testing.T) {
	tags := map[string]Tag{}
	for _, l := range wordLines(t) {
		for _, word := range l.words {
			tags[word] |= l.tags
		}
	}
	for _, c := range contradictions {
		for _, word := range slices.Sorted(maps.Keys(tags)) {
			if tags[word]&c.one != 0 && tags[word]&c.other != 0 && !slices.Contains(c.allowed, word) {
				t.Errorf("%s is tagged %s and %s", word, names(tags[word]&c.one), names(tags[word]&c.other))
			}
		}
		for _, word := range c.allowed {
			if tags[word]&c.one == 0 || tags[word]&c.other == 0 {
				t.Errorf("%s need not be allowed to be %s and %s", word, names(c.one), names(c.other))
			}
		}
	}
}

// names writes a set of tags as the files do.
func names(tags Tag) string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(tagNames)) {
		if tagNames[name]&tags != 0 {
			all = append(all, name)
		}
	}
	return strings.Join(all, " ")
}

// TestComparators holds the words of the record format: what each comparator is written as before or
// behind a number.
func TestComparators(t *testing.T) {
	for word, want := range map[string]Tag{
		"以上": OrMore, "不少于": AtLeast, "不低于": AtLeast, "至少": AtLeast,
		"突破": MoreThan, "超过": MoreThan, "超": MoreThan, "跨过": MoreThan,
		"以内": OrLess, "以下": OrLess, "不超过": AtMost,
		"低于": LessThan, "不到": LessThan, "少于": LessThan,
		"左右": OrSo, "上下": OrSo, "约": About, "近": About,
		"增长": Grow, "提高": Grow, "上升": Grow, "提升": Grow,
		"下降": Fall, "减少": Fall, "压减": Fall, "降低": Fall,
		"占比": Share, "占": Share, "比重": Share,
		"力争": Soften, "争取": Soften, "有望": Soften, "预计": Soften,
		"分别": Each, "牵头单位": Owner, "责任单位": Owner,
		"市级以上": Head, "规模以上": Head, "限额以上": Head,
		"统一": Opaque, "一体化": Opaque, "一批": Opaque, "一系列": Opaque, "一律": Opaque, "一流": Opaque, "千方百计": Opaque, "两手抓": Opaque,
	} {
		if tags, end := Default().Match(word, 0); end != len(word) || tags&want != want {
			t.Errorf("%s is tagged %q, not %s", word, names(tags), names(want))
		}
	}
}

func TestBadWordFiles(t *testing.T) {
	if _, err := parseTags("keep verbs"); err == nil || !strings.Contains(err.Error(), "verbs") {
		t.Errorf("an unknown tag gives %v", err)
	}
}
