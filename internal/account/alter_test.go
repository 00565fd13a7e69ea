package account_test

import (
	"archive/zip"
	"bytes"
	"io"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"luoshi/internal/account"
)

// alteration is a way of tampering with a file. It is false where the file offers nothing to tamper with.
type alteration struct {
	name  string
	part  string // of the file: the text, or the first chart
	apply func(r *rand.Rand, xml string) (string, bool)
	kinds []account.DifferenceKind // one of which must be found
}

var (
	textRun   = regexp.MustCompile(`<w:t(?: [^>]*)?>([^<]*)</w:t>`)
	control   = regexp.MustCompile(`<w:sdt>.*?</w:sdt>`)
	paragraph = regexp.MustCompile(`<w:p>(?:<w:pPr><w:pStyle w:val="(?:BodyText|Heading\d)"/>.*?</w:pPr>|)<w:(?:r|sdt)>.*?</w:p>`)
	row       = regexp.MustCompile(`<w:tr>.*?</w:tr>`)
	cached    = regexp.MustCompile(`<c:v>([^<]*)</c:v>`)
	digits    = regexp.MustCompile(`\d`)
)

const textPart, chartPart = "word/document.xml", "word/charts/chart1.xml"

var figureKinds = []account.DifferenceKind{account.FigureAltered, account.FigureMissing, account.FigureAdded}

var alterations = []alteration{
	{"a digit changed", textPart, func(r *rand.Rand, xml string) (string, bool) {
		return inControl(r, xml, func(text string) string {
			at := pick(r, digits.FindAllStringIndex(text, -1))
			if at == nil {
				return text
			}
			other := (int(text[at[0]]-'0') + 1 + r.IntN(9)) % 10
			return text[:at[0]] + string(rune('0'+other)) + text[at[1]:]
		})
	}, figureKinds},
	{"a digit added", textPart, func(r *rand.Rand, xml string) (string, bool) {
		return inControl(r, xml, func(text string) string { return text + string(rune('0'+r.IntN(10))) })
	}, figureKinds},
	{"a point moved", textPart, func(r *rand.Rand, xml string) (string, bool) {
		return inControl(r, xml, func(text string) string { return strings.Replace(text, ".", "", 1) })
	}, figureKinds},
	{"a figure taken out", textPart, func(r *rand.Rand, xml string) (string, bool) {
		return inControl(r, xml, func(string) string { return "" })
	}, figureKinds},
	{"two figures swapped", textPart, swapFigures, figureKinds},
	{"万 made 亿", textPart, inWords("万", "亿"), nil},
	{"亿 made 万", textPart, inWords("亿", "万"), nil},
	{"per cent made points", textPart, inWords("%", "个百分点"), nil},
	{"a number typed into words", textPart, inWords("，", "，新增12项，"), nil},
	{"at least made at most", textPart, inWords("以上", "以内"), nil},
	{"faster made slower", textPart, inWords("快于", "慢于"), nil},
	{"growth made a fall", textPart, inWords("增长", "下降"), nil},
	{"missed made reached", textPart, inWords("未达到", "已达到"), nil},
	{"a month changed", textPart, inWords("月", "年"), nil},
	{"a row taken out", textPart, cut(row, 1), nil},
	{"a sentence taken out", textPart, cut(paragraph, 0), nil},
	{"a row doubled", textPart, double(row), nil},
	{"a paragraph doubled", textPart, double(paragraph), nil},
	{"a chart's figure changed", chartPart, func(r *rand.Rand, xml string) (string, bool) {
		at := pick(r, cached.FindAllStringSubmatchIndex(xml, -1))
		if at == nil {
			return xml, false
		}
		return xml[:at[2]] + xml[at[2]:at[3]] + "9" + xml[at[3]:], true
	}, figureKinds},
}

func pick(r *rand.Rand, all [][]int) []int {
	if len(all) == 0 {
		return nil
	}
	return all[r.IntN(len(all))]
}

// inControl changes the text of a figure.
func inControl(r *rand.Rand, xml string, change func(string) string) (string, bool) {
	at := pick(r, control.FindAllStringIndex(xml, -1))
	if at == nil {
		return xml, false
	}
	text := textRun.FindStringSubmatchIndex(xml[at[0]:at[1]])
	from, to := at[0]+text[2], at[0]+text[3]
	altered := xml[:from] + change(xml[from:to]) + xml[to:]
	return altered, altered != xml
}

