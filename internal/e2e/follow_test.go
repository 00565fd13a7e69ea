package e2e_test

import (
	"encoding/base64"
	"io"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"net/textproto"
	"regexp"
	"strings"
	"testing"
	"time"
)

// following: a citizen gives his address on the page of a promise, confirms it by the link of the letter that comes, sees
// that he follows the promise, and stops.
func following(t *testing.T, s *site) {
	guest := s.visitor(t)
	guest.Open("/public/2026?q=%E7%A4%BE%E5%8C%BA%E9%A3%9F%E5%A0%82")
	submit(guest, ".public-promise-title a")
	promise := path(guest)
	set(guest, "form[action$='/follow'] [name=email]", "nobody")
	if status := post(guest, promise+"/follow", "email=nobody"); status != 422 {
		t.Errorf("what is no address answers %d", status)
	}
	set(guest, "form[action$='/follow'] [name=email]", "citizen@wangxi.example")
	submit(guest, "form[action$='/follow'] button[type=submit]")
	want(guest, "请查收邮件")

	letter := s.post.next(t, "citizen@wangxi.example")
	if !strings.Contains(letter.subject, "请确认关注") {
		t.Errorf("the letter is about %s", letter.subject)
	}
	link := linkOf.FindString(letter.text)
	if !strings.HasPrefix(link, s.url+"/voices/follows/") {
		t.Fatalf("there is no link in %q", letter.text)
	}
	at := strings.TrimPrefix(link, s.url)
	guest.Open(at)
	guest.Axe()
	guest.Narrow()
	guest.Fits()
	guest.Wide()
	submit(guest, "form[action^='/voices/follows/'] button.btn-primary")
	want(guest, "已确认，有新进展时来信告知")
	guest.Open(at)
	want(guest, "您正在关注这一事项")
	submit(guest, "form[action$='/stop'] button[type=submit]")
	want(guest, "已停止关注，邮箱已删除")
	if status := get(guest, at); status != 404 {
		t.Errorf("who follows no more is still known: %d", status)
	}
}

var linkOf = regexp.MustCompile(`https?://\S+/voices/follows/[^\s]+`)

// postbox takes what is mailed, as a mail server inside an office does.
type postbox struct {
	address string
	letters chan mailed
}

// mailed is a letter that came.
type mailed struct{ to, subject, text string }

func openPostbox(t *testing.T) *postbox {
	t.Helper()
	socket, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = socket.Close() })
	p := &postbox{address: socket.Addr().String(), letters: make(chan mailed, 100)}
	go func() {
		for {
			conn, err := socket.Accept()
			if err != nil {
				return
			}
			go p.take(textproto.NewConn(conn))
		}
	}()
	return p
}

// take speaks SMTP (RFC 5321) as far as is needed to take letters.
func (p *postbox) take(conn *textproto.Conn) {
	defer conn.Close()
	answer := "220 postbox"
	var to string
	for {
		if err := conn.PrintfLine("%s", answer); err != nil {
			return
		}
		line, err := conn.ReadLine()
		if err != nil {
			return
		}
		word, rest, _ := strings.Cut(line, " ")
		answer = "250 ok"
		switch strings.ToUpper(word) {
		case "RCPT":
			to = strings.Trim(strings.TrimPrefix(rest, "TO:"), "<>")
		case "DATA":
			if conn.PrintfLine("354 go on") != nil {
				return
			}
			text, err := read(conn.DotReader())
			if err != nil {
				answer = "554 " + err.Error()
				continue
			}
			text.to = to
			p.letters <- text
		case "QUIT":
			answer = "221 bye"
		}
	}
}

// read reads a letter.
func read(r io.Reader) (mailed, error) {
	message, err := mail.ReadMessage(r)
	if err != nil {
		return mailed{}, err
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(message.Header.Get("Subject"))
	if err != nil {
		return mailed{}, err
	}
	body := message.Body
	switch strings.ToLower(message.Header.Get("Content-Transfer-Encoding")) {
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	}
	text, err := io.ReadAll(body)
	return mailed{subject: subject, text: string(text)}, err
}

// next is the letter that comes next to an address.
func (p *postbox) next(t *testing.T, to string) mailed {
	t.Helper()
	late := time.After(2 * patience)
	for {
		select {
		case letter := <-p.letters:
			if letter.to == to {
				return letter
			}
		case <-late:
			t.Fatalf("no letter came to %s", to)
		}
	}
}
