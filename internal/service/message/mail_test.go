package message_test

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http/httptest"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"luoshi/internal/access/credential"
	"luoshi/internal/service/message"
)

// postOffice is a mail server that keeps what it is given.
type postOffice struct {
	message.MailServer
	sync.Mutex
	letters []letter
	// greeting is said instead of a welcome, refusal to every receiver, where they are set.
	greeting, refusal string
	logins            string // the ways to sign in that it offers
	secure            *tls.Config
	signedIn          []string
}

// letter is an e-mail that was delivered.
type letter struct {
	from, to, text string
	encrypted      bool
}

// open opens a mail server on this machine; its certificate is signed by nobody else.
func openPostOffice(t *testing.T, security string) *postOffice {
	t.Helper()
	certified := httptest.NewTLSServer(nil)
	t.Cleanup(certified.Close)
	roots := x509.NewCertPool()
	roots.AddCert(certified.Certificate())
	p := &postOffice{secure: &tls.Config{Certificates: certified.TLS.Certificates, MinVersion: tls.VersionTLS12}, logins: "PLAIN LOGIN"}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { _ = listener.Close() })
	p.MailServer = message.MailServer{
		Address: listener.Addr().String(), Security: security, Roots: roots, User: "luoshi", Password: credential.NewSecret("open sesame"),
		From: "落实 <luoshi@wangxi.example>",
	}
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go p.talk(conn, security == message.TLS)
		}
	}()
	return p
}

// talk is a conversation with who delivers.
func (p *postOffice) talk(conn net.Conn, encrypted bool) {
	defer func() { _ = conn.Close() }()
	if encrypted {
		conn = tls.Server(conn, p.secure)
	}
	lines := bufio.NewReader(conn)
	say := func(text string) { _, _ = fmt.Fprintf(conn, "%s\r\n", text) }
	say(orElse(p.greeting, "220 post.example"))
	var l letter
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return
		}
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch strings.ToUpper(word) {
		case "EHLO":
			say("250-post.example")
			if !encrypted {
				say("250-STARTTLS")
			}
			say("250 AUTH " + p.logins)
		case "STARTTLS":
			say("220 go on")
			conn = tls.Server(conn, p.secure)
			lines, encrypted = bufio.NewReader(conn), true
		case "AUTH":
			p.signIn(rest, lines, say)
		case "MAIL":
			l = letter{from: rest, encrypted: encrypted}
			say("250 ok")
		case "RCPT":
			l.to = strings.Trim(strings.TrimPrefix(rest, "TO:"), "<>")
			say(orElse(p.refusal, "250 ok"))
		case "DATA":
			say("354 go on")
			l.text = untilDot(lines)
			p.Lock()
			p.letters = append(p.letters, l)
			p.Unlock()
			say("250 taken")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("500 what?")
		}
	}
}

func (p *postOffice) signIn(rest string, lines *bufio.Reader, say func(string)) {
	way, first, _ := strings.Cut(rest, " ")
	said := decoded(first)
	if way == "LOGIN" {
		say("334 " + base64.StdEncoding.EncodeToString([]byte("Username:")))
		user, _ := lines.ReadString('\n')
		say("334 " + base64.StdEncoding.EncodeToString([]byte("Password:")))
		password, _ := lines.ReadString('\n')
		said = "\x00" + decoded(user) + "\x00" + decoded(password)
	}
	if said != "\x00luoshi\x00open sesame" {
		say("535 who are you")
		return
	}
	p.Lock()
	p.signedIn = append(p.signedIn, way)
	p.Unlock()
	say("235 welcome")
}

func decoded(text string) string {
	bytes, _ := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
	return string(bytes)
}

func untilDot(lines *bufio.Reader) string {
	var text strings.Builder
	for {
		line, err := lines.ReadString('\n')
		if err != nil || line == ".\r\n" {
			return text.String()
		}
		text.WriteString(line)
	}
}

