package html

import (
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"luoshi/document/fault"
	"luoshi/document/limit"
	"luoshi/document/partcheck"
)

func TestGolden(t *testing.T) {
	partcheck.Golden(t, "testdata/plan.golden", render(t, partcheck.File(t, "testdata/plan.html")))
}

func render(t testing.TB, data []byte) string {
	t.Helper()
	return partcheck.Reader(Parts).Render(t, data)
}

func TestText(t *testing.T) {
	cases := []struct{ name, page, want string }{
		{"paragraphs and boxes", "<div>甲<p>乙</p>丙</div>丁", "甲\n乙\n丙\n丁\n"},
		{"inline elements part nothing", "<p>增长<b>6.5</b><span>%</span>以上</p>", "增长6.5%以上\n"},
		{"br begins a line of its own", "<p>甲<br>乙<br/>丙</p>", "甲\n乙\n丙\n"},
		{"headings", "<h1>总</h1><h2>分</h2><h6>细</h6>文", "# 总\n## 分\n###### 细\n文\n"},
		{"br in a heading only fits it to the page", "<h1>云溪区2024年<br>工作要点</h1>", "# 云溪区2024年工作要点\n"},
		{"blanks collapse, and line ends between Chinese vanish", "<p>地区  生产\n\t总值\n增长 GDP\nup</p>", "地区 生产总值增长 GDP up\n"},
		{"entities", "<p>甲&amp;乙&nbsp;&#24180;&#x5E74;&ldquo;四个&rdquo;&unknown;</p>", "甲&乙\u00a0年年“四个”&unknown;\n"},
		{"what is not shown", `<head><title>题</title><style>p{}</style></head><script>var a="<p>x"</script><p hidden>a</p><p style="display: none">b</p><div style="visibility:hidden">c<div>d</div></div><noscript>e</noscript><template>f</template><!-- g --><select><option>h</select><p>见</p>`, "见\n"},
		{"an unclosed hidden paragraph ends where the next begins", `<p style="display:none">暗<p>明</p>`, "明\n"},
		{"navigation, heads and feet are furniture", `<header><h1>站名</h1></header><nav><a>首页</a></nav><main><article><header><h1>标题</h1></header><p>正文</p><footer>附注</footer></article></main><aside>推荐</aside><footer>版权</footer>`, "~ # 站名\n~ 首页\n# 标题\n正文\n附注\n~ 推荐\n~ 版权\n"},
		{"classes that name furniture", `<div class="main-nav"><ul><li>首页</li></ul></div><div id="content">正文</div><div class="bdshare x">分享</div>`, "~ 首页\n正文\n~ 分享\n"},
		{"numbered lists", `<ol><li>甲<li>乙</ol><ol start=5><li>丙</li><li value=9>丁</li></ol><ul><li>戊</li></ul><ol type=a><li>己</li></ol><ol style="list-style: none"><li>庚</li></ol>`, "1.甲\n2.乙\n5.丙\n9.丁\n戊\na.己\n庚\n"},
		{"an item that brings its own number", `<ol><li>（一）甲</li><li>1.乙</li><li>一、丙</li><li>一般项目</li></ol>`, "（一）甲\n1.乙\n一、丙\n4.一般项目\n"},
		{"preformatted text keeps its lines", "<pre>甲\n乙</pre>", "甲\n乙\n"},
		{"reading aids are left out", "<ruby>落<rp>(</rp><rt>luò</rt><rp>)</rp></ruby>实", "落实\n"},
		{"the title that the page states elsewhere", `<meta name="ArticleTitle" content="云溪区2024年工作要点"><p>云溪区2024年工作要点</p><p>正文</p>`, "! 云溪区2024年工作要点\n正文\n"},
		{"the title with the site's name behind it", `<title>云溪区2024年工作要点_云溪区人民政府</title><h1>云溪区2024年工作要点</h1><p>正文</p>`, "#! 云溪区2024年工作要点\n正文\n"},
		{"stray end tags", "</div></td></table></p>甲</span></h1>", "甲\n"},
		{"control characters", "<p>甲\x00\x01乙\u200b丙</p>", "甲乙丙\n"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := render(t, []byte(c.page)); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestTables(t *testing.T) {
	cases := []struct{ name, page, want string }{
		{"spans, head and caption", `<table><caption>表1 项目</caption><thead><tr><th rowspan=2>序号</th><th colspan=2>投资</th></tr><tr><th>总额</th><th>年度</th></tr></thead><tbody><tr><td>1</td><td>56</td><td>12</td></tr></tbody></table>`,
			"[table header=2 表1 项目]\n|序号↓2|投资→2|\n|总额|年度|\n|1|56|12|\n"},
		{"rows of th are headings", `<table><tr><th>甲<th>乙<tr><td>1<td>2</table>`, "[table header=1 ]\n|甲|乙|\n|1|2|\n"},
		{"cells with paragraphs, as Word writes them", `<table><tr><td><p>甲</p></td><td><p>乙</p></td></tr><tr><td><p>1</p></td><td><p>2</p></td></tr></table>`, "[table header=0 ]\n|甲|乙|\n|1|2|\n"},
		{"a broken label is one", `<table><tr><td>年度<br>目标</td><td>值</td></tr></table>`, "[table header=0 ]\n|年度目标|值|\n"},
		{"a table of one cell is a frame", `<table><tr><td><p>甲</p><p>乙</p></td></tr></table>`, "甲\n乙\n"},
		{"a table around tables places them", `<table><tr><td>侧栏</td><td><table><tr><td>a</td><td>b</td></tr></table></td></tr></table>`, "侧栏\n[table header=0 ]\n|a|b|\n"},
		{"a table around a heading places it", `<table><tr><td>侧栏</td><td><h2>一、目标</h2><p>文</p></td></tr></table>`, "侧栏\n## 一、目标\n文\n"},
		{"a table around an article places it", `<table><tr><td>边</td><td>` + strings.Repeat("<p>全区生产总值增长百分之六。</p>", 5) + `</td></tr></table>`, "边\n" + strings.Repeat("全区生产总值增长百分之六。\n", 5)},
		{"an absurd span is cut", `<table><tr><td colspan=1000000000 rowspan=99999999999999999999>甲</td><td>乙</td></tr><tr><td>丙</td></tr></table>`, "[table header=0 ]\n|甲↓2→1000|乙|\n|丙|\n"},
		{"a row span of zero goes to the end", `<table><tr><td rowspan=0>甲</td><td>1</td></tr><tr><td>2</td></tr><tr><td>3</td></tr></table>`, "[table header=0 ]\n|甲↓3|1|\n|2|\n|3|\n"},
		{"a hidden column", `<table><tr><td>甲<td style="display:none">密<td>乙</tr></table>`, "[table header=0 ]\n|甲|乙|\n"},
		{"a table that is never closed", `<table><tr><td>甲<td>乙`, "[table header=0 ]\n|甲|乙|\n"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := render(t, []byte(c.page)); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestEncodings(t *testing.T) {
	const text = "云溪区2024年工作要点：地区生产总值增长6.5%。"
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("增长", 100)
	if got := render(t, []byte(long+"\xe5\xa2")); got != long+"\uFFFD\n" {
		t.Errorf("utf-8 cut off: %q", got)
	}
	cases := map[string]string{
		"utf-8":                            text,
		"utf-8 with a mark":                "\xEF\xBB\xBF" + text,
		"utf-8 that calls itself gb2312":   `<meta charset="gb2312">` + text,
		"gb2312 by charset":                `<meta charset=gb2312>` + gbk,
		"gbk by content":                   `<meta http-equiv="Content-Type" content="text/html; charset=gbk">` + gbk,
		"gbk that calls itself utf-8":      `<meta charset="utf-8">` + gbk,
		"gbk that says nothing":            gbk,
		"utf-16 with a mark":               utf16,
		"gb18030 with an encoding unknown": `<meta charset="x-none">` + gbk,
	}
	for name, page := range cases {
		t.Run(name, func(t *testing.T) {
			if got := render(t, []byte(page)); got != text+"\n" {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestFaults(t *testing.T) {
	cases := []struct {
		name, page string
		lim        limit.Limits
		want       fault.Code
	}{
		{"nothing", "", limit.Limits{}, fault.Empty},
		{"nothing to see", "<p></p><script>x</script>", limit.Limits{}, fault.Empty},
		{"nested too deep", strings.Repeat("<div>", 2000) + "甲", limit.Limits{}, fault.TooLarge},
		{"tables nested too deep", strings.Repeat("<table><tr><td>", 200) + "甲", limit.Limits{}, fault.TooLarge},
		{"too many cells", "<table>" + strings.Repeat("<td>甲", 100), limit.Limits{Cells: 50}, fault.TooLarge},
		{"too much text", strings.Repeat("甲", 100), limit.Limits{Text: 100}, fault.TooLarge},
		{"a tag of absurd length", "<p " + strings.Repeat("a", 9<<20) + ">", limit.Limits{}, fault.TooLarge},
		{"bytes of no encoding", strings.Repeat("\xff\xff\x81", 100), limit.Limits{}, fault.Encoding},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { partcheck.Reader(Parts).WantFault(t, []byte(c.page), c.lim, c.want) })
	}
}

func FuzzParts(f *testing.F) {
	data := partcheck.File(f, "testdata/plan.html")
	f.Add(data)
	f.Add([]byte(`<table><tr><td rowspan=0><table><caption>甲<td></table><p hidden><ol start=3><li>乙<pre>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		partcheck.Reader(Parts).Fuzzed(t, data, limit.Limits{}, 5*time.Second)
	})
}

func BenchmarkParts(b *testing.B) {
	data := partcheck.File(b, "testdata/plan.html")
	page := []byte(strings.Repeat(string(data), 1000))
	partcheck.Reader(Parts).Measure(b, page, limit.Limits{})
}
