package publication

import (
	_ "embed" // what is said
	"strings"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/ledger"
)

// Action is what somebody does, as the table of rights names it.
type Action = access.Action

//go:embed notices.txt
var noticeLines string

// notices are the words of notices.txt. A line holds one text, so breaks in it are written as \n.
var notices = service.ParseFaults(strings.ReplaceAll(noticeLines, `\n`, "\v"))

// say is a text of notices.txt.
func say(code string, facts ...string) ledger.Wording {
	w := notices.New(code, facts...).Words
	return ledger.Wording{ZH: strings.ReplaceAll(w.ZH, "\v", "\n"), EN: strings.ReplaceAll(w.EN, "\v", "\n")}
}

// columnsOf is where lists of what citizens do find whose business it is.
func columnsOf(table string) access.Columns { return access.Columns{Unit: table + ".government"} }
