package main

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"

	"luoshi/internal/present/columns"
)

// What a careful person finds in plan: the rates of its targets, and the toilets of its tasks.
const (
	ratesGold = `{"at":28,"surface":"6%","value":6,"unit":"%","cmp":"approx","measure":"growth","subject":"地区生产总值","by":"2025-12-31","kind":"target","firm":true}
{"at":43,"surface":"4%","value":4,"unit":"%","cmp":"le","measure":"level","subject":"城镇登记失业率","by":"2025-12-31","kind":"target","firm":true}
`
	planGold = ratesGold + `{"at":60,"surface":"12座","value":12,"unit":"座","cmp":"eq","measure":"level","subject":"公厕","by":"2025-12-31","kind":"target","firm":true}
`
)

// otherGold takes 6% for a level, does not know the toilets and has found something in the heading.
var otherGold = `{"at":0,"surface":"云溪","value":1,"unit":"","cmp":"eq","measure":"level","subject":"区","by":"2025-12-31","kind":"target"}` + "\n" +
	strings.Replace(ratesGold, "growth", "level", 1)

func TestEvalShowsTheScores(t *testing.T) {
	folder(t, map[string]string{
		"docs/a.txt": plan, "docs/b.txt": plan, "docs/unscored.txt": plan,
		"gold/a.jsonl": planGold, "gold/b.jsonl": otherGold, "gold/notes.md": "no records",
	})
	for name, want := range map[string]struct {
		args   []string
		stdout string
	}{
		"in Chinese": {nil, `文件  标准  读出  找到  精确率  召回率      F1  整条 F1
a        3     3     3  1.0000  1.0000  1.0000   1.0000
b        3     3     2  0.6667  0.6667  0.6667   0.3333
合计     6     6     5  0.8333  0.8333  0.8333   0.6667

文件    数值    单位    限定    度量    对象    时限    类别    力度
a     1.0000  1.0000  1.0000  1.0000  1.0000  1.0000  1.0000  1.0000
b     1.0000  1.0000  1.0000  0.5000  1.0000  1.0000  1.0000  1.0000
合计  1.0000  1.0000  1.0000  0.8000  1.0000  1.0000  1.0000  1.0000
`},
		"in English, with the first differences": {[]string{"--lang", "en", "--misses", "2"}, `document  gold  read  found  precision  recall      F1  whole F1
a            3     3      3     1.0000  1.0000  1.0000    1.0000
b            3     3      2     0.6667  0.6667  0.6667    0.3333
all          6     6      5     0.8333  0.8333  0.8333    0.6667

document   Value    Unit   Bound  Measure  Subject      By    Kind  Firmness
a         1.0000  1.0000  1.0000   1.0000   1.0000  1.0000  1.0000    1.0000
b         1.0000  1.0000  1.0000   0.5000   1.0000  1.0000  1.0000    1.0000
all       1.0000  1.0000  1.0000   0.8000   1.0000  1.0000  1.0000    1.0000

3 differences, 2 shown:
b:0 云溪: missed (区)
    云溪区2025年工作安排
b:28 6%: Measure should be "level", was read as "growth"
    地区生产总值增长6%左右,城镇登记失业率控制在4%以内。
`},
	} {
		t.Run(name, func(t *testing.T) {
			got := execute(t, nil, append([]string{"eval", "--gold", "gold", "--documents", "docs"}, want.args...)...)
			if got.status != 0 || got.stderr != "" {
				t.Errorf("status %d, stderr %q", got.status, got.stderr)
			}
			if got.stdout != want.stdout {
				t.Errorf("got:\n%s\nwant:\n%s", got.stdout, want.stdout)
			}
		})
	}
}

func TestEvalListsEveryDifferenceWithItsSentence(t *testing.T) {
	outside := `{"at":4000,"surface":"9座","value":9,"unit":"座","cmp":"eq","measure":"level","subject":"桥","by":"2025-12-31","kind":"target"}`
	folder(t, map[string]string{"docs/b.txt": plan, "gold/b.jsonl": otherGold + outside})
	got := execute(t, nil, "eval", "--gold", "gold", "--documents", "docs", "--misses", "100")
	_, list, _ := strings.Cut(got.stdout, "\n\n差异 4 处")
	for _, want := range []string{
		"b 第 0 字 云溪\uff1a漏读\uff08区\uff09\n    云溪区2025年工作安排\n",
		"b 第 28 字 6%\uff1a度量应为“水平”\uff0c读成“增长”\n    地区生产总值增长6%左右,城镇登记失业率控制在4%以内。\n",
		"b 第 4000 字 9座\uff1a漏读\uff08桥\uff09\n",
		"b 第 60 字 12座\uff1a多读\uff08公厕\uff09\n    新建公厕12座。\n",
	} {
		if !strings.Contains(list, want) {
			t.Errorf("%q is not in:\n%s", want, got.stdout)
		}
	}
}

func TestEvalAlignsItsTables(t *testing.T) {
	folder(t, map[string]string{"docs/云溪区计划.txt": plan, "docs/b.txt": plan, "gold/云溪区计划.jsonl": planGold, "gold/b.jsonl": ""})
	got := execute(t, nil, "eval", "--gold", "gold", "--documents", "docs")
	for table := range strings.SplitSeq(strings.TrimSuffix(got.stdout, "\n"), "\n\n") {
		width := -1
		for line := range strings.SplitSeq(table, "\n") {
			if width >= 0 && columns.Of(line) != width {
				t.Errorf("a line is not as wide as the one above it:\n%s", table)
			}
			width = columns.Of(line)
		}
	}
}

