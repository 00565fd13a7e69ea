package main

import (
	"strings"
	"testing"
)

// A table whose total is the sum of its rows, and a key that also calls two figures equal which have nothing
// to do with each other.
const (
	roads = `云溪区2025年道路建设情况表
项目类别 | 里程（公里）
合计 | 41.7
城区道路 | 26.3
农村道路 | 15.4
全区有石桥4座。
博物馆收藏瓷器9件。
`
	roadsKey = `# roads.txt

## A. Parts and totals

- **EXACT** 里程合计: 26.3@47 + 15.4@59 = 41.7; stated 41.7@35

## C. Same quantity stated in more than one place

- **EXACT** 收藏: 4@69 = 9@80
`
)

func TestEvalScoresRelations(t *testing.T) {
	folder(t, map[string]string{"roads.txt": roads, "key.md": roadsKey})
	for name, want := range map[string]struct {
		args   []string
		stdout string
	}{
		"in Chinese": {nil, `勾稽关系      条数  全对  宽算  等式  找到    比例
A 部分与合计     1     1     1     1     1  1.0000
B 比例与增减     0     0     0     0     0  0.0000
C 同一数据       1     0     0     1     0  0.0000
D 目标与结果     0     0     0     0     0  0.0000
E 前后不一       0     0     0     0     0  0.0000
A 至 C           2     1     1     2     1  0.5000

误报的错误 0 处
不应对照而被对照 0 处（答案列出 0 对）
`},
		"in English, with what is missed": {[]string{"--lang", "en", "--misses", "5"}, `relations              lines  right  lenient  equations  found   share
A parts and totals         1      1        1          1      1  1.0000
B rates and changes        0      0        0          0      0  0.0000
C said twice               1      0        0          1      0  0.0000
D targets and results      0      0        0          0      0  0.0000
E disagreements            0      0        0          0      0  0.0000
A to C                     2      1        1          2      1  0.5000

0 errors that the key does not bear out
0 findings set together what the key holds apart (0 pairs)

1 relations not right, 1 shown:
C, line 9: EXACT 收藏: 0 of 1 equations found
`},
	} {
		t.Run(name, func(t *testing.T) {
			got := execute(t, nil, append([]string{"eval", "--relations", "key.md", "--document", "roads.txt"}, want.args...)...)
			if got.status != 0 || got.stderr != "" {
				t.Errorf("status %d, stderr %q", got.status, got.stderr)
			}
			if got.stdout != want.stdout {
				t.Errorf("got:\n%s\nwant:\n%s", got.stdout, want.stdout)
			}
		})
	}
}

// TestEvalChangesFigures counts the changes of the three figures of the sum; the key's other line does not hold
// to begin with, and what is done to its figures counts too.
func TestEvalChangesFigures(t *testing.T) {
	folder(t, map[string]string{"roads.txt": roads, "key.md": roadsKey})
	got := execute(t, nil, "eval", "--relations", "key.md", "--document", "roads.txt", "--lang", "en", "--mutations", "--misses", "100")
	if got.status != 0 || got.stderr != "" {
		t.Fatalf("status %d, stderr %q", got.status, got.stderr)
	}
	_, table, _ := strings.Cut(got.stdout, "\nslip ")
	rows := strings.Split(table, "\n")
	for i, want := range []string{"mutants", "digits swapped", "digit mistyped", "ten times", "a tenth", "万/亿 slipped", "all"} {
		if i >= len(rows) || !strings.Contains(rows[i], want) {
			t.Fatalf("row %d is not about %q:\n%s", i, want, table)
		}
	}
	if fields := strings.Fields(rows[1]); fields[2] != "6" {
		t.Errorf("two of each three-digit figure have neighbours to swap, so 6 mutants: %q", rows[1])
	}
	if !strings.Contains(table, "9 changed to ") {
		t.Errorf("nobody can notice that 9 pieces are another number, and it is not listed:\n%s", table)
	}
}
