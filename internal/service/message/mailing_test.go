package message_test

import (
	"strings"
	"testing"

	"luoshi/internal/service/message"
)

// TestAMailingGoesToWhoHasNoAccount: a subject holds no further headers, and a refusal is an error.
func TestAMailingGoesToWhoHasNoAccount(t *testing.T) {
	post := openPostOffice(t, message.StartTLS)
	each(t, message.Options{Mail: post.MailServer}, func(t *testing.T, o *town) {
		before := len(post.taken())
		mailing := message.Mailing{ID: "f-1.confirm", To: "citizen@example.com", Subject: "请确认关注\r\nBcc: all@example.com", Text: "第一行\n第二行"}
		must(t, o.Write(t.Context(), mailing))
		letters := post.taken()[before:]
		if len(letters) != 1 || letters[0].to != mailing.To || !letters[0].encrypted {
			t.Fatalf("taken are %+v", letters)
		}
		subject, body, header := letters[0].readable(t)
		if subject != "请确认关注 Bcc: all@example.com" || body != mailing.Text || header.Get("Bcc") != "" || !strings.HasPrefix(header.Get("Message-ID"), "<f-1.confirm@") {
			t.Errorf("it says %q, %q under %v", subject, body, header)
		}
	})
	each(t, message.Options{}, func(t *testing.T, o *town) {
		if err := o.Write(t.Context(), message.Mailing{ID: "f-2", To: "citizen@example.com"}); err == nil {
			t.Error("without a mail server it was taken")
		}
	})
}
