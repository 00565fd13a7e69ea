package score_test

import (
	"errors"
	"reflect"
	"testing"

	"luoshi/checking/score"
)

func TestARelationIsReadFromItsLine(t *testing.T) {
	part := func(text string, at int) score.Spot { return score.Spot{Text: text, At: at} }
	role := func(text string, at int, r score.Role) score.Spot { return score.Spot{Text: text, At: at, Role: r} }
	for name, c := range map[string]struct {
		text string
		want score.Relation
	}{
		"a sum with its total": {
			"## A. Totals\n- **EXACT** 学校 7 = 两类: 3@10 + 4@20 = 7; stated 7@5; diff +0",
			score.Relation{Section: 'A', Verdict: score.Exact, Title: "学校 7 = 两类", Line: 2, Claims: []score.Claim{
				{Form: score.Sum, Spots: []score.Spot{part("3", 10), part("4", 20), role("7", 5, score.Stated)}},
			}},
		},
		"shares of a whole": {
			"## A. Totals\n- **EXACT** 占比: 40@10 + 60@20 = 100",
			score.Relation{Section: 'A', Verdict: score.Exact, Title: "占比", Line: 2, Claims: []score.Claim{
				{Form: score.Whole, Spots: []score.Spot{part("40", 10), part("60", 20)}},
			}},
		},
		"a rate, in a title with colons": {
			"## B. Rates\n\n- **ROUNDING** 投资: 完成: 1.5@10 / 2.5@20 = 60%; stated 60.1@30; interval [59, 61]",
			score.Relation{Section: 'B', Verdict: score.Rounding, Title: "投资: 完成", Line: 3, Claims: []score.Claim{
				{Form: score.Quotient, Spots: []score.Spot{part("1.5", 10), part("2.5", 20), role("60.1", 30, score.Stated)}},
			}},
		},
		"equals of several figures": {
			"## C. Same\n- **EXACT** 道路 正文/表: 5@10=5@20; 六千@30 = 6000@40 = 6000@50",
			score.Relation{Section: 'C', Verdict: score.Exact, Title: "道路 正文/表", Line: 2, Claims: []score.Claim{
				{Form: score.Equal, Spots: []score.Spot{part("5", 10), part("5", 20)}},
				{Form: score.Equal, Spots: []score.Spot{part("六千", 30), part("6000", 40), part("6000", 50)}},
			}},
		},
		"a target and its decoy": {
			"## D. Targets\n- **OPEN** 改造: 36@10万 target; H1 gives 9@20栋. DECOY: 36.4@30 is another thing",
			score.Relation{Section: 'D', Verdict: score.Open, Title: "改造", Line: 2, Claims: []score.Claim{
				{Form: score.Named, Spots: []score.Spot{role("36", 10, score.Target), part("9", 20), role("36.4", 30, score.Decoy)}},
			}, Apart: []score.Pair{{A: 30, B: 10}, {A: 30, B: 20}}},
		},
		"figures of unlike scope": {
			"## E. Loose\n- **LOOSE** 岗位: 2.4@10万 vs 三千@20: must not be reported as a contradiction",
			score.Relation{Section: 'E', Verdict: "LOOSE", Title: "岗位", Line: 2, Claims: []score.Claim{
				{Form: score.Named, Spots: []score.Spot{part("2.4", 10), part("三千", 20)}},
			}, Apart: []score.Pair{{A: 10, B: 20, Unlike: true}}},
		},
		"a remark without figures": {
			"## G. Lists\n- **HOLDS** 五图: lists five",
			score.Relation{Section: 'G', Verdict: score.Holds, Title: "五图", Line: 2},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := score.Parse([]byte(c.text))
			if err != nil || len(got) != 1 {
				t.Fatalf("%d relations, %v", len(got), err)
			}
			if !reflect.DeepEqual(got[0], c.want) {
				t.Errorf("got  %+v\nwant %+v", got[0], c.want)
			}
		})
	}
}

func TestTheFormOfARateIsReadFromItsArithmetic(t *testing.T) {
	for text, want := range map[string]score.Form{
		"3@1 / 4@2 = 75%; stated 75@3":           score.Quotient,
		"5@1 / 4@2 - 1 = 25%; stated 25@3":       score.Growth,
		"1 - 3@1 / 4@2 = 25%; stated 25@3":       score.Decline,
		"5@1 - 4@2 = 1; stated 1@3":              score.Difference,
		"3@1 of 4@2, with no sign; stated 75@3 ": score.Named,
	} {
		got, err := score.Parse([]byte("## B. Rates\n- **EXACT** 比例: " + text))
		if err != nil || got[0].Claims[0].Form != want {
			t.Errorf("%s: form %v, want %v: %v", text, got, want, err)
		}
	}
}

// TestRolesInALineOnATarget lists the ways in which such lines are written. The roles stand in the order of
// the figures: P result, T target, B base, D decoy.
func TestRolesInALineOnATarget(t *testing.T) {
	names := map[score.Role]string{score.Part: "P", score.Target: "T", score.Base: "B", score.Decoy: "D"}
	for text, want := range map[string]string{
		"H1 7.1@10% vs year target 8@20%: -0.9 points. The target is not met": "PT",
		"H1 832.76@10 / year 1500@20 = 55.52%":                                "PT",
		"H1 3.2@10 ≤ 5@20 (margin 1.8 points)":                                "PT",
		"H1: started 43@10; year: complete 43@20, the year is not over":       "PT",
		"15@10% year target; H1 gives only 2596@20万元":                         "TP",
		"H1 built 2@10, H2 adds 1@20":                                         "PT",
		"城镇 11.0@10%, 农村 14.3@20% vs GDP 7.1@30%: faster than the economy":    "PPB",
		"H1 11.5@10% > 0":                       "P",
		"113@10 target. DECOY: 113.15@20 of H1": "TD",
	} {
		key, err := score.Parse([]byte("## D. Targets\n- **OPEN** 某项: " + text))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, s := range key[0].Spots() {
			got += names[s.Role]
		}
		if got != want {
			t.Errorf("%s: roles %s, want %s", text, got, want)
		}
	}
}

func TestAMalformedLineIsNamed(t *testing.T) {
	for name, text := range map[string]string{
		"no verdict":                "## A. Totals\n- 学校: 3@1 = 3; stated 3@2",
		"before the first section":  "# Key\n- **EXACT** 学校: 3@1 = 3; stated 3@2",
		"a sum without figures":     "## A. Totals\n- **EXACT** 学校: three and four",
		"a rate of nothing stated":  "## B. Rates\n- **EXACT** 比例: 3@1 / 4@2 = 75%",
		"an equal of one figure":    "## C. Same\n- **EXACT** 学校: 3@1; ",
		"equals without any figure": "## C. Same\n- **EXACT** 学校: as above",
		"stated, but not where":     "## A. Totals\n- **EXACT** 学校: 3@1 + 4@2 = 7; stated 7",
	} {
		var bad *score.LineError
		if _, err := score.Parse([]byte(text)); !errors.As(err, &bad) || bad.Line != 2 {
			t.Errorf("%s: %v", name, err)
		}
	}
}
