package ledger

import (
	"slices"
	"testing"
)

func refusedSplit(c Commitment, cuts ...int) Problems {
	_, found := c.Split(cuts, make([]CommitmentID, len(cuts)+1))
	return found
}

func refusedMerge(parts ...Commitment) Problems {
	_, found := Merge(CommitmentID(uuid(900)), parts...)
	return found
}

func TestSplittingCutsTheWordsAndLosesNone(t *testing.T) {
	words := "新增学位300个，新建公厕25座。"
	places, toilets := sampleTarget(1, "学位", "300", "个"), sampleTarget(2, "公厕", "25", "座")
	places.Quoted, toilets.Quoted = quote(104, "300个"), quote(113, "25座")
	whole := sampleCommitment(1, words, places, toilets)
	whole.Cooperating = []UnitID{UnitID(uuid(education))}
	parts, found := whole.Split([]int{109}, []CommitmentID{CommitmentID(uuid(901)), CommitmentID(uuid(902))})
	if len(found) > 0 {
		t.Fatal(found)
	}
	if parts[0].Wording() != "新增学位300个" || parts[1].Wording() != "新建公厕25座" {
		t.Errorf("the words are %q and %q", parts[0].Wording(), parts[1].Wording())
	}
	for i, part := range parts {
		if found := part.Validate(); len(found) > 0 {
			t.Errorf("part %d: %v", i, found)
		}
		if len(part.Targets) != 1 || part.Targets[0].Number != 1 || part.Lead != whole.Lead || part.By != whole.By {
			t.Errorf("part %d is %+v", i, part.CommitmentTerms)
		}
	}
	if parts[1].Targets[0].Subject != "公厕" {
		t.Errorf("the second part has the target %q", parts[1].Targets[0].Subject)
	}
	parts[0].Cooperating[0] = "changed"
	if whole.Cooperating[0] == "changed" {
		t.Error("a part shares a list with the whole")
	}
}

func TestSplittingNeedsWordsInEveryPart(t *testing.T) {
	whole := sampleCommitment(1, "新增学位300个。")
	for name, cuts := range map[string][]int{
		"none": nil, "before it": {100}, "behind it": {109}, "only punctuation left": {108}, "not in order": {106, 103},
	} {
		if found := refusedSplit(whole, cuts...); !found.Has("commitment.cuts") {
			t.Errorf("%s: %v", name, found)
		}
	}
}

func TestMergingKeepsAllThatWasPromised(t *testing.T) {
	later := sampleCommitment(2, "新建公厕25座", sampleTarget(1, "公厕", "25", "座"))
	later.By, later.Lead, later.Firm = day("2027-03-31"), UnitID(uuid(street)), false
	first := sampleCommitment(1, "新增学位300个", sampleTarget(1, "学位", "300", "个"))
	first.Cooperating = []UnitID{UnitID(uuid(street)), UnitID(uuid(education))}
	merged, found := Merge(CommitmentID(uuid(900)), later, first)
	if found = append(found, merged.Validate()...); len(found) > 0 {
		t.Fatal(found)
	}
	if merged.Wording() != "新增学位300个……新建公厕25座" || merged.Title != first.Title || merged.By != later.By || merged.Firm {
		t.Errorf("got %q: %+v", merged.Wording(), merged.CommitmentTerms)
	}
	if len(merged.Targets) != 2 || merged.Targets[1].Number != 2 || merged.Targets[1].Subject != "公厕" {
		t.Errorf("the targets are %+v", merged.Targets)
	}
	if merged.Lead != first.Lead || !slices.Equal(merged.Cooperating, []UnitID{UnitID(uuid(street)), UnitID(uuid(education))}) {
		t.Errorf("led by %s with %v", merged.Lead, merged.Cooperating)
	}
	other := later
	other.Plan = PlanID(uuid(11))
	if found := refusedMerge(first, other); !found.Has("commitment.other_plan") {
		t.Errorf("of two plans: %v", found)
	}
}

func TestNumbersFollowTheDocument(t *testing.T) {
	second, first, third := sampleCommitment(2, "新建公厕25座"), sampleCommitment(1, "新增学位300个"), sampleCommitment(3, "改造老旧小区")
	third.Number = "2026-001"
	gone := sampleCommitment(4, "已并入其他事项")
	gone.State = Withdrawn
	all := []Commitment{second, first, third, gone}
	numbered := Number(2026, all)
	got := []string{numbered[0].Number, numbered[1].Number, numbered[2].Number, numbered[3].Number}
	if !slices.Equal(got, []string{"2026-003", "2026-002", "2026-001", ""}) {
		t.Errorf("got %v", got)
	}
	if all[0].Number != "" {
		t.Error("what was given has changed")
	}
	if again := Number(2026, numbered); again[0].Number != numbered[0].Number {
		t.Error("a given number did not stay")
	}
}
