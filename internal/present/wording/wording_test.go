package wording_test

import (
	"testing"

	"luoshi/checking"
	"luoshi/internal/present/wording"
	"luoshi/internal/present/wording/wordingtest"
	"luoshi/matching"
	"luoshi/reading"
)

func TestRecordsSpeakBothLanguages(t *testing.T) { wordingtest.SameKeys(t, wording.Records) }

func TestEveryValueOfARecordHasAName(t *testing.T) {
	var keys []string
	for c := reading.Equal; c <= reading.Between; c++ {
		keys = append(keys, "cmp."+c.String())
	}
	for m := reading.Level; m <= reading.Share; m++ {
		keys = append(keys, "measure."+m.String())
	}
	for k := reading.Target; k <= reading.Context; k++ {
		keys = append(keys, "kind."+k.String())
	}
	for _, lang := range wording.Langs {
		for _, key := range keys {
			if wording.Records.Say(lang, key) == key {
				t.Errorf("%s has no word for %s", lang, key)
			}
		}
	}
}

func TestResultsSpeakBothLanguages(t *testing.T) { wordingtest.SameKeys(t, wording.Results) }

func TestEverySeverityAndVerdictHasAName(t *testing.T) {
	keys := []string{"verdict.met", "verdict.open"}
	for s := checking.OK; s <= checking.Error; s++ {
		keys = append(keys, "severity."+s.String())
	}
	for v := matching.NotReported; v <= matching.Exceeded; v++ {
		keys = append(keys, "verdict."+v.String())
	}
	for _, lang := range wording.Langs {
		for _, key := range keys {
			if wording.Results.Say(lang, key) == key {
				t.Errorf("%s has no word for %s", lang, key)
			}
		}
	}
}

func TestSayFillsItsArguments(t *testing.T) {
	c := wording.Parse([]byte(`{"zh": {"read": "读取 {0} 个,共 {1} 字"}}`))
	if got := c.Say(wording.Chinese, "read", 3, "12"); got != "读取 3 个,共 12 字" {
		t.Errorf("got %q", got)
	}
	if got := c.Say(wording.Chinese, "absent"); got != "absent" {
		t.Errorf("an unknown key reads %q, not itself", got)
	}
}
