package message

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"luoshi/internal/service/notify"
	"luoshi/internal/service/outward"
)

// longestChat bounds what a robot says: WeCom takes no more than 2048 bytes.
const longestChat = 2000

// chat sends a message to a robot, and returns what came of it.
func (s *Service) chat(ctx context.Context, p post, robot robotRow) outcome {
	request, err := s.request(ctx, p, robot)
	if err != nil {
		return outcome{problem: "address", cause: err}
	}
	response, err := s.web.Do(request)
	if err != nil {
		return webFailed(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(response.Body, longestAnswer))
	if err != nil {
		return webFailed(err)
	}
	status := strconv.Itoa(response.StatusCode)
	if response.StatusCode < http.StatusOK || response.StatusCode >= http.StatusMultipleChoices {
		return outcome{problem: "refused", answer: status}
	}
	if robot.Kind == string(Webhook) {
		return outcome{answer: status}
	}
	return verdict(status, body)
}

// longestAnswer bounds how much of an answer is read.
const longestAnswer = 64 << 10

// verdict is what a robot says in its answer: that of HTTP is 200 even where nothing was posted. Beyond code and message
// nothing of it is kept.
func verdict(status string, body []byte) outcome {
	var answer struct {
		ErrCode *int   `json:"errcode"`
		ErrMsg  string `json:"errmsg"`
		Code    *int   `json:"code"`
		Msg     string `json:"msg"`
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return outcome{problem: "answer", answer: status, cause: err}
	}
	code, said := answer.ErrCode, answer.ErrMsg
	if code == nil {
		code, said = answer.Code, answer.Msg
	}
	switch {
	case code == nil:
		return outcome{problem: "answer", answer: status}
	case *code != 0:
		return outcome{problem: "refused", answer: shortened(strconv.Itoa(*code) + " " + said)}
	}
	return outcome{answer: status}
}

// request is what a robot of its kind is sent.
func (s *Service) request(ctx context.Context, p post, robot robotRow) (*http.Request, error) {
	now := s.core.Store().Now()
	address, text := robot.Address, p.body(longestChat)
	if p.Sort != string(Digest) || len(p.notices) != 1 {
		text = p.subject() + "\n" + text
	}
	var body any
	header := http.Header{}
	switch Channel(robot.Kind) {
	case WeCom:
		body = map[string]any{"msgtype": "text", "text": map[string]string{"content": text}}
	case DingTalk:
		body = map[string]any{"msgtype": "text", "text": map[string]string{"content": text}}
		address = dingTalkSigned(address, robot.SigningKey, now)
	case Feishu:
		body = feishuSigned(text, robot.SigningKey, now)
	case Webhook:
		told, err := p.told()
		if err != nil {
			return nil, err
		}
		if header, err = webhookSigned(p.ID, robot.SigningKey, told, now); err != nil {
			return nil, err
		}
		body = json.RawMessage(told)
	}
	encoded, err := json.Marshal(body)
	if err != nil {
		return nil, fmt.Errorf("writing what a robot is sent: %w", err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(encoded))
	if err != nil {
		return nil, fmt.Errorf("making a request to a robot: %w", err)
	}
	request.Header = header
	request.Header.Set("Content-Type", "application/json; charset=utf-8")
	request.Header.Set("User-Agent", "Luoshi-Messages/1")
	return request, nil
}

// dingTalkSigned is the address of a robot of DingTalk with time and signature: HMAC-SHA256 over “time, line break,
// key” by the key.
func dingTalkSigned(address, key string, now time.Time) string {
	if key == "" {
		return address
	}
	stamp := strconv.FormatInt(now.UnixMilli(), 10)
	joint := "?"
	if strings.Contains(address, "?") {
		joint = "&"
	}
	return address + joint + "timestamp=" + stamp + "&sign=" + url.QueryEscape(base64.StdEncoding.EncodeToString(mac(key, stamp+"\n"+key)))
}

// feishuSigned is a text to a robot of Feishu with time and signature: HMAC-SHA256 over nothing by “time, line break,
// key”.
func feishuSigned(text, key string, now time.Time) map[string]any {
	body := map[string]any{"msg_type": "text", "content": map[string]string{"text": text}}
	if key != "" {
		stamp := strconv.FormatInt(now.Unix(), 10)
		body["timestamp"], body["sign"] = stamp, base64.StdEncoding.EncodeToString(mac(stamp+"\n"+key, ""))
	}
	return body
}

// webhookSigned are the headers of Standard Webhooks.
func webhookSigned(id, key string, body []byte, now time.Time) (http.Header, error) {
	stamp := strconv.FormatInt(now.Unix(), 10)
	signature, err := notify.Sign(key, id, stamp, body)
	if err != nil {
		return nil, err
	}
	header := http.Header{}
	header.Set("Webhook-Id", id)
	header.Set("Webhook-Timestamp", stamp)
	header.Set("Webhook-Signature", signature)
	return header, nil
}

func mac(key, text string) []byte {
	m := hmac.New(sha256.New, []byte(key))
	m.Write([]byte(text))
	return m.Sum(nil)
}

// webFailed names why there was no answer, without what only the server's own network should know.
func webFailed(err error) outcome {
	o := outcome{problem: "unreachable"}
	var timeout interface{ Timeout() bool }
	switch {
	case errors.Is(err, outward.ErrInside):
		o.problem = "inside"
	case errors.As(err, &timeout) && timeout.Timeout():
		o.problem = "timeout"
	}
	// The address holds a key, so the error that names it goes no further.
	var named *url.Error
	if errors.As(err, &named) {
		err = named.Err
	}
	o.cause = err
	return o
}
