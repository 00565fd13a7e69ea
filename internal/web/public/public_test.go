package public_test

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"strings"
	"testing"

	"luoshi/internal/audit/signing"
	"luoshi/internal/service"
	"luoshi/internal/service/publication"
	"luoshi/internal/service/publication/disclosed"
	"luoshi/internal/store"
	"luoshi/internal/web/public"
	"luoshi/ledger"
)

// TestThePublicReadsWhatIsOpen: nothing before, everything after, without an account and in both languages.
func TestThePublicReadsWhatIsOpen(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		guest := o.Public()
		guest.Get("/public").Want(http.StatusOK, "目前还没有公开的计划")
		guest.Get("/public/2026").Want(http.StatusNotFound)
		o.open(t)
		guest.Get("/public").Want(http.StatusOK, o.Plan.Title, "共3项承诺")
		guest.Get("/public/2026").Want(http.StatusOK, "全部承诺", "建成社区食堂6处", "督查室", "第1版")
		o.pages.WithPapers(func(context.Context, ledger.PlanID) ([]public.Paper, error) {
			return []public.Paper{{Title: "上半年工作通报", Path: "/bulletins/b-1"}}, nil
		})
		guest.Get("/public/2026").Want(http.StatusOK, "通报与报告", "上半年工作通报")
		guest.Get("/public/2026?q=排水").Want(http.StatusOK, "共1项").Lacks("建成社区食堂6处")
		guest.Get("/public/2026?colour=red").Want(http.StatusOK, "完成望溪路排水管网改造").Lacks("建成社区食堂6处")
		guest.Get("/public/2026/promises/2026-002").Want(http.StatusOK, "承诺原文", "推进望溪路改造", o.Bureau.Name, "亮灯变化", "核验")
		guest.Get("/public/2026/promises/2026-002?lang=en").Want(http.StatusOK, "As promised", "How the light turned")
		guest.Get("/public/2026/promises/2026-999").Want(http.StatusNotFound)
		guest.Get("/public/search?lang=zh-CN&q=食堂").Want(http.StatusOK, "建成社区食堂6处", "共1项")
		guest.Get("/public/about").Want(http.StatusOK, "亮灯的含义", o.key.Public().String())
		guest.Get("/public/2026/data").Want(http.StatusOK, "promises.csv", "sdmx-data.json")
		guest.Get("/public/2026/proof").Want(http.StatusOK, "luoshi audit verify", "覆盖它的签名摘要")
		for _, page := range []string{"/public", "/public/2026", "/public/2026/promises/2026-001", "/public/about", "/public/2026/data", "/public/2026/proof", "/public/search"} {
			body := guest.Get(page).Want(http.StatusOK)
			if inline := body.Inline(); len(inline) > 0 {
				t.Errorf("%s has %v", page, inline)
			}
			for _, problem := range validate([]byte(body.Body)) {
				t.Errorf("%s: %s", page, problem)
			}
		}
	})
}

// TestFilesSayTheSame: tables, JSON and feed can be read, and the proof of a promise holds by itself.
func TestFilesSayTheSame(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.open(t)
		guest := o.Public()
		for file, holds := range map[string]string{
			"promises.csv": "2026-002", "figures.csv": "cumulative", "dictionary.csv": "承诺原文", "sdmx-data.json": "dataSets", "sdmx-structure.json": "dataStructures",
			"sdmx.csv": "INDICATOR", "sdmx-dictionary.csv": "representation",
		} {
			guest.Get("/public/2026/files/"+file).Want(http.StatusOK, holds)
		}
		guest.Get("/public/2026/files/secret.csv").Want(http.StatusNotFound)
		var whole struct {
			Promises []disclosed.Promise `json:"promises"`
		}
		must(t, json.Unmarshal([]byte(guest.Get("/public/2026/files/promises.json").Want(http.StatusOK).Body), &whole))
		if len(whole.Promises) != 3 {
			t.Errorf("%d promises", len(whole.Promises))
		}
		var feed struct {
			Entries []struct {
				Title string `xml:"title"`
			} `xml:"entry"`
		}
		must(t, xml.Unmarshal([]byte(guest.Get("/public/2026/files/feed.xml").Want(http.StatusOK).Body), &feed))
		must(t, xml.Unmarshal([]byte(guest.Get("/public/feed.xml").Want(http.StatusOK).Body), &feed))
		if len(feed.Entries) != 6 {
			t.Errorf("%d entries of both feeds", len(feed.Entries))
		}
		keys := signing.Keyring{o.key.Public()}
		var proof disclosed.Proof
		must(t, json.Unmarshal([]byte(guest.Get("/public/2026/proofs/2026-002.json").Want(http.StatusOK).Body), &proof))
		if _, _, err := proof.Verify(keys); err != nil || !strings.Contains(proof.Record, "完成望溪路排水管网改造") {
			t.Errorf("the proof of %s: %v", proof.Record, err)
		}
		var log disclosed.Log
		must(t, json.Unmarshal([]byte(guest.Get("/public/log.json").Want(http.StatusOK).Body), &log))
		if _, err := log.Verify(keys); err != nil {
			t.Error(err)
		}
	})
}

