package page_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"luoshi/document"
	"luoshi/internal/present/page"
	"luoshi/internal/present/presenttest"
	"luoshi/internal/present/wording"
	"luoshi/internal/present/wording/wordingtest"
	"luoshi/reading"
	"luoshi/reading/numeral"
)

// written is the page of some readings.
func written(t testing.TB, opts page.Options, readings ...*reading.Reading) string {
	t.Helper()
	p := page.New(opts)
	for _, r := range readings {
		a, err := page.Annotate(r, opts)
		if err != nil {
			t.Fatal(err)
		}
		p.Add(a)
	}
	var out bytes.Buffer
	if _, err := p.WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func sample(t testing.TB) string {
	return written(t, page.Options{Lang: wording.Chinese}, presenttest.Reading("云溪.txt"))
}

func TestWordsSpeakBothLanguages(t *testing.T) {
	wordingtest.SameKeys(t, page.Words)
	wordingtest.SameKeys(t, page.ResultWords)
}

var keyInUse = regexp.MustCompile(`data-t(?:-label|-placeholder)?="([^"]+)"|say\('([a-z_.]+)'\)|say "([^"]+)"`)

func TestEveryWordInUseIsInTheCatalogue(t *testing.T) {
	sources, err := filepath.Glob("[hs]*/*.*")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, name := range sources {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range keyInUse.FindAllStringSubmatch(string(source), -1) {
			key := match[1] + match[2] + match[3]
			if strings.HasSuffix(key, ".") || strings.Contains(key, "{{") { // the beginning of a key that is completed
				continue
			}
			found++
			if !said(key) {
				t.Errorf("%s: no words for %s", name, key)
			}
		}
	}
	if found < 100 {
		t.Errorf("only %d words found: the pattern no longer fits the sources", found)
	}
}

// said tells whether any catalogue that pages use has words for a key.
func said(key string) bool {
	for _, c := range []wording.Catalogue{page.Words, page.ResultWords, wording.Records, wording.Results} {
		if c[wording.Chinese][key] != "" {
			return true
		}
	}
	return false
}

func TestPageNeedsNothingElse(t *testing.T) {
	got := sample(t)
	if m := regexp.MustCompile(`(?i)(https?:)?//[a-z0-9]|\bsrc=|@import|url\(`).FindString(got); m != "" {
		t.Errorf("the page reaches outside: %q", m)
	}
	if m := regexp.MustCompile(`(?i)<[^>]+\s(style|on[a-z]+)=`).FindString(got); m != "" {
		t.Errorf("an attribute that the policy forbids: %q", m)
	}
}

func TestPolicyKnowsStyleAndScriptByTheirDigests(t *testing.T) {
	got := sample(t)
	policy := html.UnescapeString(regexp.MustCompile(`Content-Security-Policy" content="([^"]+)"`).FindStringSubmatch(got)[1])
	for _, element := range []string{"style", "script"} {
		body := regexp.MustCompile(`(?s)<` + element + `>(.*?)</` + element + `>`).FindStringSubmatch(got)[1]
		sum := sha256.Sum256([]byte(body))
		if want := element + "-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; !strings.Contains(policy, want) {
			t.Errorf("the policy %q lacks %s", policy, want)
		}
	}
	if !strings.HasPrefix(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
		t.Errorf("the policy is not strict: %q", policy)
	}
}

func TestSameReadingGivesTheSamePage(t *testing.T) {
	if first, second := sample(t), sample(t); first != second {
		t.Error("two pages of one reading differ")
	}
}

var tag = regexp.MustCompile(`<[^>]*>`)

func TestNoWordOfTheTextIsLostOrRunAsMarkup(t *testing.T) {
	r := presenttest.Reading("</script><script>alert(1)</script>.txt")
	got := written(t, page.Options{Lang: wording.Chinese}, r)
	if strings.Contains(got, "<公厕>") || strings.Contains(got, "<script>alert") {
		t.Error("words of the document came through as markup")
	}
	article := got[strings.Index(got, "<article"):strings.Index(got, "</article>")]
	squeeze := func(s string) string { return regexp.MustCompile(`[\s|]+`).ReplaceAllString(s, "") }
	if shown := squeeze(html.UnescapeString(tag.ReplaceAllString(article, ""))); shown != squeeze(r.Document.Text) {
		t.Errorf("the page shows\n%s\nfor\n%s", shown, squeeze(r.Document.Text))
	}
}

