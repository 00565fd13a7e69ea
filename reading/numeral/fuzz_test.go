package numeral_test

import (
	"encoding/json"
	"math/big"
	"strings"
	"testing"
	"unicode/utf8"

	"luoshi/reading/numeral"
)

// FuzzScan reads a numeral at every character of a text: it ends behind its beginning and between two
// characters, is not negative, and digits alone have the value that a big.Int gives them.
func FuzzScan(f *testing.F) {
	for _, text := range []string{
		"1.53万人", "1,100万", "1,100,000元", "２３．５％", "9100余户", "7500多亿元", "一万五千亿", "二十万亿", "三亿零五百", "十二点五",
		"二○二一年", "1.2.3", "百余家", "99999999999999999", "123456789012345678901", "九千九百九十九万亿亿", "万万亿亿", "1亿亿亿亿亿亿亿亿", "零点零", "1·5", "十十", "两", "0",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<10 {
			t.Skip("long texts only slow the search")
		}
		text = strings.ToValidUTF8(text, "")
		for at := range text {
			n, ok := numeral.Scan(text, at)
			if n.End < at || n.End > len(text) || n.End < len(text) && !utf8.RuneStart(text[n.End]) {
				t.Fatalf("%q at %d: ends at %d", text, at, n.End)
			}
			if !ok {
				continue
			}
			if n.End == at || n.Digits == 0 || n.Value.Coef < 0 {
				t.Errorf("%q: %+v", text[at:n.End], n)
			}
			checkPlain(t, text[at:n.End], n)
			checkJSON(t, n.Value)
		}
	})
}

// checkPlain compares a numeral of ASCII digits alone with its value as a big integer.
func checkPlain(t *testing.T, printed string, n numeral.Number) {
	t.Helper()
	if strings.Trim(printed, "0123456789") != "" {
		return
	}
	want, _ := new(big.Int).SetString(printed, 10)
	if n.Value.Exp != 0 || want.Cmp(big.NewInt(n.Value.Coef)) != 0 {
		t.Errorf("%s is read as %s", printed, n.Value)
	}
}

// checkJSON writes a value and reads it again; a value of more than 18 digits in all cannot come back.
func checkJSON(t *testing.T, value numeral.Decimal) {
	t.Helper()
	data, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	var again numeral.Decimal
	if err := json.Unmarshal(data, &again); err != nil {
		if len(data) <= 18 {
			t.Errorf("%s: %v", data, err)
		}
		return
	}
	if again.Cmp(value) != 0 {
		t.Errorf("%s becomes %s", value, again)
	}
}
