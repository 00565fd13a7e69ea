package document

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestFurnitureFile holds furniture.json against what its rules can mean.
func TestFurnitureFile(t *testing.T) {
	var rules []furnitureRule
	if err := json.Unmarshal(furnitureJSON, &rules); err != nil {
		t.Fatal(err)
	}
	forms := map[string]bool{"whole": true, "prefix": true, "suffix": true, "contains": true, "onward": true}
	seen := map[string]bool{}
	for _, rule := range rules {
		if rule.Zone != "head" && rule.Zone != "tail" && rule.Zone != "any" || !forms[rule.Form] {
			t.Errorf("rule of zone %q, form %q", rule.Zone, rule.Form)
		}
		if (rule.Form == "whole") != (rule.Max == 0) {
			t.Errorf("%s %s: max is %d", rule.Zone, rule.Form, rule.Max)
		}
		for _, word := range rule.Words {
			key := rule.Zone + rule.Form + word
			if word == "" || seen[key] || 4*rule.Max > longestFurniture {
				t.Errorf("%s %s: word %q is empty, twice there or too long", rule.Zone, rule.Form, word)
			}
			seen[key] = true
		}
	}
}

// TestAnchorsFile wants years in range, and phrases that the search for first characters can find.
func TestAnchorsFile(t *testing.T) {
	seen := map[string]bool{}
	for _, a := range anchors {
		if a.Year < firstYear || a.Year > lastYear || a.Weight < 1 || a.Weight > shareWeight {
			t.Errorf("anchor %+v", a)
		}
		for _, phrase := range a.Phrases {
			if _, size := utf8.DecodeRuneInString(phrase); size != 3 || seen[phrase] {
				t.Errorf("%d: phrase %q is there twice or begins with %d bytes", a.Year, phrase, size)
			}
			seen[phrase] = true
		}
	}
}

// TestUnitsFile has every unit once.
func TestUnitsFile(t *testing.T) {
	seen := map[string]bool{}
	for word := range strings.FieldsSeq(unitWords) {
		if seen[word] {
			t.Errorf("unit %q is there twice", word)
		}
		seen[word] = true
	}
}

// TestCuesFile wants every list of cues filled, without words that are there twice.
func TestCuesFile(t *testing.T) {
	for name, words := range map[string][]string{
		"plan": cues.Plan, "report": cues.Report, "plan_titles": cues.PlanTitles, "report_titles": cues.ReportTitles,
		"bulletin_titles": cues.BulletinTitles, "bulletin_plan_headings": cues.BulletinPlanHeadings,
		"bulletin_leads": cues.BulletinLeads, "bulletin_days": cues.BulletinDays,
		"plan_headings": cues.PlanHeadings, "report_headings": cues.ReportHeadings, "forward": cues.Forward, "backward": cues.Backward,
	} {
		seen := map[string]bool{}
		for _, word := range words {
			if word == "" || seen[word] {
				t.Errorf("%s: %q is empty or there twice", name, word)
			}
			seen[word] = true
		}
		if len(words) == 0 {
			t.Errorf("%s is empty", name)
		}
	}
}
