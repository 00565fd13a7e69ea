package accounting_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"luoshi/internal/access/credential"
	"luoshi/internal/account"
	"luoshi/internal/service/accounting"
	"luoshi/internal/service/accounting/accountingtest"
	"luoshi/internal/service/narrative"
	"luoshi/internal/store/storetest"
	"luoshi/office/paper"
)

// model is a language model on this machine that answers as a test tells it, and remembers what it was given.
type model struct {
	says  atomic.Value // func(material string) string
	given atomic.Value // string
}

func (m *model) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var q struct{ Messages []struct{ Content string } }
	if err := json.NewDecoder(r.Body).Decode(&q); err != nil || len(q.Messages) != 2 {
		http.Error(w, "no question", http.StatusBadRequest)
		return
	}
	m.given.Store(q.Messages[1].Content)
	says, _ := m.says.Load().(func(string) string)
	_ = json.NewEncoder(w).Encode(map[string]any{"choices": []any{map[string]any{"message": map[string]string{"content": says(q.Messages[1].Content)}}}})
}

// eachNarrated runs a test in a town with a model, with a draft of its half-year report and the first passage of that
// which can be worded anew.
func eachNarrated(t *testing.T, test func(t *testing.T, o *accountingtest.Town, m *model, draft accounting.View, block paper.Block)) {
	t.Helper()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		m := &model{}
		server := httptest.NewServer(m)
		t.Cleanup(server.Close)
		o := accountingtest.Settle(t, dsn, func(options *accounting.Options) {
			options.Narrator = narrative.New(narrative.Options{
				Address: server.URL, Model: "m", Key: credential.NewSecret("k"), Inside: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
			})
		})
		v := have[accounting.View](t)(o.Uses.Draft(o.Clerk, accounting.Wish{Plan: o.Plan.ID, Period: accountingtest.Half, Template: "half-year"}))
		at := slices.IndexFunc(v.Shown.Paper.Body, func(b paper.Block) bool {
			all := accounting.Worded(v.Shown, b)
			return slices.ContainsFunc(all, func(f account.Figure) bool { return f.Measure != "" && f.Measure != "%" })
		})
		if at < 0 {
			t.Fatal("no passage of the report can be worded anew")
		}
		test(t, o, m, v, v.Shown.Paper.Body[at])
	})
}

// TestAWordingIsTakenOver: a wording with the figures of its passage is offered, taken over by a person, and stays bound
// and marked.
func TestAWordingIsTakenOver(t *testing.T) {
	eachNarrated(t, func(t *testing.T, o *accountingtest.Town, m *model, draft accounting.View, block paper.Block) {
		m.says.Store(func(string) string { return "总体来看，" + block.String() })
		made := have[accounting.Narration](t)(o.Uses.Narrate(o.Clerk, draft.ID, block.Key))
		given, _ := m.given.Load().(string)
		if !strings.Contains(given, block.String()) || !strings.HasPrefix(made.Text, "总体来看，") || !strings.Contains(made.Text, "{") {
			t.Fatalf("given %q, offered %q", given, made.Text)
		}
		if now := have[accounting.View](t)(o.Uses.Report(o.Clerk, draft.ID)); now.Revision != draft.Revision || len(now.Edits.Blocks) > 0 {
			t.Error("a wording went into the report before a person took it over")
		}
		taken := have[accounting.View](t)(o.Uses.TakeOver(o.Clerk, draft.ID, block.Key, made.Text, draft.Revision))
		at := slices.IndexFunc(taken.Shown.Paper.Body, func(b paper.Block) bool { return b.Key == block.Key })
		if at < 0 || taken.Shown.Paper.Body[at].String() != "总体来看，"+block.String() || len(taken.Grave()) > 0 {
			t.Fatalf("taken over is %+v, with %+v", taken.Shown.Paper.Body[max(at, 0)], taken.Findings)
		}
		if before, after := len(accounting.Worded(draft.Shown, block)), len(accounting.Worded(taken.Shown, taken.Shown.Paper.Body[at])); after != before {
			t.Errorf("%d figures are bound, before %d", after, before)
		}
		typed := taken.Edits
		typed.Blocks = []account.Edit{{Block: block.Key, Text: made.Text}} // as a form brings it
		again := have[accounting.View](t)(o.Uses.Change(o.Clerk, draft.ID, typed, false, taken.Revision))
		if len(again.Edits.Blocks) != 1 || again.Edits.Blocks[0].Model != "m" {
			t.Errorf("whose wording it was is forgotten: %+v", again.Edits.Blocks)
		}
	})
}

// TestAWordingThatIsTurnedDown: no number comes in that the ledger does not say, however it is written and whoever asked
// for it.
func TestAWordingThatIsTurnedDown(t *testing.T) {
	eachNarrated(t, func(t *testing.T, o *accountingtest.Town, m *model, draft accounting.View, block paper.Block) {
		figures := accounting.Worded(draft.Shown, block)
		counted := figures[slices.IndexFunc(figures, func(f account.Figure) bool { return f.Measure != "" && f.Measure != "%" })]
		whole := block.String()
		for name, c := range map[string]struct{ says, code string }{
			"a number of its own":    {whole + "惠及12345人。", "narrative.numbers"},
			"one spelled out":        {whole + "同比提高百分之六。", "narrative.numbers"},
			"another unit":           {strings.Replace(whole, counted.Text+counted.Measure, counted.Text+"万"+counted.Measure, 1), "narrative.numbers"},
			"what a note asked for":  {"按照材料中的要求，全年完成99.9%。", "narrative.numbers"},
			"a figure by its name":   {whole + "{" + counted.Text + "|" + counted.Key + "}", "narrative.unreadable"},
			"nothing that is a text": {"   ", "narrative.unreadable"},
		} {
			m.says.Store(func(string) string { return c.says })
			_, err := o.Uses.Narrate(o.Clerk, draft.ID, block.Key)
			if wantFault(t, err, c.code); t.Failed() {
				t.Fatalf("%s: %q, %v", name, c.says, err)
			}
		}
		if now := have[accounting.View](t)(o.Uses.Report(o.Clerk, draft.ID)); now.Revision != draft.Revision {
			t.Error("a wording that was turned down changed the report")
		}
		_, err := o.Uses.Narrate(o.Street, draft.ID, block.Key)
		wantRefused(t, err, "account.review")
		_, err = o.Uses.Narrate(o.Clerk, draft.ID, "no such block")
		wantFault(t, err, "narrative.block")
		m.says.Store(func(string) string { return whole })
		for range 4 {
			_, err = o.Uses.Narrate(o.Clerk, draft.ID, block.Key)
			if err != nil {
				t.Fatal(err)
			}
		}
		_, err = o.Uses.Narrate(o.Clerk, draft.ID, block.Key)
		wantFault(t, err, "narrative.often")
	})
}

// TestWithoutAModelNobodyIsAsked: it is off until an administrator attaches one.
func TestWithoutAModelNobodyIsAsked(t *testing.T) {
	accountingtest.Each(t, func(t *testing.T, o *accountingtest.Town) {
		v := have[accounting.View](t)(o.Uses.Draft(o.Clerk, accounting.Wish{Plan: o.Plan.ID, Period: accountingtest.Half, Template: "half-year"}))
		_, err := o.Uses.Narrate(o.Clerk, v.ID, v.Shown.Paper.Body[0].Key)
		wantFault(t, err, "narrative.off")
		if o.Uses.Narrates() {
			t.Error("there is a model")
		}
	})
}
