package openid

import (
	"fmt"
	"io"
	"net/http"
)

// longestAnswer bounds what the provider may say at once, in bytes.
const longestAnswer = 1 << 20

// bounded is a client that reads no more of an answer than it should, and tells a provider that is away from one that
// refuses.
func bounded(client *http.Client) *http.Client {
	if client == nil {
		client = &http.Client{Timeout: patience}
	}
	made := *client
	made.Transport = bounds{client.Transport}
	return &made
}

type bounds struct{ beneath http.RoundTripper }

// RoundTrip asks, within bounds.
func (b bounds) RoundTrip(request *http.Request) (*http.Response, error) {
	beneath := b.beneath
	if beneath == nil {
		beneath = http.DefaultTransport
	}
	answer, err := beneath.RoundTrip(request)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrAway, err)
	}
	if answer.StatusCode >= http.StatusInternalServerError {
		_ = answer.Body.Close()
		return nil, fmt.Errorf("%w: it answers %s", ErrAway, answer.Status)
	}
	answer.Body = limited{io.LimitReader(answer.Body, longestAnswer), answer.Body}
	return answer, nil
}

// limited reads a part and closes the whole.
type limited struct {
	io.Reader
	io.Closer
}