func TestMergedCellsKeepTheirPlaces(t *testing.T) {
	got := tag.ReplaceAllStringFunc(sample(t), func(s string) string {
		if strings.HasPrefix(s, "<mark") || s == "</mark>" {
			return ""
		}
		return s
	})
	for _, want := range []string{
		`<tr><th scope="col" rowspan="2">指标</th><th scope="col" colspan="2">2024年</th><th scope="col">2025年</th></tr>`,
		`<tr><th scope="col">完成数</th><th scope="col">增长%</th><th scope="col">目标</th></tr>`,
		`<tr><td>财政收入</td><td class="figure">27.95</td><td class="figure">17.1</td><td>不低于5</td></tr>`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the table lacks the row %s", want)
		}
	}
}

func TestOnlyTheKindsAskedForAreMarked(t *testing.T) {
	opts := page.Options{Lang: wording.Chinese, Shows: func(k reading.Kind) bool { return k == reading.Target }}
	got := written(t, opts, presenttest.Reading("a"))
	article := got[strings.Index(got, "<article"):strings.Index(got, "</article>")]
	if n := strings.Count(article, "<mark "); n != 6 {
		t.Errorf("%d marks, want the 6 targets", n)
	}
	if strings.Contains(article, `class="q result`) || strings.Contains(article, `class="c context`) {
		t.Error("other kinds are marked too")
	}
}

// overlapping records must not break the nesting of the page's elements.
func TestMarksThatOverlapStillNest(t *testing.T) {
	r := presenttest.Reading("a")
	first := r.Clauses[0].Span
	r.Clauses[0].Span.End += 9                                                      // into the next clause
	r.Quantities[0].Span = document.Span{Start: first.End - 3, End: first.End + 12} // across the edge of clauses
	r.Quantities[1].Span.End = len(r.Document.Text) + 50                            // beyond the text
	got := written(t, page.Options{Lang: wording.Chinese}, r)
	article := got[strings.Index(got, "<article"):strings.Index(got, "</article>")]
	var open []string
	for _, m := range regexp.MustCompile(`<(/?)(span|mark|b|p|h\d)\b`).FindAllStringSubmatch(article, -1) {
		if m[1] == "" {
			open = append(open, m[2])
			continue
		}
		if len(open) == 0 || open[len(open)-1] != m[2] {
			t.Fatalf("</%s> closes %v", m[2], open)
		}
		open = open[:len(open)-1]
	}
	if len(open) > 0 {
		t.Errorf("%v were left open", open)
	}
}

// long is a reading of so many characters, with a quantity in every fifty.
func long(characters int) *reading.Reading {
	const sentence = "全区持续推进重点项目建设加快补齐民生短板不断提升城市功能品质全年完成固定资产投资100亿元以上增长6%。"
	size := len([]rune(sentence))
	text := strings.Repeat(sentence+"\n", characters/size)
	doc := &document.Document{Name: "long.txt", Text: text}
	r := &reading.Reading{Document: doc}
	surface := strings.Index(sentence, "100亿元")
	at := len([]rune(sentence[:surface]))
	for i := range characters / size {
		start := i * (len(sentence) + 1)
		line := document.Span{Start: start, End: start + len(sentence)}
		doc.Blocks = append(doc.Blocks, document.Block{Span: line, Section: -1, Table: -1})
		codePoints := i * (size + 1)
		r.Clauses = append(r.Clauses, reading.Clause{
			At: codePoints, End: codePoints + size, Span: line, Text: sentence, Section: -1, Verb: "完成",
			Object: "固定资产投资", Quantities: [2]int32{int32(i), int32(i + 1)},
		})
		r.Quantities = append(r.Quantities, reading.Quantity{
			At: codePoints + at, Span: document.Span{Start: start + surface, End: start + surface + len("100亿元")},
			Surface: "100亿元", Value: numeral.Int(10000000000), Unit: "元", Cmp: reading.AtLeast, Subject: "固定资产投资",
			Clause: int32(i), Cell: -1, Table: -1, Firm: true,
		})
	}
	return r
}

func TestLongDocumentIsWrittenAtOnce(t *testing.T) {
	r := long(1_000_000)
	started := time.Now()
	got := written(t, page.Options{Lang: wording.Chinese}, r)
	if took := time.Since(started); took > 5*time.Second {
		t.Errorf("a million characters with %d marks took %v", len(r.Quantities), took)
	}
	if n := strings.Count(got, "<mark "); n != len(r.Quantities) {
		t.Errorf("%d marks for %d quantities", n, len(r.Quantities))
	}
}

func BenchmarkAnnotate(b *testing.B) {
	r := long(100_000)
	b.SetBytes(int64(len(r.Document.Text)))
	for b.Loop() {
		if _, err := page.Annotate(r, page.Options{Lang: wording.Chinese}); err != nil {
			b.Fatal(err)
		}
	}
}
