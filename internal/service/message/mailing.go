package message

import (
	"context"
	"errors"
	"fmt"
	"net/mail"
	"strings"
)

// Mailing is an e-mail to somebody without an account, such as a citizen who follows a promise. It says what it says and
// nothing around it.
type Mailing struct {
	// ID is the same at every attempt, so that who gets it twice can tell.
	ID            string
	To            string
	Subject, Text string
	// Unsubscribe is where one click ends letters like this one, empty for a letter that its receiver asked for.
	Unsubscribe string
}

// headers let a program for mail offer to end such letters (RFC 2369); at once where the way there is safe (RFC 8058).
func (m Mailing) headers() [][2]string {
	if m.Unsubscribe == "" {
		return nil
	}
	all := [][2]string{{"List-Unsubscribe", "<" + oneLine(m.Unsubscribe) + ">"}}
	if strings.HasPrefix(m.Unsubscribe, "https://") {
		all = append(all, [2]string{"List-Unsubscribe-Post", "List-Unsubscribe=One-Click"})
	}
	return all
}

var errNotTaken = errors.New("message: the mail server did not take the letter")

// Write sends a letter at once. The error says why it was not taken; a task that runs into it tries again later.
func (s *Service) Write(ctx context.Context, letter Mailing) error {
	if !s.Mails() {
		return fmt.Errorf("%w: none is set up", errNotTaken)
	}
	from, err := mail.ParseAddress(s.options.Mail.From)
	if err != nil {
		return fmt.Errorf("message: reading the sender: %w", err)
	}
	text := s.envelope(envelope{id: letter.ID, to: letter.To, subject: oneLine(letter.Subject), body: letter.Text, headers: letter.headers()}, from)
	if err := s.options.Mail.deliver(ctx, from.Address, letter.To, text); err != nil {
		return fmt.Errorf("%w: %w", errNotTaken, err)
	}
	return nil
}
