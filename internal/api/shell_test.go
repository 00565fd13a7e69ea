package api

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"luoshi/internal/access/rate"
	"luoshi/internal/service/servicetest"
)

func TestAPlanIsReadAndChanged(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		path := "/plans/" + string(w.Plan.ID)
		read := w.want(t, http.StatusOK, office, "GET "+path, nil)
		if read.Header.Get("ETag") != `"1"` || read.text("title") != w.Plan.Title {
			t.Errorf("ETag %s, %s", read.Header.Get("ETag"), read.body)
		}
		w.want(t, http.StatusNotModified, office, "GET "+path, nil, "If-None-Match", `"7", W/"1"`)
		title := map[string]string{"title": "望溪区2026年重点工作"}
		if a := w.want(t, http.StatusPreconditionRequired, office, "PATCH "+path, title); a.text("code") != "revision-missing" {
			t.Errorf("%s", a.body)
		}
		for _, tag := range []string{`"9"`, `"x"`, `1`} {
			w.want(t, http.StatusPreconditionFailed, office, "PATCH "+path, title, "If-Match", tag)
		}
		after := w.want(t, http.StatusOK, office, "PATCH "+path, title, "If-Match", `"1"`)
		if after.Header.Get("ETag") != `"2"` || after.text("title") != "望溪区2026年重点工作" {
			t.Errorf("ETag %s, %s", after.Header.Get("ETag"), after.body)
		}
		w.want(t, http.StatusPreconditionFailed, office, "PATCH "+path, title, "If-Match", `"1"`)
	})
}

func TestProblemsSayWhatAndWhereInTheLanguageAskedFor(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, test := range []struct {
			name, who, route string
			body             any
			status           int
			code, place      string
			zh, en           string
		}{
			{"a field missing", office, "POST /plans", map[string]any{"government": "x"}, 422, "invalid", "/body", "缺少字段 year", "The field year is missing"},
			{"a field too many", office, "POST /plans", map[string]any{"government": "x", "year": 2026, "colour": 1}, 422, "invalid", "/body/colour", "没有这个字段", "no such field"},
			{"a wrong type", office, "POST /plans", map[string]any{"government": "x", "year": "2026"}, 422, "invalid", "/body/year", "应为整数", "whole number"},
			{"a day that never comes", office, "GET /commitments?from=2026-02-30", nil, 422, "invalid", "/query/from", "没有 \"2026-02-30\" 这一天", "is no date"},
			{"such a day in a body", office, "PATCH /commitments/x", map[string]any{"by": "2026-02-30"}, 422, "invalid", "/body", "没有 \"2026-02-30\" 这一天", "is no date"},
			{"a number out of range", office, "GET /plans?limit=501", nil, 422, "invalid", "/query/limit", "不得大于 500", "not be more than 500"},
			{"an unknown filter", office, "GET /plans?colour=red", nil, 422, "invalid", "/query/colour", "没有这个查询参数", "no such query parameter"},
			{"an unknown order", office, "GET /plans?order=colour", nil, 422, "invalid", "/query/order", "只能是", "must be one of"},
			{"a forged place in a list", office, "GET /plans?after=xx", nil, 422, "page.cursor", "/query/after", "翻页位置无效", "not valid"},
			{"no JSON", office, "POST /plans", "{", 400, "malformed", "/body", "JSON 不完整", "cut short"},
			{"two values", office, "POST /plans", "{} {}", 400, "malformed", "/body", "不是正确的 JSON", "not JSON"},
			{"a body too deep", office, "POST /plans", strings.Repeat(`{"a":[`, 50), 400, "malformed", "/body", "嵌套过深", "nested too deep"},
			{"a NUL in a text", office, "POST /plans", `{"government":"x","year":2026,"title":"a\u0000b"}`, 400, "malformed", "/body", "不是正确的 JSON", "not JSON"},
			{"a NUL in the address", office, "GET /plans?text=%00", nil, 400, "malformed", "", "请求的写法", "how the request is written"},
			{"an address that is no text", office, "GET /plans?text=%ff", nil, 400, "malformed", "", "请求的写法", "how the request is written"},
			{"no body", office, "POST /plans", "", 400, "malformed", "/body", "缺少请求内容", "no body"},
			{"a body too long", office, "POST /plans", `{"title":"` + strings.Repeat("长", largest) + `"}`, 413, "too-large", "", "缩小内容", "Send less"},
			{"no such record", office, "GET /plans/nowhere", nil, 404, "not-found", "", "核对编号", "Check the identifier"},
			{"no such operation", office, "GET /planets", nil, 404, "no-operation", "", "接口文档", "documentation"},
			{"a method not taken", office, "DELETE /plans", nil, 405, "method", "", "Allow", "Allow"},
			{"nobody's token", "nobody", "GET /plans", nil, 401, "signed-out", "", "有效的接口令牌", "valid API token"},
			{"a stranger", "", "POST /plans", map[string]any{}, 401, "not-signed-in", "", "先登录", "Sign in"},
			{"without the right", "reporter", "POST /plans", map[string]any{}, 403, "no-role", "", "无权", "may not"},
		} {
			for lang, words := range map[string]string{"zh-CN,en;q=0.5": test.zh, "en-GB": test.en} {
				a := w.want(t, test.status, test.who, test.route, test.body, "Accept-Language", lang)
				found := strings.Contains(a.text("detail"), words) || strings.Contains(a.text("errors/0/message"), words)
				if a.text("code") != test.code || a.text("errors/0/place") != test.place || !found {
					t.Errorf("%s (%s): %s", test.name, lang, a.body)
				}
				if a.Header.Get("Content-Type") != "application/problem+json" || a.text("instance") != "urn:luoshi:request:"+a.Header.Get("X-Request-Id") {
					t.Errorf("%s: %s %s", test.name, a.Header, a.body)
				}
			}
		}
		if a := w.want(t, http.StatusUnsupportedMediaType, office, "POST /plans", "year=2026", "Content-Type", "text/plain"); a.text("code") != "media-type" {
			t.Errorf("%s", a.body)
		}
		if a := w.want(t, http.StatusMethodNotAllowed, office, "DELETE /plans", nil); !slices.Equal(a.Header["Allow"], []string{"GET", "POST"}) {
			t.Errorf("%v", a.Header["Allow"])
		}
	})
}