// TestTheOfficeDecidesWhatIsPublic: only it, with what was typed kept where it cannot be.
func TestTheOfficeDecidesWhatIsPublic(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		office, head := o.Office(), o.As("unit-head", o.Bureau.ID)
		settings := "/plans/" + o.plan + "/public"
		head.Get(settings).Want(http.StatusForbidden)
		office.Get(settings).Want(http.StatusOK, "目前没有公开")
		office.Post(settings, form("seen", "0", "open", "1", "address", "Nein!", "introduction", "说明文字")).
			Want(http.StatusUnprocessableEntity, "不可用", "说明文字")
		office.Post(settings, form("seen", "0", "open", "1", "address", "2026", "shows", "lights", "shows", "units", "withheld", "2026-003")).
			Want(http.StatusOK)
		o.Public().Get("/public/2026").Want(http.StatusOK, "另有1项没有公开").Lacks("建成社区食堂6处", "开放数据")
		o.Public().Get("/public/2026/files/promises.csv").Want(http.StatusNotFound)
		office.Post(settings, form("seen", "0", "open", "1", "address", "2026")).Want(http.StatusConflict, "别人刚刚修改过")
		office.Get("/feedback").Want(http.StatusOK, "已公开", o.Plan.Title)
		office.Post(settings, form("seen", "1", "address", "2026")).Want(http.StatusOK)
		o.Public().Get("/public/2026").Want(http.StatusNotFound)
	})
}

// TestCitizensAreHeard: what somebody says waits for the office, becomes a draft order or is answered, and its sender can
// ask what became of it.
func TestCitizensAreHeard(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.open(t)
		guest, office := o.Public(), o.Office()
		feedback := "/public/2026/promises/2026-002/feedback"
		guest.Post(feedback, form("words", "短")).Want(http.StatusUnprocessableEntity, "至少写")
		guest.Post(feedback, form("words", "x@x.example 买我的东西吧", "website", "http://spam.example")).Want(http.StatusOK)
		first := guest.Post(feedback, form("words", "望溪路中段路面塌陷，管网没有接通。")).Path
		second := guest.Post(feedback, form("words", "这里其实已经修好了，谢谢。")).Path
		guest.Get(first).Want(http.StatusOK, "正在等待审核", "路面塌陷")
		o.As("unit-head", o.Bureau.ID).Get("/feedback").Want(http.StatusForbidden)
		office.Get("/feedback").Want(http.StatusOK, "路面塌陷", "已经修好了").Lacks("spam.example")
		all := have[publication.FeedbackListing](t)(o.uses.Feedback(o.Fixture.Office(t.Context()), publication.Waiting, store.Page{}))
		office.Post("/feedback/"+all.Feedback[0].ID+"/accept", form("seen", "1", "answer", "")).Want(http.StatusUnprocessableEntity, "请写明答复")
		to := office.Post("/feedback/"+all.Feedback[0].ID+"/accept", form("seen", "1", "answer", "已交区民政局核实。")).Path
		if !strings.HasPrefix(to, "/orders/") {
			t.Errorf("it leads to %s", to)
		}
		office.Post("/feedback/"+all.Feedback[0].ID+"/reject", form("seen", "2", "answer", "再说")).Want(http.StatusUnprocessableEntity, "已经办理过")
		office.Post("/feedback/"+all.Feedback[1].ID+"/reject", form("seen", "1", "answer", "感谢关心。")).Want(http.StatusOK)
		guest.Get(first).Want(http.StatusOK, "已转为督办", "已交区民政局核实。").Lacks("supervising-office")
		guest.Get(second).Want(http.StatusOK, "没有转为督办", "感谢关心。")
		guest.Get("/public/2026/promises/2026-002").Want(http.StatusOK, "已审核群众反馈2条，其中1条转为督办").Lacks("路面塌陷")
		guest.Get("/voices/feedback/guessed").Want(http.StatusNotFound)
	})
}