// swapFigures lets two figures that print different digits change places.
func swapFigures(r *rand.Rand, xml string) (string, bool) {
	all := control.FindAllStringIndex(xml, -1)
	if len(all) < 2 {
		return xml, false
	}
	a, b := r.IntN(len(all)), r.IntN(len(all))
	if a > b {
		a, b = b, a
	}
	first, second := textRun.FindStringSubmatchIndex(xml[all[a][0]:all[a][1]]), textRun.FindStringSubmatchIndex(xml[all[b][0]:all[b][1]])
	f0, f1, s0, s1 := all[a][0]+first[2], all[a][0]+first[3], all[b][0]+second[2], all[b][0]+second[3]
	if xml[f0:f1] == xml[s0:s1] {
		return xml, false
	}
	return xml[:f0] + xml[s0:s1] + xml[f1:s0] + xml[f0:f1] + xml[s1:], true
}

// inWords replaces words in a text.
func inWords(from, to string) func(*rand.Rand, string) (string, bool) {
	return func(r *rand.Rand, xml string) (string, bool) {
		var holding [][]int
		for _, at := range textRun.FindAllStringSubmatchIndex(xml, -1) {
			if strings.Contains(xml[at[2]:at[3]], from) {
				holding = append(holding, at)
			}
		}
		at := pick(r, holding)
		if at == nil {
			return xml, false
		}
		return xml[:at[2]] + strings.Replace(xml[at[2]:at[3]], from, to, 1) + xml[at[3]:], true
	}
}

// cut takes out what a pattern finds, but the first few; what has no text is left.
func cut(what *regexp.Regexp, but int) func(*rand.Rand, string) (string, bool) {
	return func(r *rand.Rand, xml string) (string, bool) {
		at := pick(r, what.FindAllStringIndex(xml, -1))
		if at == nil || !textRun.MatchString(xml[at[0]:at[1]]) || what.FindStringIndex(xml)[0] == at[0] && but > 0 {
			return xml, false
		}
		return xml[:at[0]] + xml[at[1]:], true
	}
}

func double(what *regexp.Regexp) func(*rand.Rand, string) (string, bool) {
	return func(r *rand.Rand, xml string) (string, bool) {
		at := pick(r, what.FindAllStringIndex(xml, -1))
		if at == nil || !textRun.MatchString(xml[at[0]:at[1]]) {
			return xml, false
		}
		return xml[:at[1]] + xml[at[0]:at[1]] + xml[at[1]:], true
	}
}

// part is one of the parts of a file.
type part struct{ name, data string }

// unpacked are the parts of a file.
func unpacked(t testing.TB, file []byte) []part {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var all []part
	for _, entry := range in.File {
		r, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, part{entry.Name, string(data)})
	}
	return all
}

// repacked is a file with one of its parts changed.
func repacked(t testing.TB, parts []part, name string, change func(string) (string, bool)) (file []byte, changed bool) {
	t.Helper()
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, p := range parts {
		if p.name == name {
			p.data, changed = change(p.data)
		}
		w, err := out.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, p.data); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), changed
}

func TestEveryAlterationIsCaught(t *testing.T) {
	t.Parallel()
	const districts = 25
	wanted := 1000 / districts
	if testing.Short() {
		wanted /= 10
	}
	form, _ := account.TemplateFor("half-year")
	for seed := range uint64(districts) {
		t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) {
			t.Parallel()
			f := district(seed, 6, 6)
			f.Period = half(1)
			c := account.Compose(form, f)
			parts, r := unpacked(t, word(t, c)), rand.New(rand.NewPCG(20, seed))
			done, byName := 0, map[string]int{}
			for n := int(seed); done < wanted; n++ {
				a := alterations[n%len(alterations)]
				altered, changed := repacked(t, parts, a.part, func(xml string) (string, bool) { return a.apply(r, xml) })
				if !changed {
					continue
				}
				done++
				byName[a.name]++
				v, err := account.Verify(t.Context(), altered, c, c.Figures)
				if err != nil {
					t.Fatal(a.name, err)
				}
				if v.Sound() || a.kinds != nil && !slices.ContainsFunc(v.Differences, func(d account.Difference) bool { return slices.Contains(a.kinds, d.Kind) }) {
					t.Errorf("%s is not caught: %v", a.name, v.Differences)
				}
			}
			t.Logf("%d alterations: %v", done, byName)
		})
	}
}
