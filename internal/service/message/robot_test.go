package message_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"luoshi/internal/access/credential"
	"luoshi/internal/audit"
	"luoshi/internal/service"
	"luoshi/internal/service/message"
	"luoshi/internal/service/notify"
	"luoshi/internal/store"
)

// here lets robots of this machine be reached.
var here = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}

// group is a group chat that checks what it is sent in the way of its platform, and keeps it.
type group struct {
	*httptest.Server
	sync.Mutex
	posted, headers, queries []string
	// answer is what it answers, with status 200.
	answer string
}

func openGroup(t *testing.T, answer string) *group {
	t.Helper()
	g := &group{answer: answer}
	g.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		g.Lock()
		defer g.Unlock()
		g.posted = append(g.posted, string(body))
		g.queries = append(g.queries, r.URL.RawQuery)
		g.headers = append(g.headers, r.Header.Get("Webhook-Id")+" "+r.Header.Get("Webhook-Timestamp")+" "+r.Header.Get("Webhook-Signature"))
		_, _ = io.WriteString(w, g.answer)
	}))
	t.Cleanup(g.Close)
	return g
}

func signature(key, text string) string {
	m := hmac.New(sha256.New, []byte(key))
	m.Write([]byte(text))
	return base64.StdEncoding.EncodeToString(m.Sum(nil))
}

// robot is one of the bureau's.
func (o *town) robot(t *testing.T, channel message.Channel, address, key string) (store.Record[message.Robot], credential.Secret) {
	t.Helper()
	robot, made, err := o.AddRobot(o.admin, message.RobotTerms{
		Unit: o.Bureau.ID, Channel: channel, Name: "民政局工作群", Address: address, Key: credential.NewSecret(key), Mode: message.Daily, Language: message.English,
	})
	must(t, err)
	return robot, made
}

// TestEachPlatformIsSpokenToInItsWay checks texts and signatures as the platforms describe them.
func TestEachPlatformIsSpokenToInItsWay(t *testing.T) {
	const key = "SEC000"
	for _, c := range []struct {
		channel     message.Channel
		key, answer string
		check       func(t *testing.T, o *town, body map[string]any, query url.Values) string // the text
	}{
		{message.WeCom, "", `{"errcode":0,"errmsg":"ok"}`, func(_ *testing.T, _ *town, body map[string]any, _ url.Values) string {
			text, _ := body["text"].(map[string]any)["content"].(string)
			return text
		}},
		{message.DingTalk, key, `{"errcode":0,"errmsg":"ok"}`, func(t *testing.T, o *town, body map[string]any, query url.Values) string {
			stamp := query.Get("timestamp")
			if stamp != strconv.FormatInt(o.clock.Now().UnixMilli(), 10) || query.Get("sign") != signature(key, stamp+"\n"+key) {
				t.Errorf("signed is %v", query)
			}
			text, _ := body["text"].(map[string]any)["content"].(string)
			return text
		}},
		{message.Feishu, key, `{"code":0,"msg":"success","data":{}}`, func(t *testing.T, o *town, body map[string]any, _ url.Values) string {
			stamp, _ := body["timestamp"].(string)
			if stamp != strconv.FormatInt(o.clock.Now().Unix(), 10) || body["sign"] != signature(stamp+"\n"+key, "") {
				t.Errorf("signed is %v", body)
			}
			text, _ := body["content"].(map[string]any)["text"].(string)
			return text
		}},
	} {
		t.Run(string(c.channel), func(t *testing.T) {
			chat := openGroup(t, c.answer)
			each(t, message.Options{Inside: here, Origin: "https://luoshi.example"}, func(t *testing.T, o *town) {
				before := len(chat.posted)
				o.robot(t, c.channel, chat.URL+"/send?key=693a91f6", c.key)
				o.tell(t, due("a", message.Audience{Unit: o.Bureau.ID, Role: "unit-head"}), due("b", message.Audience{Unit: o.Street.ID}))
				must(t, o.Tick(t.Context(), nil))
				must(t, o.Tick(t.Context(), nil))
				o.work(t)
				if len(chat.posted) != before+1 {
					t.Fatalf("posted are %q", chat.posted[before:])
				}
				query := have[url.Values](t)(url.ParseQuery(chat.queries[before]))
				if query.Get("key") != "693a91f6" {
					t.Errorf("asked with %v", query)
				}
				var body map[string]any
				must(t, json.Unmarshal([]byte(chat.posted[before]), &body))
				text := c.check(t, o, body, query)
				if !strings.Contains(text, "a is due in 3 days\nPlease reply in time.\nhttps://luoshi.example/orders/1") || strings.Contains(text, "b is due") {
					t.Errorf("it says %q", text)
				}
				if d := o.one(t); d.State != message.Sent || d.Name != "民政局工作群" || d.Answer != "200" || d.Kinds[message.OfOrder] != 1 {
					t.Errorf("on record is %+v", d)
				}
			})
		})
	}
}

