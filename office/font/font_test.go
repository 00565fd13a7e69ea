package font_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"luoshi/office/font"
	"luoshi/office/font/fonttest"
)

func TestAFontTellsHowWideCharactersAre(t *testing.T) {
	f := fonttest.Open(t, fonttest.Build("Test", 400))
	for r, want := range map[rune]float64{'望': 1000, '7': 500, fonttest.Composed: 500} {
		if g := f.Glyph(r); g == 0 || f.Advance(g) != want {
			t.Errorf("%c is glyph %d of %g, want %g", r, g, f.Advance(g), want)
		}
	}
	if f.Glyph('\U00020bb7') != 0 || f.Has("望\U00020bb7") || !f.Has("望溪区") {
		t.Error("a character that the font has not is found in it")
	}
	if f.Name != "Test" || f.Bold() || f.Ascent != 880 || f.Descent != -120 {
		t.Errorf("the font is %+v", f)
	}
}

func TestASmallFontIsAFontOfItsCharacters(t *testing.T) {
	f := fonttest.Open(t, fonttest.Build("Test", 700))
	s, err := f.Subset([]rune("区望" + string(fonttest.Composed) + "望7"))
	if err != nil {
		t.Fatal(err)
	}
	small := fonttest.Open(t, s.Data)
	for _, r := range "望区7" + string(fonttest.Composed) {
		if small.Glyph(r) == 0 || small.Glyph(r) != s.Glyph(r) || small.Advance(small.Glyph(r)) != f.Advance(f.Glyph(r)) {
			t.Errorf("%c is glyph %d as wide as %g", r, small.Glyph(r), small.Advance(small.Glyph(r)))
		}
	}
	if small.Has("溪") || !small.Bold() || small.Name != "Test" {
		t.Errorf("the small font is %+v", small)
	}
	if len(s.Data) > 3000 {
		t.Errorf("four characters take %d bytes", len(s.Data))
	}
	again, err := f.Subset([]rune("7望区" + string(fonttest.Composed)))
	if err != nil || !bytes.Equal(again.Data, s.Data) {
		t.Errorf("the same characters in another order make another font (%v)", err)
	}
}

func TestFontsAreChosenByWhatTheStandardAsksFor(t *testing.T) {
	var fonts []*font.Font
	for _, f := range []struct {
		name   string
		weight int
	}{{"Other", 400}, {"SimHei", 400}, {"FangSong", 400}, {"FangSong", 300}, {"Stout", 700}} {
		fonts = append(fonts, fonttest.Open(t, fonttest.Build(f.name, f.weight)))
	}
	set, err := font.NewSet(fonts)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		face   font.Face
		bold   bool
		name   string
		weight int
	}{
		{font.Fang, false, "FangSong", 400}, {font.Hei, false, "SimHei", 400},
		{font.Song, false, "Stout", 700}, // none of its own: the boldest
		{font.Kai, false, "FangSong", 400}, {font.Kai, true, "Stout", 700},
	} {
		if f := set.Pick(c.face, c.bold, '望'); f.Name != c.name || f.Weight != c.weight {
			t.Errorf("%s (bold %t) is printed in %s of %d, want %s of %d", c.face, c.bold, f.Name, f.Weight, c.name, c.weight)
		}
	}
	if set.Pick(font.Fang, false, '\U00020bb7') != nil {
		t.Error("a character that no font has is printed")
	}
}

func TestFontsAreFoundInFolders(t *testing.T) {
	folder := t.TempDir()
	for name, data := range map[string][]byte{
		"simfang.ttf": fonttest.Build("仿宋_GB2312", 400), "broken.ttf": []byte("\x00\x01\x00\x00"), "note.txt": []byte("no font"),
	} {
		if err := os.WriteFile(filepath.Join(folder, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	set, err := font.Find(folder)
	if err != nil {
		t.Fatal(err)
	}
	if got := set.Names()[font.Fang]; got != "GB2312" {
		t.Errorf("the text is printed in %q", got)
	}
}

func TestWhoeverLacksFontsIsToldWhatToDo(t *testing.T) {
	_, err := font.NewSet(nil)
	var missing *font.Missing
	if !errors.As(err, &missing) {
		t.Fatalf("no fonts at all: %v", err)
	}
	missing.Folders = []string{"/srv/fonts"}
	for _, text := range []string{missing.Error(), missing.Chinese()} {
		if !strings.Contains(text, "fonts-lxgw-wenkai") || !strings.Contains(text, "/srv/fonts") || strings.Contains(text, "{") {
			t.Errorf("it says: %s", text)
		}
	}
	lacking := &font.Missing{Characters: []rune("\U00020bb7\U00020bb7")}
	for _, text := range []string{lacking.Error(), lacking.Chinese()} {
		if strings.Count(text, "\U00020bb7") != 1 {
			t.Errorf("it says: %s", text)
		}
	}
}

func FuzzOpen(f *testing.F) {
	whole := fonttest.Build("Test", 400)
	f.Add(whole[:4000])
	f.Add([]byte("ttcf\x00\x01\x00\x00\x00\x00\x00\x01\x00\x00\x00\x10"))
	small, err := fonttest.Open(f, whole).Subset([]rune("望7" + string(fonttest.Composed)))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(small.Data)
	f.Fuzz(func(_ *testing.T, data []byte) {
		opened, err := font.Open(bytes.NewReader(data), 0)
		if err != nil {
			return
		}
		_, _ = opened.Subset([]rune("望溪7"))
	})
}
