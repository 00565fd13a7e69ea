package message

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"mime"
	"net"
	"net/mail"
	"net/smtp"
	"net/textproto"
	"strings"
	"time"

	"luoshi/internal/access/credential"
)

// MailServer is the server that takes e-mail for others.
type MailServer struct {
	Address string // host:port; empty where there is none
	// Security is StartTLS, TLS or Plain.
	Security string
	// Roots sign the server's certificate; those of the machine where it is nil.
	Roots    *x509.CertPool
	User     string
	Password credential.Secret
	From     string // the sender: 落实 <luoshi@wangxi.gov.cn>
}

// How the connection to a mail server is kept from being read.
const (
	StartTLS = "starttls"
	TLS      = "tls"
	Plain    = "none"
)

const (
	// mailDial bounds how long a mail server may take to answer, mailTime the whole conversation.
	mailDial = 10 * time.Second
	mailTime = 45 * time.Second
	// longestMail bounds what an e-mail says.
	longestMail = 200_000
)

// errUnsafe is the error of a server that does not offer what keeps the connection from being read.
var errUnsafe = errors.New("the mail server offers no STARTTLS")

// mail sends an e-mail, and returns what the server said and why it did not take it.
func (s *Service) mail(ctx context.Context, p post) outcome {
	if !s.Mails() {
		return outcome{problem: "unset", final: true}
	}
	from, err := mail.ParseAddress(s.options.Mail.From)
	if err != nil {
		return outcome{problem: "sender", cause: err}
	}
	if err := s.options.Mail.deliver(ctx, from.Address, p.Address, s.letter(p, from)); err != nil {
		return mailFailed(err)
	}
	return outcome{answer: "250"}
}

// letter is a delivery as it goes over the wire.
func (s *Service) letter(p post, from *mail.Address) []byte {
	return s.envelope(envelope{id: p.ID, to: p.Address, subject: p.subject(), body: p.body(longestMail)}, from)
}

// envelope is what an e-mail says and to whom.
type envelope struct {
	id, to, subject, body string
	headers               [][2]string // besides those of every letter
}

// envelope is an e-mail as it goes over the wire.
func (s *Service) envelope(e envelope, from *mail.Address) []byte {
	_, domain, _ := strings.Cut(from.Address, "@")
	var text bytes.Buffer
	for _, header := range append([][2]string{
		{"From", from.String()}, {"To", (&mail.Address{Address: e.to}).String()}, {"Subject", mime.BEncoding.Encode("utf-8", e.subject)},
		{"Date", s.core.Store().Now().Format(time.RFC1123Z)},
		// The same at every attempt, so that who gets it twice can tell.
		{"Message-ID", "<" + e.id + "@" + domain + ">"},
		{"Auto-Submitted", "auto-generated"}, {"MIME-Version", "1.0"}, {"Content-Type", "text/plain; charset=utf-8"}, {"Content-Transfer-Encoding", "base64"},
	}, e.headers...) {
		text.WriteString(header[0] + ": " + header[1] + "\r\n")
	}
	text.WriteString("\r\n")
	encoded := base64.StdEncoding.EncodeToString([]byte(strings.ReplaceAll(e.body, "\n", "\r\n")))
	const width = 76
	for len(encoded) > width {
		text.WriteString(encoded[:width] + "\r\n")
		encoded = encoded[width:]
	}
	text.WriteString(encoded + "\r\n")
	return text.Bytes()
}

// deliver hands a letter to the server.
func (m MailServer) deliver(ctx context.Context, from, to string, letter []byte) error {
	client, err := m.dial(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = client.Close() }()
	if err := m.signIn(client); err != nil {
		return err
	}
	if err := client.Mail(from); err != nil {
		return fmt.Errorf("naming the sender: %w", err)
	}
	if err := client.Rcpt(to); err != nil {
		return fmt.Errorf("naming the receiver: %w", err)
	}
	body, err := client.Data()
	if err != nil {
		return fmt.Errorf("beginning the letter: %w", err)
	}
	if _, err := body.Write(letter); err != nil {
		return fmt.Errorf("writing the letter: %w", err)
	}
	if err := body.Close(); err != nil {
		return fmt.Errorf("ending the letter: %w", err)
	}
	_ = client.Quit() // it has the letter; how it takes leave does not matter
	return nil
}

