package pdf

import (
	"context"
	"strings"
	"testing"
	"time"

	"luoshi/document/fault"
	"luoshi/document/limit"
	"luoshi/document/partcheck"
)

func TestGolden(t *testing.T) {
	partcheck.Golden(t, "testdata/plan.golden", render(t, partcheck.File(t, "testdata/plan.pdf")))
}

func render(t testing.TB, data []byte) string {
	t.Helper()
	return partcheck.Reader(Parts).Render(t, data)
}

func TestPages(t *testing.T) {
	cases := []struct {
		name string
		data []byte
		want string
	}{
		{"wrapped lines are joined, also across pages", pdfOf(
			page(1, "  一、主要目标", "  全区地区生产总值增长百分之六点五左右，规模以上工业增加", "值增长百分之八，城镇新增就业一万二千人。", "  实施重点项目七十个，年度计划投资八十六亿五千万元，其中"),
			page(2, "新开工项目三十五个，续建项目三十五个。", "  改造老旧小区二十六个，新增学位三千个，建成社区食堂八家。")),
			"一、主要目标\n全区地区生产总值增长百分之六点五左右，规模以上工业增加值增长百分之八，城镇新增就业一万二千人。\n实施重点项目七十个，年度计划投资八十六亿五千万元，其中新开工项目三十五个，续建项目三十五个。\n~ —1—\n改造老旧小区二十六个，新增学位三千个，建成社区食堂八家。\n~ —2—\n"},
		{"running heads are furniture", pdfOf(
			at(200, 800, 9, "云溪区人民政府文件")+page(1, "  第一页的正文到此为止。"),
			at(200, 800, 9, "云溪区人民政府文件")+page(2, "  第二页的正文到此为止。"),
			at(200, 800, 9, "云溪区人民政府文件")+page(3, "  第三页的正文到此为止。")),
			"~ 云溪区人民政府文件\n第一页的正文到此为止。\n~ —1—\n~ 云溪区人民政府文件\n第二页的正文到此为止。\n~ —2—\n~ 云溪区人民政府文件\n第三页的正文到此为止。\n~ —3—\n"},
		{"a ruled table with merged cells", pdfOf(at(110, 655, 10, "项目") + at(210, 670, 10, "投资") + at(210, 645, 10, "总额") + at(310, 645, 10, "年度") + at(110, 615, 10, "大桥") + at(210, 615, 10, "五亿") + at(310, 615, 10, "二亿") +
			"100 690 m 100 600 l S 200 690 m 200 600 l S 400 690 m 400 600 l S 300 660 m 300 600 l S 100 690 m 400 690 l S 200 660 m 400 660 l S 100 630 m 400 630 l S 100 600 m 400 600 l S"),
			"[table header=2 ]\n|项目↓2|投资→2|\n|总额|年度|\n|大桥|五亿|二亿|\n"},
		{"a table goes on over the page", pdfOf(
			rules([]float64{100, 200, 300}, []float64{140, 170, 200})+at(110, 180, 10, "项目")+at(210, 180, 10, "投资")+at(110, 150, 10, "大桥")+at(210, 150, 10, "五亿"),
			rules([]float64{100, 200, 300}, []float64{700, 730, 760})+at(110, 740, 10, "项目")+at(210, 740, 10, "投资")+at(110, 710, 10, "水厂")+at(210, 710, 10, "二亿")),
			"[table header=1 ]\n|项目|投资|\n|大桥|五亿|\n|水厂|二亿|\n"},
		{"columns without rules", pdfOf(at(100, 700, 10, "指标") + at(200, 700, 10, "目标") + at(300, 700, 10, "完成") + at(100, 680, 10, "产值") + at(205, 680, 10, "100") + at(305, 680, 10, "98") + at(100, 660, 10, "就业") + at(205, 660, 10, "50") + at(305, 660, 10, "52")),
			"[table header=0 ]\n|指标|目标|完成|\n|产值|100|98|\n|就业|50|52|\n"},
		{"a radical stands for the character it looks like", pdfOf(at(100, 700, 16, "⼯作要点与⻓远⽬标")), "工作要点与长远目标\n"},
		{"a frame is no table", pdfOf(rules([]float64{90, 400}, []float64{600, 720}) + at(100, 700, 16, "框中文字")), "框中文字\n"},
		{"bold by printing twice", pdfOf(at(100, 700, 16, "重点") + at(100.3, 700, 16, "重点") + at(132, 700, 16, "工作")), "重点工作\n"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := render(t, c.data); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestFaults(t *testing.T) {
	good := string(pdfOf(page(1, "正文")))
	scan := pdfOf("595 0 0 842 0 0 cm /I1 Do", "595 0 0 842 0 0 cm /I1 Do")
	encrypted := writer{
		objects: []string{"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>", "<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <" + strings.Repeat("41", 32) + "> /U <" + strings.Repeat("42", 32) + "> >>"},
		trailer: "/Encrypt 3 0 R /ID [<41414141> <41414141>]",
	}
	circular := writer{objects: []string{"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000000 >>"}}
	cases := []struct {
		name string
		data []byte
		want fault.Code
	}{
		{"no PDF", []byte("plain text"), fault.Corrupt},
		{"a head without a body", []byte("%PDF-1.7\n"), fault.Corrupt},
		{"cut off at a quarter", []byte(good[:len(good)/4]), fault.Corrupt},
		{"scanned pages", scan, fault.Scanned},
		{"pages of nothing", pdfOf("", ""), fault.Empty},
		{"a password", encrypted.bytes(), fault.Encrypted},
		{"a tree of pages that runs in a circle", circular.bytes(), fault.Corrupt},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { partcheck.Reader(Parts).WantFault(t, c.data, limit.Limits{}, c.want) })
	}
}

func TestTimeIsKept(t *testing.T) {
	render(t, pdfOf(page(1, "正文"))) // the engine is ready
	slow := pdfOf(strings.Repeat(at(100, 700, 16, "字"), 20000))
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	begin := time.Now()
	_, err := Parts(ctx, slow, limit.Limits{})
	partcheck.WantFault(t, err, fault.TooSlow)
	if took := time.Since(begin); took > time.Second {
		t.Errorf("stopped after %v", took)
	}
}

func TestConcurrentReadersAgree(t *testing.T) {
	data := pdfOf(page(1, "  全区地区生产总值增长百分之六点五。"))
	want := render(t, data)
	results := make(chan string)
	for range 6 {
		go func() {
			parts, err := Parts(context.Background(), data, limit.Limits{})
			if err != nil {
				results <- err.Error()
				return
			}
			results <- partcheck.Render(parts)
		}()
	}
	for range 6 {
		if got := <-results; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func FuzzParts(f *testing.F) {
	f.Add(pdfOf(page(1, "  全区地区生产总值增长百分之六点五。")))
	f.Add(pdfOf(rules([]float64{100, 200, 300}, []float64{700, 730, 760}) + at(110, 740, 10, "项目") + at(210, 740, 10, "投资")))
	f.Fuzz(func(t *testing.T, data []byte) {
		partcheck.Reader(Parts).Fuzzed(t, data, limit.Limits{}, 10*time.Second)
	})
}

func BenchmarkParts(b *testing.B) {
	data := partcheck.File(b, "testdata/plan.pdf")
	render(b, data) // the engine is ready
	partcheck.Reader(Parts).Measure(b, data, limit.Limits{})
}
