package numeral_test

import (
	"testing"

	"luoshi/reading/numeral"
)

func TestScan(t *testing.T) {
	for _, tc := range []struct {
		text, value, rest string
		more              bool
	}{
		{"1.53万人", "15300", "人", false},
		{"1,100万", "11000000", "", false},
		{"1,100,000元", "1100000", "元", false},
		{"１６，０５５，２０６，０００元", "16055206000", "元", false},
		{"1，656万亩", "1", "，656万亩", false},
		{"3亿5千万人次", "350000000", "人次", false},
		{"5,其中", "5", ",其中", false},
		{"２３．５％", "23.5", "％", false},
		{"9100余户", "9100", "户", true},
		{"7500多亿元", "750000000000", "元", true},
		{"10多万人", "100000", "人", true},
		{"1.3万余户", "13000", "户", true},
		{"4.5万亿元", "4500000000000", "元", false},
		{"3千套", "3000", "套", false},
		{"5千瓦", "5", "千瓦", false},
		{"30万千瓦", "300000", "千瓦", false},
		{"2百分点", "2", "百分点", false},
		{"1.2.3版", "1", ".2.3版", false},
		{"一万五千亿", "1500000000000", "", false},
		{"二十万亿", "20000000000000", "", false},
		{"三亿五千万人", "350000000", "人", false},
		{"六千余个", "6000", "个", true},
		{"三十多万户", "300000", "户", true},
		{"百余家", "100", "家", true},
		{"十二点五", "12.5", "", false},
		{"一百零八", "108", "", false},
		{"两家", "2", "家", false},
		{"十", "10", "", false},
		{"二○二一年", "2021", "年", false},
		{"100多元化", "100", "多元化", false},
	} {
		n, ok := numeral.Scan(tc.text, 0)
		if !ok || n.Value.String() != tc.value || tc.text[n.End:] != tc.rest || n.More != tc.more {
			t.Errorf("%s: %v %s more=%v rest %q; want %s more=%v rest %q", tc.text, ok, n.Value, n.More, tc.text[n.End:], tc.value, tc.more, tc.rest)
		}
	}
}

func TestNoNumber(t *testing.T) {
	for _, text := range []string{"百家", "千方", "123456789012345678901", "万"} {
		if n, ok := numeral.Scan(text, 0); ok {
			t.Errorf("%s read as %s", text, n.Value)
		}
	}
}