// dial is a connection to the server that nobody else can read, unless the settings say it may be.
func (m MailServer) dial(ctx context.Context) (*smtp.Client, error) {
	host, _, err := net.SplitHostPort(m.Address)
	if err != nil {
		return nil, fmt.Errorf("reading the address of the mail server: %w", err)
	}
	conn, err := (&net.Dialer{Timeout: mailDial}).DialContext(ctx, "tcp", m.Address)
	if err != nil {
		return nil, fmt.Errorf("reaching the mail server: %w", err)
	}
	if err := conn.SetDeadline(time.Now().Add(mailTime)); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	secure := &tls.Config{ServerName: host, RootCAs: m.Roots, MinVersion: tls.VersionTLS12}
	if m.Security == TLS {
		conn = tls.Client(conn, secure)
	}
	client, err := smtp.NewClient(conn, host)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("greeting the mail server: %w", err), conn.Close())
	}
	if m.Security == StartTLS {
		if offered, _ := client.Extension("STARTTLS"); !offered {
			return nil, errors.Join(errUnsafe, client.Close())
		}
		if err := client.StartTLS(secure); err != nil {
			return nil, errors.Join(fmt.Errorf("securing the connection: %w", err), client.Close())
		}
	}
	return client, nil
}

// signIn names the user, where the server has one for this system.
func (m MailServer) signIn(client *smtp.Client) error {
	if m.User == "" {
		return nil
	}
	host, _, _ := net.SplitHostPort(m.Address)
	_, offered := client.Extension("AUTH")
	var auth smtp.Auth = login{user: m.User, password: m.Password}
	if strings.Contains(" "+offered+" ", " PLAIN ") {
		auth = smtp.PlainAuth("", m.User, m.Password.Reveal(), host)
	}
	if err := client.Auth(auth); err != nil {
		return &signInError{err}
	}
	return nil
}

// signInError is the error of a server that does not know the user.
type signInError struct{ error }

func (e *signInError) Unwrap() error { return e.error }

// login is the sign-in of servers that know no other: they ask for the user and then for the password.
type login struct {
	user     string
	password credential.Secret
}

// Start refuses to say anything where others can listen.
func (l login) Start(server *smtp.ServerInfo) (string, []byte, error) {
	if !server.TLS {
		return "", nil, errUnsafe
	}
	return "LOGIN", nil, nil
}

// Next answers what the server asks for.
func (l login) Next(asked []byte, more bool) ([]byte, error) {
	switch question := strings.ToLower(string(asked)); {
	case !more:
		return nil, nil
	case strings.HasPrefix(question, "user"):
		return []byte(l.user), nil
	case strings.HasPrefix(question, "pass"):
		return []byte(l.password.Reveal()), nil
	}
	return nil, errors.New("the mail server asks for something else than user and password")
}

// refusedForGood is the first of the codes by which a mail server refuses for good.
const refusedForGood = 500

// mailFailed names why a letter was not taken.
func mailFailed(err error) outcome {
	var said *textproto.Error
	var unknown *signInError
	o := outcome{problem: "unreachable", cause: err}
	if errors.As(err, &said) {
		o.problem, o.answer, o.final = "refused", shortened(fmt.Sprintf("%d %s", said.Code, said.Msg)), said.Code >= refusedForGood
	}
	var timeout interface{ Timeout() bool }
	var certificate *tls.CertificateVerificationError
	switch {
	case errors.As(err, &unknown): // of the settings, which somebody may mend
		o.problem, o.final = "signin", false
	case errors.Is(err, errUnsafe):
		o.problem = "unsafe"
	case errors.As(err, &certificate):
		o.problem = "certificate"
	case errors.As(err, &timeout) && timeout.Timeout():
		o.problem = "timeout"
	}
	return o
}
