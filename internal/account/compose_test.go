package account_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"luoshi/internal/account"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestReportsSayWhatTheirTemplatesAsk(t *testing.T) {
	for _, form := range account.Templates() {
		t.Run(form.Name, func(t *testing.T) {
			f := wangxi()
			if form.OfUnit {
				f.Unit = house
			}
			got := printed(account.Compose(form, f))
			file := filepath.Join("testdata", form.Name+".txt")
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("the report is\n%s\nnot as in %s", got, file)
			}
		})
	}
}
