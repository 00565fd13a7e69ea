// Package narrative asks a language model behind an OpenAI-compatible address to word a passage. What comes back is a
// text and no more: who asks decides whether it may be used.
package narrative

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"
	"unicode/utf8"

	"luoshi/internal/access/credential"
	"luoshi/internal/service/outward"
)

// The errors of asking, for people to be told.
var (
	ErrUnreachable = errors.New("narrative: the address does not answer")
	ErrInside      = errors.New("narrative: the address was not allowed")
	ErrSlow        = errors.New("narrative: the answer took too long")
	ErrRefused     = errors.New("narrative: the request was refused")
	ErrUnreadable  = errors.New("narrative: the answer is no text of the protocol")
)

// The limits of an answer.
const (
	LongestAnswer = 1 << 20 // bytes of the whole answer
	LongestDraft  = 5000    // characters
	answersWithin = time.Minute
)

// Options say whom to ask.
type Options struct {
	Address string // up to its version: https://model.wangxi.gov.cn/v1
	Model   string
	Key     credential.Secret
	Inside  []netip.Prefix // networks inside that may be asked
	Within  time.Duration  // a minute where it is 0
}

// Client asks a model. It is safe for concurrent use.
type Client struct {
	options Options
	web     *http.Client
}

// New makes a client. It reaches no network inside that was not allowed, follows no redirect and uses no proxy.
func New(o Options) *Client {
	if o.Within == 0 {
		o.Within = answersWithin
	}
	web := outward.Client(o.Inside)
	if strings.HasPrefix(o.Address, "http:") {
		web = outward.Only(o.Inside) // what is not encrypted stays in the house
	}
	web.Timeout = o.Within
	if t, is := web.Transport.(*http.Transport); is {
		t.ResponseHeaderTimeout = o.Within // a model thinks before its first byte
	}
	return &Client{options: o, web: web}
}

// Model is the name of the model that is asked.
func (c *Client) Model() string { return c.options.Model }

type message struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

type question struct {
	Model       string    `json:"model"`
	Messages    []message `json:"messages"`
	Temperature float64   `json:"temperature"`
	Stream      bool      `json:"stream"`
}

// Draft asks for a text. Rules says how it is to be written, and material what it is to be made of.
func (c *Client) Draft(ctx context.Context, rules, material string) (string, error) {
	body, err := json.Marshal(question{Model: c.options.Model, Messages: []message{{"system", rules}, {"user", material}}})
	if err != nil {
		return "", fmt.Errorf("narrative: writing the question: %w", err)
	}
	ctx, stop := context.WithTimeout(ctx, c.options.Within)
	defer stop()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, strings.TrimSuffix(c.options.Address, "/")+"/chat/completions", bytes.NewReader(body))
	if err != nil {
		return "", fmt.Errorf("%w: %s", ErrUnreachable, "the address is none")
	}
	request.Header.Set("Content-Type", "application/json")
	if key := c.options.Key.Reveal(); key != "" {
		request.Header.Set("Authorization", "Bearer "+key)
	}
	answer, err := c.web.Do(request)
	if err != nil {
		return "", failed(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode == http.StatusTooManyRequests || answer.StatusCode >= http.StatusInternalServerError {
		return "", fmt.Errorf("%w: status %d", ErrUnreachable, answer.StatusCode)
	}
	if answer.StatusCode != http.StatusOK {
		return "", fmt.Errorf("%w: status %d", ErrRefused, answer.StatusCode)
	}
	content, err := io.ReadAll(io.LimitReader(answer.Body, LongestAnswer+1))
	if err != nil {
		return "", failed(err)
	}
	return Read(content)
}

// failed says why nothing came, without the address or the key that errors of the network may hold.
func failed(err error) error {
	var timeout net.Error
	switch {
	case errors.Is(err, outward.ErrInside):
		return ErrInside
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return ErrSlow
	case errors.Is(err, context.Canceled):
		return context.Canceled
	}
	return ErrUnreachable
}

// Read is the text in an answer of the protocol.
func Read(answer []byte) (string, error) {
	if len(answer) > LongestAnswer {
		return "", fmt.Errorf("%w: longer than %d bytes", ErrUnreadable, LongestAnswer)
	}
	var said struct {
		Choices []struct {
			Message message `json:"message"`
		} `json:"choices"`
	}
	if err := json.Unmarshal(answer, &said); err != nil {
		return "", fmt.Errorf("%w: no JSON", ErrUnreadable)
	}
	if len(said.Choices) == 0 {
		return "", fmt.Errorf("%w: without a choice", ErrUnreadable)
	}
	text := strings.TrimSpace(said.Choices[0].Message.Content)
	switch {
	case text == "":
		return "", fmt.Errorf("%w: empty", ErrUnreadable)
	case !utf8.ValidString(text), utf8.RuneCountInString(text) > LongestDraft:
		return "", fmt.Errorf("%w: longer than %d characters", ErrUnreadable, LongestDraft)
	}
	return text, nil
}
