package service_test

import (
	"testing"

	"luoshi/internal/service"
	"luoshi/ledger"
)

func TestFaultsTakeTheirWordsFromALine(t *testing.T) {
	faults := service.ParseFaults("# code | 中文 | English\n\nfile.large | 最多{0}行、{1}兆。 | At most {0} rows and {1} MB.\nbroken\n")
	got := faults.New("file.large", "{1}", "16")
	want := ledger.Wording{ZH: "最多{1}行、16兆。", EN: "At most {1} rows and 16 MB."}
	if len(faults) != 1 || got.Code != "file.large" || got.Words != want {
		t.Errorf("%d lines, %+v", len(faults), got)
	}
}