// TestAPromiseIsFollowed: nothing is sent before the owner of the address confirms, and no more once he stops.
func TestAPromiseIsFollowed(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.open(t)
		guest := o.Public()
		here := "/public/2026/promises/2026-002/follow"
		guest.Post(here, form("email", "no address")).Want(http.StatusUnprocessableEntity, "有效的电子邮箱")
		guest.Post(here, form("email", "citizen@Example.com")).Want(http.StatusOK)
		guest.Post(here, form("email", "citizen@example.com")).Want(http.StatusOK) // is not asked twice
		o.sendLetters(t)
		if len(o.letters) != 1 || o.letters[0].To != "citizen@example.com" || !strings.Contains(o.letters[0].Subject, "完成望溪路排水管网改造") {
			t.Fatalf("letters: %+v", o.letters)
		}
		link := linkIn(o.letters[0])
		job := service.As(t.Context(), service.Caller{System: "job: test", May: publication.TickMay})
		o.promise(t, "2026-004", "新建口袋公园", o.Bureau.ID, day(12, 31))
		must(t, o.uses.Tick(job, nil))
		guest.Get(link).Want(http.StatusOK, "请确认")
		guest.Post(link, nil).Want(http.StatusOK)
		guest.Get(link).Want(http.StatusOK, "您正在关注")
		o.withdraw(t, "2026-002")
		must(t, o.uses.Tick(job, nil))
		must(t, o.uses.Tick(job, nil)) // one letter a day
		o.sendLetters(t)
		if len(o.letters) != 2 || !strings.Contains(o.letters[1].Text, "https://luoshi.example/public/2026/promises/2026-002") || !strings.Contains(o.letters[1].Text, link) {
			t.Fatalf("letters: %+v", o.letters)
		}
		guest.Post(link+"/stop", nil).Want(http.StatusOK)
		guest.Get(link).Want(http.StatusNotFound)
	})
}

// TestOneClickEndsAllThatSomebodyFollows: news come with the edition that has them, and the one click of a program for mail
// ends all of them, however often it is sent.
func TestOneClickEndsAllThatSomebodyFollows(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.open(t)
		guest := o.Public()
		for _, key := range []string{"2026-002", "2026-003"} {
			guest.Post("/public/2026/promises/"+key+"/follow", form("email", "citizen@example.com")).Want(http.StatusOK)
		}
		o.sendLetters(t)
		var links []string
		for _, letter := range o.letters {
			if letter.Unsubscribe != "" {
				t.Errorf("nobody subscribed yet: %+v", letter)
			}
			links = append(links, linkIn(letter))
			guest.Post(linkIn(letter), nil).Want(http.StatusOK)
		}
		o.withdraw(t, "2026-002")
		o.withdraw(t, "2026-003")
		job := service.As(t.Context(), service.Caller{System: "job: test", May: publication.RenewMay})
		have[publication.EditionIs](t)(o.uses.Renew(job, o.Plan.ID))
		o.sendLetters(t)
		if len(o.letters) != 3 {
			t.Fatalf("the edition brings no news: %+v", o.letters)
		}
		click, ours := strings.CutPrefix(o.letters[2].Unsubscribe, "https://luoshi.example")
		if !ours {
			t.Fatalf("the letter leads to %q", o.letters[2].Unsubscribe)
		}
		guest.Get(click).Want(http.StatusOK, "您正在关注")
		for range 2 {
			guest.Post(click, form("List-Unsubscribe", "One-Click")).Want(http.StatusOK, "已停止关注，邮箱已删除")
		}
		for _, link := range links {
			guest.Get(link).Want(http.StatusNotFound)
		}
	})
}

// TestNobodyFloodsTheOffice: from one address only so much is taken.
func TestNobodyFloodsTheOffice(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.open(t)
		guest := o.Public()
		for range 10 {
			guest.Post("/public/2026/promises/2026-002/feedback", form("words", "这里的路还没有修好。")).Want(http.StatusOK)
		}
		guest.Post("/public/2026/promises/2026-002/feedback", form("words", "这里的路还没有修好。")).Want(http.StatusTooManyRequests, "过于频繁", "分钟后再试", "这里的路还没有修好。")
	})
}

func TestRights(t *testing.T) {
	each(t, func(t *testing.T, o *town) { o.Matrix(t) })
}