func TestAWebhookIsSignedByTheStandard(t *testing.T) {
	chat := openGroup(t, "")
	each(t, message.Options{Inside: here, Origin: "https://luoshi.example"}, func(t *testing.T, o *town) {
		before := len(chat.posted)
		robot, key := o.robot(t, message.Webhook, chat.URL, "")
		urgent := due("a", message.Audience{Unit: o.Bureau.ID})
		urgent.Urgent = true
		o.tell(t, urgent)
		o.work(t)
		var got message.Told
		must(t, json.Unmarshal([]byte(chat.posted[before]), &got))
		if got.Unit != o.Bureau.ID || got.Sort != message.AtOnce || len(got.Notices) != 1 || got.Notices[0].Key != "a" || got.Notices[0].URL != "https://luoshi.example/orders/1" {
			t.Errorf("sent is %+v", got)
		}
		header := strings.Fields(chat.headers[before])
		if want := have[string](t)(notify.Sign(key.Reveal(), got.ID, header[1], []byte(chat.posted[before]))); header[0] != got.ID || header[2] != want {
			t.Errorf("signed is %q", header)
		}
		if !robot.Value.Keyed {
			t.Error("it has no key")
		}
	})
}

func TestWhatARobotAnswersCounts(t *testing.T) {
	for _, c := range []struct{ answer, problem, said string }{
		{`{"errcode":93000,"errmsg":"invalid webhook url"}`, "refused", "93000 invalid webhook url"},
		{`{"code":19021,"msg":"sign match fail"}`, "refused", "19021 sign match fail"},
		{`<html>`, "answer", "200"},
		{`{}`, "answer", "200"},
	} {
		chat := openGroup(t, c.answer)
		each(t, message.Options{Inside: here}, func(t *testing.T, o *town) {
			robot, _ := o.robot(t, message.WeCom, chat.URL, "")
			must(t, o.TryRobot(o.admin, robot.Value.ID))
			o.work(t)
			if d := o.one(t); d.State != message.Waiting || d.Problem != c.problem || d.Answer != c.said || d.Attempts != 1 {
				t.Errorf("%s: %+v", c.answer, d)
			}
		})
	}
}

func TestLongDigestsAreCutBetweenNotices(t *testing.T) {
	chat := openGroup(t, `{"errcode":0}`)
	each(t, message.Options{Inside: here, Origin: "https://luoshi.example"}, func(t *testing.T, o *town) {
		before := len(chat.posted)
		o.robot(t, message.WeCom, chat.URL, "")
		for i := range 40 {
			o.tell(t, due("order "+strconv.Itoa(100+i), message.Audience{Unit: o.Bureau.ID}))
		}
		must(t, o.Tick(t.Context(), nil))
		o.work(t)
		var body struct{ Text struct{ Content string } }
		must(t, json.Unmarshal([]byte(chat.posted[before]), &body))
		text := body.Text.Content
		shown := strings.Count(text, " is due in 3 days")
		if len(text) > 2048 || shown < 10 || shown > 30 || !strings.Contains(text, strconv.Itoa(40-shown)+" more can be read") || !strings.Contains(text, "40 messages") {
			t.Errorf("it says, in %d bytes with %d notices, %q", len(text), shown, text)
		}
	})
}

func TestARobotHearsNothingOfBefore(t *testing.T) {
	chat := openGroup(t, `{"errcode":0}`)
	each(t, message.Options{Inside: here}, func(t *testing.T, o *town) {
		before := len(chat.posted)
		o.tell(t, due("a", message.Audience{Unit: o.Bureau.ID}))
		o.clock.pass(time.Minute)
		robot, _ := o.robot(t, message.WeCom, chat.URL, "")
		must(t, o.Tick(t.Context(), nil))
		o.work(t)
		if got := len(chat.posted) - before; got != 0 {
			t.Errorf("it heard %d times of what was before it", got)
		}
		o.tell(t, due("b", message.Audience{Unit: o.Bureau.ID}))
		must(t, o.Tick(t.Context(), nil))
		must(t, o.RemoveRobot(o.admin, robot.Value.ID, robot.Revision))
		o.work(t)
		if d := o.one(t); d.State != message.Dropped || len(chat.posted) != before {
			t.Errorf("after its removal it is %+v", d)
		}
	})
}

