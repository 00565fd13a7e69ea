package document

import "testing"

// TestBylines tells by whom, where and when a report was delivered from the parts of its title.
func TestBylines(t *testing.T) {
	tests := []struct {
		lines []string
		want  []bool
	}{
		{[]string{"政府工作报告", "——2025年1月8日在云溪区第九届人民代表大会第四次会议上", "云溪区人民政府区长 李某某"}, []bool{false, true, true}},
		{[]string{"——2025年1月8日在云溪区第九届", "人民代表大会第四次会议上", "区长　张　三"}, []bool{true, true, true}},
		{[]string{"云溪区人民政府", "关于2024年计划执行情况的报告", "——2025年1月8日在云溪区第九届人民代表大会第四次会议上", "云溪区发展和改革局"}, []bool{false, false, true, true}},
		{[]string{"国务院总理", "王某某"}, []bool{true, true}},
		{[]string{"——2021年8月31****人大常委会第35次会上", "****政府副区长 黄某某"}, []bool{true, true}},
		{[]string{"（2025年1月8日）", "2025年1月8日"}, []bool{true, true}},
		{[]string{"云溪区2025年国民经济和", "社会发展计划", "执行情况的报告"}, []bool{false, false, false}},
		{[]string{"——2025年重点任务", "经济增长", "工业生产稳步增长"}, []bool{false, false, false}},
	}
	for _, tt := range tests {
		var by bylines
		for i, line := range tt.lines {
			if got := by.take(line, Span{0, len(line)}); got != tt.want[i] {
				t.Errorf("%q: %v, want %v", line, got, tt.want[i])
			}
		}
	}
}
