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
		if header.Get("List-Unsubscribe") != "" {
			t.Errorf("nobody subscribed to it: %v", header)
		}
	})
	each(t, message.Options{Mail: post.MailServer}, func(t *testing.T, o *town) {
		for _, c := range []struct{ address, list, oneClick string }{
			{"https://luoshi.example/stop/1", "<https://luoshi.example/stop/1>", "List-Unsubscribe=One-Click"},
			{"http://10.1.1.1/stop/1", "<http://10.1.1.1/stop/1>", ""}, // RFC 8058 asks for a safe way
			{"https://luoshi.example/stop/1\r\nBcc: all@example.com", "<https://luoshi.example/stop/1 Bcc: all@example.com>", "List-Unsubscribe=One-Click"},
		} {
			before := len(post.taken())
			must(t, o.Write(t.Context(), message.Mailing{ID: "f-1.news", To: "citizen@example.com", Subject: "有新进展", Unsubscribe: c.address}))
			_, _, header := post.taken()[before].readable(t)
			if header.Get("List-Unsubscribe") != c.list || header.Get("List-Unsubscribe-Post") != c.oneClick || header.Get("Bcc") != "" {
				t.Errorf("%q: %v", c.address, header)
			}
		}
	})
	each(t, message.Options{}, func(t *testing.T, o *town) {
		if err := o.Write(t.Context(), message.Mailing{ID: "f-2", To: "citizen@example.com"}); err == nil {
			t.Error("without a mail server it was taken")
		}
	})
}
