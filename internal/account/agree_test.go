package account_test

import (
	"slices"
	"strings"
	"testing"

	"luoshi/checking"
	"luoshi/document"
	"luoshi/internal/account"
	"luoshi/reading"
)

// TestSentencesAgreeWithTheTable lets checking read the printed targets and results of many reports, and asks that no
// sentence says otherwise.
func TestSentencesAgreeWithTheTable(t *testing.T) {
	form, _ := account.TemplateFor("year")
	opposite := map[string][]string{
		"missed":   {"增速高于预期目标", "增速达到预期目标", "控制在预期目标以内", "实现正增长", "达到预期目标"},
		"met":      {"增速未达到预期目标", "超出预期目标", "未实现正增长"},
		"exceeded": {"增速未达到预期目标", "超出预期目标", "未实现正增长"},
		"behind":   {"快于序时进度", "超额完成年度目标"},
		"ahead":    {"慢于序时进度", "未完成年度目标"},
	}
	held := 0
	for seed := range districts(t) {
		c := account.Compose(form, district(seed, 5, 5))
		doc, err := document.Open(t.Context(), "report.docx", word(t, c), document.Options{})
		if err != nil {
			t.Fatal(err)
		}
		r := reading.Read(doc, reading.Options{Year: 2026})
		said := strings.FieldsFunc(doc.Text, func(r rune) bool { return strings.ContainsRune("\n；。\uff1a", r) })
		for _, f := range checking.Check(r, checking.Options{Only: []string{"target"}}) {
			if len(f.Places) == 0 || f.Places[0].Quantity < 0 || r.Quantities[f.Places[0].Quantity].Table < 0 {
				continue
			}
			name := r.Quantities[f.Places[0].Quantity].Subject
			for _, words := range opposite[f.Verdict] {
				held++
				if slices.ContainsFunc(said, func(s string) bool { return strings.HasPrefix(s, name+words) }) {
					t.Errorf("district %d: of %s is said %s, the table says %s: %s", seed, name, words, f.Verdict, f.Computation)
				}
			}
		}
	}
	if held < 100 {
		t.Errorf("only %d sentences were held against the table", held)
	}
	t.Logf("%d sentences were held against the table", held)
}