func TestEvalExitStatus(t *testing.T) {
	folder(t, map[string]string{
		"docs/a.txt": plan, "docs/empty.txt": "", "gold/a.jsonl": planGold, "bad/a.jsonl": planGold + "{", "other/z.jsonl": planGold,
		"damaged/empty.jsonl": planGold, "none/readme.md": "no records",
		"key.md": "## C. Same\n- **EXACT** 公厕: 12@3 = 12@9", "bad.md": "## C. Same\n- 公厕: 12@3 = 12@9",
	})
	for _, c := range []struct {
		name string
		args []string
		says string
	}{
		{"no gold", []string{"--documents", "docs"}, "缺少选项 --gold"},
		{"no documents", []string{"--gold", "gold"}, "缺少选项 --documents"},
		{"absent gold", []string{"--gold", "absent", "--documents", "docs"}, "“absent”"},
		{"absent documents", []string{"--gold", "gold", "--documents", "absent"}, "“absent”"},
		{"a file for a folder", []string{"--gold", "gold", "--documents", "docs/a.txt"}, "“docs/a.txt”"},
		{"folder without gold", []string{"--gold", "none", "--documents", "docs"}, "“none”"},
		{"malformed gold", []string{"--gold", "bad", "--documents", "docs"}, "第 4 行"},
		{"gold without its document", []string{"--gold", "other", "--documents", "docs"}, "z.txt"},
		{"document that cannot be read", []string{"--gold", "damaged", "--documents", "docs"}, "empty.txt"},
		{"fewer than no misses", []string{"--gold", "gold", "--documents", "docs", "--misses", "-1"}, "“-1”"},
		{"misses that are no number", []string{"--gold", "gold", "--documents", "docs", "--misses", "all"}, "“all”"},
		{"relations without their document", []string{"--relations", "key.md"}, "缺少选项 --document"},
		{"a document without relations", []string{"--document", "docs/a.txt"}, "缺少选项 --relations"},
		{"mutations without relations", []string{"--mutations"}, "缺少选项 --relations"},
		{"absent key", []string{"--relations", "absent.md", "--document", "docs/a.txt"}, "absent.md"},
		{"malformed key", []string{"--relations", "bad.md", "--document", "docs/a.txt"}, "第 2 行不是一条勾稽关系"},
		{"absent document", []string{"--relations", "key.md", "--document", "docs/absent.txt"}, "absent.txt"},
		{"key of another document", []string{"--relations", "key.md", "--document", "docs/a.txt", "--mutations"}, "第 2 行：原文第 3 字不是“12”"},
		{"argument", []string{"--gold", "gold", "--documents", "docs", "a"}, "多余的参数“a”"},
		{"unknown flag", []string{"--golden", "gold"}, "luoshi eval --help"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := execute(t, nil, append([]string{"eval"}, c.args...)...)
			if got.status != 2 || got.stdout != "" {
				t.Errorf("status %d, stdout %q", got.status, got.stdout)
			}
			if !strings.Contains(got.stderr, c.says) || strings.Count(got.stderr, "\n") != 1 {
				t.Errorf("stderr says %q, want a line with %q", got.stderr, c.says)
			}
		})
	}
}

func TestEvalScoresTheRestWhenOneDocumentIsMissing(t *testing.T) {
	folder(t, map[string]string{"docs/b.txt": plan, "gold/a.jsonl": planGold, "gold/b.jsonl": planGold})
	got := execute(t, nil, "eval", "--gold", "gold", "--documents", "docs")
	if got.status != 2 || !strings.Contains(got.stderr, "a.txt") || !strings.Contains(got.stdout, "\nb ") {
		t.Errorf("status %d, stderr %q, stdout:\n%s", got.status, got.stderr, got.stdout)
	}
}

func TestEvalSpeaksOneLanguage(t *testing.T) {
	t.Setenv("LUOSHI_LANG", "")
	if got := execute(t, nil, "eval", "--help", "--lang", "en"); han.MatchString(got.stdout) {
		t.Errorf("the help is not in English:\n%s", got.stdout)
	}
}

func TestEvalStopsWhenInterrupted(t *testing.T) {
	folder(t, map[string]string{"docs/a.txt": plan, "gold/a.jsonl": planGold})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var stdout, stderr bytes.Buffer
	status := run(ctx, []string{"eval", "--gold", "gold", "--documents", "docs"}, nil, &stdout, &stderr)
	if status != 130 || stdout.Len() > 0 {
		t.Errorf("status %d, stdout %q", status, stdout.String())
	}
}

// TestExamplesAreScored runs the command on the project's own gold records.
func TestExamplesAreScored(t *testing.T) {
	t.Setenv("LUOSHI_LANG", "")
	if _, err := os.Stat("../../examples/gold"); err != nil {
		t.Fatal(err)
	}
	got := execute(t, nil, "eval", "--gold", "../../examples/gold", "--documents", "../../examples")
	if got.status != 0 || !strings.Contains(got.stdout, "\n合计 ") {
		t.Errorf("status %d, stderr %q:\n%s", got.status, got.stderr, got.stdout)
	}
}
