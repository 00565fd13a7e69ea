package api

import (
	"bytes"
	"mime/multipart"
	"strings"
	"testing"
)

// replyOf is a reply to an order as a browser sends it.
func replyOf(t *testing.T, fields object, files map[string]string) (*bytes.Buffer, string) {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, value := range fields {
		if err := form.WriteField(name, value.(string)); err != nil {
			t.Fatal(err)
		}
	}
	for name, content := range files {
		part, err := form.CreateFormFile("file", name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	return &body, form.FormDataContentType()
}

func (w *world) orderStep(t *testing.T, who, path string, step object) answer {
	t.Helper()
	return w.want(t, 200, who, "POST "+path+"/steps", step, "If-Match", w.etag(t, who, path))
}

func (w *world) reply(t *testing.T, status int, who, path string, fields object, files map[string]string) answer {
	t.Helper()
	body, contentType := replyOf(t, fields, files)
	return w.want(t, status, who, "POST "+path+"/replies", body, "Content-Type", contentType)
}

// walkOrders takes an order from its draft to its closing, has it returned and extended, and splits another one.
func (w *world) walkOrders(t *testing.T) {
	t.Helper()
	reporter, head := "reporter@"+string(w.Bureau.ID), "unit-head@"+string(w.Bureau.ID)
	terms := object{
		"kind": "assign", "plan": w.Plan.ID, "commitments": list{w.Commitment.ID}, "title": "养老床位建设", "requirement": "6月底前建成",
		"lead": w.Bureau.ID, "cooperating": list{w.Street.ID}, "sources": list{object{"kind": "meeting", "title": "区政府第12次常务会议纪要", "ref": "m12"}}, "days": 15, "interim": 5,
	}
	w.want(t, 403, head, "POST /orders", terms)
	w.want(t, 422, office, "POST /orders", object{"kind": "assign", "title": "x", "requirement": "x", "lead": w.Bureau.ID, "sources": list{object{"kind": "rumour", "title": "x"}}})
	drafted := w.want(t, 201, office, "POST /orders", terms)
	path := strings.TrimPrefix(drafted.Header.Get("Location"), Base)
	w.want(t, 422, office, "POST "+path+"/steps", object{"action": "issue"}, "If-Match", w.etag(t, office, path))
	terms["basis"] = "区政府第12次常务会议纪要"
	w.want(t, 428, office, "PUT "+path, terms)
	w.want(t, 200, office, "PUT "+path, terms, "If-Match", w.etag(t, office, path))
	if again := w.want(t, 201, office, "POST /orders", terms); again.at("joined") != true || again.text("order/id") != drafted.text("order/id") {
		t.Errorf("one matter is one order: %s", again.body)
	}
	issued := w.orderStep(t, office, path, object{"action": "issue"})
	if issued.text("state") != "issued" || !strings.HasPrefix(issued.text("number"), "督〔") || issued.text("clocks/0/name") != "signing" {
		t.Errorf("%s", issued.body)
	}
	w.want(t, 412, reporter, "POST "+path+"/steps", object{"action": "sign"}, "If-Match", `"1"`)
	w.orderStep(t, reporter, path, object{"action": "sign"})
	w.walkReplies(t, path, reporter, head)
	w.orderStep(t, office, path, object{"action": "return", "reason": "缺少验收资料", "days": 5})
	w.orderStep(t, head, path, object{"action": "ask-extension", "reason": "等待验收", "days": 5})
	if extended := w.orderStep(t, leader, path, object{"action": "extend", "days": 5}); extended.at("clocks/0/extended") != 1.0 {
		t.Errorf("%s", extended.body)
	}
	w.reply(t, 200, head, path, object{"text": "已验收", "progress": "100", "final": "true"}, map[string]string{"验收单.txt": "验收合格"})
	w.orderStep(t, office, path, object{"action": "accept"})
	closed := w.want(t, 200, office, "POST /order-steps", object{"action": "close", "orders": list{drafted.text("order/id"), "none"}})
	if closed.text("items/0/order/state") != "closed" || closed.at("items/1/done") != false || closed.text("items/1/problem/code") == "" {
		t.Errorf("%s", closed.body)
	}
	w.walkParts(t, terms)
	w.walkOrderLists(t)
}

// walkReplies reports meanwhile and for good, and reads the evidence back.
func (w *world) walkReplies(t *testing.T, path, reporter, head string) {
	t.Helper()
	w.reply(t, 422, reporter, path, object{"text": " ", "progress": "10"}, nil)
	w.reply(t, 422, reporter, path, object{"text": "已开工", "progress": "101"}, nil)
	w.reply(t, 403, "reporter@"+"01a20000-0000-7000-8000-0000000000aa", path, object{"text": "已开工", "progress": "10"}, nil)
	w.reply(t, 200, reporter, path, object{"text": "已开工", "progress": "30", "next": "主体封顶"}, nil)
	w.reply(t, 422, head, path, object{"text": "已建成", "progress": "100", "final": "true"}, nil)
	w.reply(t, 200, reporter, path, object{"text": "已建成", "progress": "100", "final": "true"}, map[string]string{"照片说明.txt": "建成照片"})
	replied := w.orderStep(t, head, path, object{"action": "reply"})
	if replied.text("state") != "replied" || replied.text("replies/0/text") == "" {
		t.Errorf("%s", replied.body)
	}
	replies, _ := replied.at("replies").(list)
	for _, r := range replies {
		files, _ := r.(object)["evidence"].(list)
		for _, f := range files {
			file := "/order-evidence/" + f.(object)["id"].(string)
			if got := w.want(t, 200, office, "GET "+file, nil); string(got.body) != "建成照片" || !strings.HasPrefix(got.Header.Get("Content-Disposition"), "attachment") {
				t.Errorf("%v %s", got.Header, got.body)
			}
			return
		}
	}
	t.Errorf("no reply has evidence: %s", replied.body)
}

// walkParts splits an order, urges a part, and closes neither before the other.
func (w *world) walkParts(t *testing.T, terms object) {
	t.Helper()
	terms["commitments"], terms["title"] = list{}, "道路占道整治"
	terms["sources"] = list{object{"kind": "inspection", "title": "第三季度督查", "ref": "i3"}}
	made := w.want(t, 201, office, "POST /orders", terms)
	path := strings.TrimPrefix(made.Header.Get("Location"), Base)
	w.orderStep(t, office, path, object{"action": "issue"})
	parts := object{"parts": list{object{"unit": w.Street.ID, "requirement": "清理占道堆物", "due": "2027-01-29"}}}
	whole := w.want(t, 200, office, "POST "+path+"/parts", parts, "If-Match", w.etag(t, office, path))
	if whole.text("parts/0/lead") != string(w.Street.ID) || whole.text("parts/0/number") == "" {
		t.Errorf("%s", whole.body)
	}
	urged := w.want(t, 200, office, "POST /order-urgings", object{"orders": list{whole.text("parts/0/id")}, "reason": "尚未签收"})
	if urged.at("items/0/done") != true {
		t.Errorf("%s", urged.body)
	}
}

func (w *world) walkOrderLists(t *testing.T) {
	t.Helper()
	if all := w.want(t, 200, office, "GET /orders?state=closed&kind=assign&order=-due&plan="+string(w.Plan.ID), nil); all.text("items/0/state") != "closed" {
		t.Errorf("%s", all.body)
	}
	if open := w.want(t, 200, "reporter@"+string(w.Street.ID), "GET /orders?open=true&unit="+string(w.Street.ID), nil); open.text("items/0/id") == "" {
		t.Errorf("%s", open.body)
	}
	w.want(t, 422, office, "GET /orders?state=closed&due_before=soon", nil)
	if waiting := w.want(t, 200, "unit-head@"+string(w.Street.ID), "GET /order-inbox", nil); waiting.text("items/0/orders/0/id") == "" {
		t.Errorf("nothing waits: %s", waiting.body)
	}
	figures := w.want(t, 200, office, "GET /order-statistics?from=2026-01-01&to=2026-12-31", nil)
	if items, _ := figures.at("items").(list); len(items) == 0 {
		t.Errorf("%s", figures.body)
	}
	lights := w.want(t, 200, office, "POST /order-drafts", object{"commitments": list{w.Commitment.ID, "none"}})
	if lights.at("items/1/done") != false || lights.text("items/1/problem/code") == "" {
		t.Errorf("%s", lights.body)
	}
}
