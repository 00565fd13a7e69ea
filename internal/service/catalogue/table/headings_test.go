package table

import (
	"errors"
	"slices"
	"testing"

	"luoshi/internal/service"
)

func TestHeadingsAreFoundWhateverTheyAreCalled(t *testing.T) {
	for name, c := range map[string]struct {
		csv  string
		want []string
	}{
		"below a title":      {"全区民生实事进度表,,\n序号,办什么,办到哪里\n1,新增床位,61\n", []string{"序号", "办什么", "办到哪里"}},
		"above longer lines": {"办什么,办到哪里\n新增床位,61,甲,乙\n", []string{"办什么", "办到哪里"}},
		"nowhere":            {"1,2\n3,4\n", nil},
	} {
		got, err := Headings("表.csv", []byte(c.csv))
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, %v; want %q", name, got, err, c.want)
		}
	}
	var fault *service.Fault
	if _, err := Headings("表.doc", []byte("x")); !errors.As(err, &fault) || fault.Code != "table.format" {
		t.Errorf("a file of another format: %v", err)
	}
}
