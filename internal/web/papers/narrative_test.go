package papers_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"regexp"
	"strings"
	"testing"

	"luoshi/internal/service/accounting"
	"luoshi/internal/service/accounting/accountingtest"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/narrative"
	"luoshi/internal/store/storetest"
	"luoshi/internal/web/papers"
	"luoshi/internal/web/webtest"
)

// echo is a language model that words a passage as it stood, with something before it.
func echo(before string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var q struct{ Messages []struct{ Content string } }
		if err := json.NewDecoder(r.Body).Decode(&q); err != nil || len(q.Messages) != 2 {
			http.Error(w, "no question", http.StatusBadRequest)
			return
		}
		_, passage, _ := strings.Cut(q.Messages[1].Content, "【原文】\n")
		_ = json.NewEncoder(w).Encode(map[string]any{"choices": []any{map[string]any{"message": map[string]string{"content": before + strings.TrimSpace(passage)}}}})
	})
}

var (
	asksFor = regexp.MustCompile(`name="narrative" value="([^"]+)"`)
	offered = regexp.MustCompile(`(?s)<textarea[^>]*name="text"[^>]*>(.*?)</textarea>`)
	atLast  = regexp.MustCompile(`name="seen" value="(\d+)"`)
)

// TestAPassageIsWordedAnew goes the whole way by the forms: from the editor to the model, back with a wording, and into
// the report; and back without one where the model made a number up.
func TestAPassageIsWordedAnew(t *testing.T) {
	for before, c := range map[string]struct {
		status int
		shows  string
	}{
		"总体来看，":         {http.StatusOK, "采用这段文字"},
		"全市排名第3，99.9%，": {http.StatusUnprocessableEntity, "99.9%"},
	} {
		model := httptest.NewServer(echo(before))
		t.Cleanup(model.Close)
		o := narrated(t, model.URL)
		office := o.Site.Office()
		shown := office.Post("/papers", form("plan", o.plan, "template", "half-year", "period", "2026-H1")).Want(http.StatusOK, "初稿已生成")
		path := strings.Split(shown.Path, "?")[0]
		block := asksFor.FindStringSubmatch(office.Get(path+"/edit").Want(http.StatusOK, "请模型改写").Body)
		if block == nil {
			t.Fatal("no passage can be worded anew")
		}
		office.Get(path+"/narrative?block="+block[1]).Want(http.StatusOK, "将发给模型", "model-of-tests").Lacks("采用这段文字")
		worded := office.Post(path+"/narrative", form("block", block[1])).Want(c.status, c.shows)
		if bad := worded.Inline(); len(bad) > 0 {
			t.Errorf("inline: %v", bad)
		}
		if c.status != http.StatusOK {
			continue
		}
		text, seen := offered.FindStringSubmatch(worded.Body), atLast.FindStringSubmatch(worded.Body)
		if text == nil || seen == nil {
			t.Fatal("no wording is offered")
		}
		office.Post(path+"/narrative/text", form("block", block[1], "text", text[1], "seen", seen[1])).Want(http.StatusOK, "已保存", before)
		office.Get(path+"/edit").Want(http.StatusOK, "文字采自模型“model-of-tests”的改写")
		office.Post(path+"/narrative/text", form("block", block[1], "text", text[1], "seen", seen[1])).Want(http.StatusConflict)
	}
}

func narrated(t *testing.T, address string) *town {
	t.Helper()
	o := &town{Town: accountingtest.Settle(t, storetest.SQLite(t), func(options *accounting.Options) {
		options.Narrator = narrative.New(narrative.Options{Address: address, Model: "model-of-tests", Inside: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	})}
	o.plan = string(o.Town.Plan.ID)
	o.Site = webtest.Serve(t, o.Town.Fixture, papers.New(o.Town.Core, o.Uses, catalogue.New(o.Town.Core), nil).Routes()...)
	return o
}