func TestListsArePagedWhileTheyGrow(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.Promises(t, w.Store(), 25)
		for _, order := range []string{"", "number", "-by", "title", "-weight"} {
			seen := map[string]int{}
			route := "/commitments?limit=7&order=" + order
			for parts := 0; route != ""; parts++ {
				a := w.want(t, http.StatusOK, office, "GET "+route, nil)
				items, _ := a.at("items").([]any)
				for i := range items {
					seen[a.text(fmt.Sprintf("items/%d/id", i))]++
				}
				if parts == 1 {
					w.Promises(t, w.Store(), 3)
				}
				route = ""
				if link := a.Header.Get("Link"); link != "" {
					next, _, _ := strings.Cut(strings.TrimPrefix(link, "<"+Base), ">")
					route = next
				}
				if (a.text("next") == "") != (route == "") {
					t.Fatalf("next and Link disagree: %s", a.body)
				}
			}
			for id, times := range seen {
				if times != 1 {
					t.Errorf("in order %q %s was listed %d times", order, id, times)
				}
			}
			if len(seen) < 26 {
				t.Errorf("in order %q %d were listed", order, len(seen))
			}
		}
	})
}

func TestTooManyRequestsAreToldToWait(t *testing.T) {
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
		w := settleWith(t, f, rate.Rate{Burst: 3, Second: 0.1})
		for range 3 {
			w.want(t, http.StatusOK, office, "GET /plans", nil)
		}
		a := w.want(t, http.StatusTooManyRequests, office, "GET /plans", nil)
		if a.text("code") != "too-many" || a.Header.Get("Retry-After") != "10" {
			t.Errorf("%s %s", a.Header, a.body)
		}
		w.want(t, http.StatusOK, leader, "GET /plans", nil)
	}, rooms...)
}

func TestASessionIsGoodWhereNoOtherSiteUsesIt(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		cookie := []string{"Cookie", "luoshi=" + office}
		w.want(t, http.StatusOK, "", "GET /commitments", nil, cookie...)
		w.want(t, http.StatusUnauthorized, "", "GET /commitments", nil, "Cookie", "luoshi=nobody")
		plan := map[string]any{"government": string(w.Government.ID), "year": 2027}
		crossing := w.want(t, http.StatusForbidden, "", "POST /plans", plan, append(cookie, "Sec-Fetch-Site", "cross-site")...)
		if crossing.text("code") != "cross-site" {
			t.Errorf("%s", crossing.body)
		}
		w.want(t, http.StatusCreated, "", "POST /plans", plan, append(cookie, "Sec-Fetch-Site", "same-origin")...)
	})
}

func TestTheAddressBehindProxies(t *testing.T) {
	for proxies, want := range map[int]string{0: "192.0.2.1", 1: "10.0.0.2", 2: "10.0.0.1", 3: "192.0.2.1"} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
		r.Header.Set("X-Forwarded-For", "10.0.0.1, 10.0.0.2")
		if got := (&API{options: Options{Proxies: proxies}}).address(r); got != want {
			t.Errorf("behind %d proxies the address is %s", proxies, got)
		}
	}
}
