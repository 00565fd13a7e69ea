package ledger

import (
	"slices"
	"testing"
)

// readAgain are the same promises as read from another document: other identifiers and places.
func readAgain(words ...string) []Commitment {
	all := make([]Commitment, len(words))
	for i, w := range words {
		all[i] = sampleCommitment(500+i, w)
	}
	return all
}

func TestVersionsOfADocumentAreCompared(t *testing.T) {
	before := readAgain("新增养老床位300张", "新建公厕25座", "开展惠民演出120场", "加强作风建设")
	target := sampleTarget(1, "养老床位", "300", "张")
	before[0].Targets = []Target{target}
	after := []Commitment{
		sampleCommitment(1, "新建公厕25座"),
		sampleCommitment(2, "新增养老床位500张", sampleTarget(1, "养老床位", "500", "张")),
		sampleCommitment(3, "建设社区食堂12个"),
		sampleCommitment(4, "加强作风建设"),
	}
	var got []string
	for _, d := range Compare(before, after) {
		line := string(d.Kind)
		if d.Before != nil {
			line += " " + d.Before.Wording()
		}
		if d.After != nil {
			line += " → " + d.After.Wording()
		}
		for _, c := range d.Changes {
			line += " " + string(c.Field) + " " + c.Old.Target.Value.Plain() + "/" + c.New.Target.Value.Plain()
		}
		got = append(got, line)
	}
	want := []string{
		"changed 新增养老床位300张 → 新增养老床位500张 target 300/500",
		"added → 建设社区食堂12个",
		"dropped 开展惠民演出120场",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWhatWasDroppedIsToldAtItsPlace(t *testing.T) {
	before := readAgain("新建公厕25座", "开展惠民演出120场", "新增普惠托位500个", "打通断头路4条")
	after := []Commitment{sampleCommitment(1, "开展惠民演出200场"), sampleCommitment(2, "打通断头路4条")}
	var kinds []DifferenceKind
	for _, d := range Compare(before, after) {
		kinds = append(kinds, d.Kind)
	}
	if want := []DifferenceKind{Dropped, Changed, Dropped}; !slices.Equal(kinds, want) {
		t.Errorf("got %v, want %v", kinds, want)
	}
}

func TestComparingAVersionWithItself(t *testing.T) {
	all := readAgain("新增养老床位300张", "新增养老床位300张", "新建公厕25座", "x", "安排重点项目73个")
	if got := Compare(all, all); len(got) != 0 {
		t.Errorf("got %+v", got)
	}
	if got := Compare(all, readAgain("新增养老床位300张", "新增养老床位300张", "新建公厕25座", "x", "安排重点项目73个")); len(got) != 0 {
		t.Errorf("got %+v", got)
	}
}

// TestComparingIsSymmetric: what is added one way is dropped the other way, and each promise of either
// side is told of at most once.
func TestComparingIsSymmetric(t *testing.T) {
	a := readAgain("新增养老床位300张", "新建改造公厕25座", "开展惠民演出120场", "打通断头路4条", "新建公园8处")
	b := readAgain("新建公厕30座", "新增普惠托位500个", "打通断头路6条", "开展惠民演出和送电影下乡", "新建口袋公园8处、绿道25公里")
	count := func(found []Difference) map[DifferenceKind]int {
		n := map[DifferenceKind]int{}
		for _, d := range found {
			n[d.Kind]++
		}
		return n
	}
	there, back := count(Compare(a, b)), count(Compare(b, a))
	if there[Added] != back[Dropped] || there[Dropped] != back[Added] || there[Changed] != back[Changed] {
		t.Errorf("there %v, back %v", there, back)
	}
	if there[Added]+there[Changed] != len(b) || there[Dropped]+there[Changed] != len(a) {
		t.Errorf("%v does not account for all", there)
	}
}

// TestTheMostAlikeIsPaired among many that are alike.
func TestTheMostAlikeIsPaired(t *testing.T) {
	var words []string
	for _, street := range []string{"甲河", "乙河", "丙河", "丁河", "戊河", "己河", "庚河", "辛河", "壬河", "癸河", "子河"} {
		words = append(words, "新建改造公厕和停车场的街道是"+street+"街道办事处")
	}
	last := words[len(words)-1]
	found := Compare(readAgain(words...), []Commitment{sampleCommitment(1, last+"辖区")})
	i := slices.IndexFunc(found, func(d Difference) bool { return d.Kind == Changed })
	if i < 0 || found[i].Before.Wording() != last {
		t.Errorf("got %+v", found)
	}
}

// TestTwoEditors: the second is shown what the first has changed.
func TestTwoEditors(t *testing.T) {
	before := sampleCommitment(1, "新增学位300个")
	after := before.clone()
	after.Title, after.Lead, after.Weight = "新增学位", unitID(education), figure("5")
	found := Compare([]Commitment{before}, []Commitment{after})
	if len(found) != 1 || !slices.Equal(found[0].Aspects, []Aspect{AspectTitle, AspectTerms, AspectWeight}) || found[0].Likeness != 1000 {
		t.Fatalf("got %+v", found)
	}
	if c := found[0].Changes; len(c) != 1 || c[0].Field != LeadField || c[0].Old.Unit != unitID(finance) {
		t.Errorf("got %+v", c)
	}
}