func orElse(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// taken are the letters so far.
func (p *postOffice) taken() []letter {
	p.Lock()
	defer p.Unlock()
	return append([]letter(nil), p.letters...)
}

// readable is a letter as its reader sees it.
func (l letter) readable(t *testing.T) (subject, body string, header mail.Header) {
	t.Helper()
	m := have[*mail.Message](t)(mail.ReadMessage(strings.NewReader(l.text)))
	subject = have[string](t)(new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject")))
	raw := have[[]byte](t)(io.ReadAll(base64.NewDecoder(base64.StdEncoding, m.Body)))
	return subject, strings.ReplaceAll(string(raw), "\r\n", "\n"), m.Header
}

// daily is how the tests want to be told.
var daily = message.Choice{Mode: message.Daily, Email: "head@wangxi.example", Language: message.English}

func TestAMailServerIsSpokenToInItsWay(t *testing.T) {
	for _, c := range []struct {
		name, security, logins, want string
		spoil                        func(*postOffice)
		problem, answer              string
		state                        message.State
	}{
		{name: "starttls and plain", security: message.StartTLS, logins: "PLAIN LOGIN", want: "PLAIN", state: message.Sent},
		{name: "tls and login", security: message.TLS, logins: "LOGIN", want: "LOGIN", state: message.Sent},
		{name: "without a user", security: message.StartTLS, logins: "PLAIN", state: message.Sent, spoil: func(p *postOffice) { p.User = "" }},
		{
			name: "wrong password", security: message.StartTLS, logins: "PLAIN", state: message.Waiting, problem: "signin", answer: "535 who are you",
			spoil: func(p *postOffice) { p.Password = credential.NewSecret("guess") },
		},
		{
			name: "unknown receiver", security: message.StartTLS, logins: "PLAIN", want: "PLAIN", state: message.Failed, problem: "refused", answer: "550 no such user",
			spoil: func(p *postOffice) { p.refusal = "550 no such user" },
		},
		{
			name: "full for now", security: message.StartTLS, logins: "PLAIN", want: "PLAIN", state: message.Waiting, problem: "refused", answer: "452 later",
			spoil: func(p *postOffice) { p.refusal = "452 later" },
		},
		{
			name: "a certificate of nobody's", security: message.TLS, logins: "PLAIN", state: message.Waiting, problem: "certificate",
			spoil: func(p *postOffice) { p.Roots = x509.NewCertPool() },
		},
		{
			name: "nobody there", security: message.StartTLS, state: message.Waiting, problem: "unreachable",
			spoil: func(p *postOffice) { p.Address = "127.0.0.1:1" },
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			post := openPostOffice(t, c.security)
			post.logins = c.logins
			if c.spoil != nil {
				c.spoil(post)
			}
			each(t, message.Options{Mail: post.MailServer, Origin: "https://luoshi.example"}, func(t *testing.T, o *town) {
				before, logins := len(post.taken()), len(post.signedIn)
				must(t, o.Choose(o.asHead, daily, 0))
				must(t, o.TryMail(o.asHead))
				o.work(t)
				d := o.one(t)
				if d.State != c.state || d.Problem != c.problem || c.answer != "" && d.Answer != c.answer {
					t.Errorf("it is %s, %q, answered %q", d.State, d.Problem, d.Answer)
				}
				if c.want != "" && (len(post.signedIn) != logins+1 || post.signedIn[logins] != c.want) {
					t.Errorf("signed in by %v", post.signedIn)
				}
				if letters := post.taken()[before:]; c.state == message.Sent && (len(letters) != 1 || !letters[0].encrypted || letters[0].to != daily.Email) {
					t.Errorf("taken are %+v", letters)
				}
			})
		})
	}
}

func TestALetterCanBeRead(t *testing.T) {
	post := openPostOffice(t, message.StartTLS)
	each(t, message.Options{Mail: post.MailServer, Origin: "https://luoshi.example/"}, func(t *testing.T, o *town) {
		before := len(post.taken())
		must(t, o.Choose(o.asHead, message.Choice{Mode: message.Daily, Email: daily.Email, Language: message.Chinese}, 0))
		a := due("望溪路改造\r\nBcc: all@wangxi.example", message.Audience{Account: o.head})
		o.tell(t, a)
		o.tell(t, due("养老床位", message.Audience{Account: o.head}))
		must(t, o.Tick(t.Context(), nil))
		o.work(t)
		letters := post.taken()[before:]
		if len(letters) != 1 {
			t.Fatalf("taken are %+v", letters)
		}
		subject, body, header := letters[0].readable(t)
		if subject != "【落实】2026-03-02 有2条消息待查看" {
			t.Errorf("the subject is %q", subject)
		}
		for _, part := range []string{
			"1. 望溪路改造 Bcc: all@wangxi.example 还有3天到期\n请及时反馈。\nhttps://luoshi.example/orders/1\n\n2. 养老床位 还有3天到期",
			"查看全部消息或调整接收方式：https://luoshi.example/messages",
		} {
			if !strings.Contains(body, part) {
				t.Errorf("the body is %q and lacks %q", body, part)
			}
		}
		if header.Get("Bcc") != "" || header.Get("Message-Id") != "<"+o.one(t).ID+"@wangxi.example>" || header.Get("Auto-Submitted") != "auto-generated" {
			t.Errorf("the header is %v", header)
		}
		if on := have[time.Time](t)(header.Date()); !on.Equal(o.clock.Now()) {
			t.Errorf("its date is %s", on)
		}
	})
}
