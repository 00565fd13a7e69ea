package fault

import (
	"errors"
	"regexp"
	"testing"
)

// mixed is punctuation of ASCII that touches a Chinese character.
var mixed = regexp.MustCompile(`[\p{Han}”][,;:?!()]|[,;:?!()][\p{Han}“]`)

func TestEveryMessageIsWordedInBothLanguages(t *testing.T) {
	for code, wording := range messages {
		for _, lang := range []string{"zh", "en"} {
			if wording[lang] == "" {
				t.Errorf("%s has no wording in %s", code, lang)
			}
		}
		if found := mixed.FindString(wording["zh"]); found != "" {
			t.Errorf("%s: %q mixes punctuation of two scripts", code, found)
		}
	}
}

func TestArgumentsAreWordedToo(t *testing.T) {
	cause := errors.New("cause")
	f := New(TooLarge, cause, LimitBlocks, 7)
	for lang, want := range map[string]string{
		"zh": "文件超出限制“段落、表格行或标题数”（最多 7）。请拆分文件，或由管理员放宽该项限制。",
		"en": `the file exceeds the limit "paragraphs, rows or headings" (at most 7); split the file or have the limit raised`,
		"fr": `the file exceeds the limit "paragraphs, rows or headings" (at most 7); split the file or have the limit raised`,
	} {
		if got := f.Message(lang); got != want {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
	}
	if !errors.Is(f, cause) {
		t.Error("the cause is lost")
	}
}