func TestRobotsAreForTheAdministrator(t *testing.T) {
	each(t, message.Options{}, func(t *testing.T, o *town) {
		good := message.RobotTerms{
			Unit: o.Bureau.ID, Channel: message.DingTalk, Name: "群", Address: "https://oapi.dingtalk.example/robot/send?access_token=4f9c",
			Key: credential.NewSecret("SEC0123"), Mode: message.Urgent, Language: message.Chinese,
		}
		for code, spoil := range map[string]func(*message.RobotTerms){
			"robot.unit":        func(r *message.RobotTerms) { r.Unit = "nowhere" },
			"robot.kind":        func(r *message.RobotTerms) { r.Channel = "fax" },
			"robot.name":        func(r *message.RobotTerms) { r.Name = " " },
			"robot.mode":        func(r *message.RobotTerms) { r.Mode = message.Off },
			"robot.language":    func(r *message.RobotTerms) { r.Language = "fr" },
			"robot.address":     func(r *message.RobotTerms) { r.Address = "file:///etc/passwd" },
			"robot.credentials": func(r *message.RobotTerms) { r.Address = "https://a:b@oapi.dingtalk.example/" },
			"robot.inside":      func(r *message.RobotTerms) { r.Address = "http://127.0.0.1/" },
			"robot.key":         func(r *message.RobotTerms) { r.Channel, r.Key = message.Webhook, credential.NewSecret("letmein") },
		} {
			terms := good
			spoil(&terms)
			if _, _, err := o.AddRobot(o.admin, terms); !service.HasCode(err, code) {
				t.Errorf("%s: %v", code, err)
			}
		}
		added, key, err := o.AddRobot(o.admin, good)
		must(t, err)
		if key.Reveal() != "" || added.Value.Host != "oapi.dingtalk.example" {
			t.Errorf("added is %+v with a key of our own: %v", added, key.Reveal() != "")
		}
		var refused *service.Refused
		if _, _, err := o.AddRobot(o.auditor, good); !errors.As(err, &refused) {
			t.Errorf("the auditor adds one with %v", err)
		}
		if _, err := o.Robots(o.asHead); !errors.As(err, &refused) {
			t.Errorf("a head of unit reads them with %v", err)
		}
		changed := good
		changed.Name, changed.Address, changed.Key, changed.Paused = "新群", "", credential.Secret{}, true
		must(t, o.ChangeRobot(o.admin, added.Value.ID, changed, added.Revision))
		if err := o.ChangeRobot(o.admin, added.Value.ID, changed, added.Revision); !store.IsConflict(err) {
			t.Errorf("who comes late changes it with %v", err)
		}
		robot := have[store.Record[message.Robot]](t)(o.Robot(o.auditor, added.Value.ID)).Value
		if robot.Name != "新群" || robot.Host != "oapi.dingtalk.example" || !robot.Keyed || robot.State != message.Paused {
			t.Errorf("changed it is %+v", robot)
		}
		if err := o.TryRobot(o.admin, added.Value.ID); !service.HasCode(err, "robot.paused") {
			t.Errorf("a paused one is tried with %v", err)
		}
		o.keptSecret(t, string(added.Value.ID), "4f9c", "SEC0123")
	})
}

// keptSecret looks for secrets of a robot in the log.
func (o *town) keptSecret(t *testing.T, id string, secrets ...string) {
	t.Helper()
	if actions := o.Entries(t, message.RobotKind, id); !slices.Equal(actions, []string{"message.channel", "message.channel"}) {
		t.Errorf("the log tells of %v", actions)
	}
	for _, e := range have[[]audit.Entry](t)(audit.History(t.Context(), o.Store().View(t.Context()), audit.Object{Kind: message.RobotKind, ID: id}, 0, 10)) {
		for _, secret := range secrets {
			if strings.Contains(string(e.Change), secret) {
				t.Errorf("the log gives %s away: %s", secret, e.Change)
			}
		}
	}
}
