package ofd

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	reader "luoshi/document/ofd"
	"luoshi/document/partcheck"
	"luoshi/office/font"
	"luoshi/office/font/fonttest"
	"luoshi/office/paper"
	"luoshi/office/paper/papertest"
)

func write(t testing.TB, d paper.Document, o Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, d, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// unpack reads the files of a container, the first of which has to be its entrance.
func unpack(t testing.TB, data []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	if z.File[0].Name != "OFD.xml" {
		t.Errorf("the first file is %s", z.File[0].Name)
	}
	files := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if files[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// TestReadsBack opens a file with our own reader: it says everything that the document says, and its tables are those of
// the document.
func TestReadsBack(t *testing.T) {
	for name, o := range map[string]Options{"with fonts": {Fonts: fonttest.Set(t)}, "without": {}} {
		t.Run(name, func(t *testing.T) {
			d := papertest.Report()
			papertest.CheckRead(t, d, partcheck.Reader(reader.Parts).Render(t, write(t, d, o)))
		})
	}
}

func TestSameDocumentMakesSameBytes(t *testing.T) {
	o := Options{Fonts: fonttest.Set(t), Href: func(key string) string { return "/figures/" + key }}
	if !bytes.Equal(write(t, papertest.Report(), o), write(t, papertest.Report(), o)) {
		t.Error("two files of one document differ")
	}
}

func TestFontsTravelInTheFile(t *testing.T) {
	files := unpack(t, write(t, papertest.Report(), Options{Fonts: fonttest.Set(t)}))
	small := fonttest.Open(t, files["Doc_0/Res/font_0.ttf"])
	if !small.Has("望溪区318.62") || small.Has("龘") {
		t.Error("the font in the file is not one of the characters that are printed")
	}
	for name := range unpack(t, write(t, papertest.Report(), Options{})) {
		if strings.HasSuffix(name, ".ttf") {
			t.Errorf("without fonts at hand there is %s", name)
		}
	}
}

func TestFiguresLeadToWhereTheyComeFrom(t *testing.T) {
	d := paper.Document{Body: []paper.Block{{Kind: paper.Paragraph, Runs: []paper.Run{{Text: "完成"}, {Text: "318.62", Figure: "gdp&<"}}}}}
	page := func(o Options) string { return string(unpack(t, write(t, d, o))["Doc_0/Pages/Page_0/Content.xml"]) }
	got := page(Options{Href: func(key string) string { return "https://luoshi.example/" + key }})
	if strings.Count(got, "<ofd:URI ") != 1 || !strings.Contains(got, `<ofd:URI URI="https://luoshi.example/gdp&amp;&lt;"/>`) {
		t.Errorf("the page is %s", got)
	}
	if strings.Contains(page(Options{}), "<ofd:URI ") {
		t.Error("without addresses there are links")
	}
}

func TestStepsThatAreAlikeAreSaidOnce(t *testing.T) {
	for want, given := range map[string][]float64{
		``:                      {5},
		` DeltaX="5"`:           {5, 3},
		` DeltaX="5 5 2.5"`:     {5, 5, 2.5, 9},
		` DeltaX="g 4 5 2.501"`: {5, 5, 5, 5, 2.5009, 9},
	} {
		if got := steps(given); got != want {
			t.Errorf("%v are %s, want %s", given, got, want)
		}
	}
}

func TestACharacterWithoutTypeIsAnError(t *testing.T) {
	var missing *font.Missing
	if err := Write(io.Discard, paper.Document{Title: "\U00020bb7"}, Options{Fonts: fonttest.Set(t)}); !errors.As(err, &missing) {
		t.Errorf("got %v", err)
	}
}
