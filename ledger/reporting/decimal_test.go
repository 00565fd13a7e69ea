package reporting

import (
	"math/big"
	"testing"
)

func bigRat(n int64) *big.Rat { return big.NewRat(n, 10) }

func TestArithmeticIsExact(t *testing.T) {
	equal(t, "precision of the finest", Sum(figure("11.0"), figure("2.5"), figure("1e2")).Plain(), "113.5")
	equal(t, "trailing noughts stay", Sum(figure("1.50"), figure("0.5")).Plain(), "2.00")
	equal(t, "no sum of nothing", Sum().Known(), false)
	equal(t, "no sum with a gap", Sum(figure("1"), figure("")).Known(), false)
	equal(t, "difference", Less(figure("12.50"), figure("5")).Plain(), "7.50")
	equal(t, "no difference from a gap", Less(figure(""), figure("5")).Known(), false)
	equal(t, "tenths have no tail", Sum(figure("0.1"), figure("0.2")).Plain(), "0.3")
}

func TestRoundingIsThatOfPrint(t *testing.T) {
	for _, c := range []struct{ part, whole, want string }{
		{"1301", "5776", "22.52"}, {"1", "3", "33.33"}, {"2", "3", "66.67"}, {"1", "800", "0.13"}, {"-1", "800", "-0.13"}, {"3", "3", "100.00"},
		{"1", "0", ""}, {"", "3", ""},
	} {
		equal(t, c.part+"/"+c.whole, Rounded(Share(figure(c.part), figure(c.whole)), 2).Plain(), c.want)
	}
}

func TestScalingKeepsTheDigits(t *testing.T) {
	equal(t, "in hundred millions", Scaled(figure("74770e6"), 8).Plain(), "747.70")
	equal(t, "and back", Scaled(Scaled(figure("74770e6"), 8), -8).String(), "74770e6")
	equal(t, "nothing stays nothing", Scaled(figure(""), 8).Known(), false)
}

func TestWhatIsShownHasNoNoughtsOfItsMagnitude(t *testing.T) {
	for _, c := range []struct {
		kept  string
		power int
		want  string
	}{
		{"3000000", 4, "300"}, {"9500000000", 8, "95"}, {"3012345", 4, "301.2345"}, {"74770e6", 8, "747.70"}, {"1.50", 0, "1.50"},
		{"15000.50", 4, "1.50005"}, {"0", 4, "0"}, {"", 4, ""},
	} {
		equal(t, c.kept, Shown(figure(c.kept), c.power).Plain(), c.want)
	}
}
