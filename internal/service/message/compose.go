package message

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"luoshi/internal/store"
	"luoshi/ledger"
)

// post is a delivery with what it says.
type post struct {
	deliveryRow
	notices []noticeRow
	origin  string
}

// read is a delivery with the notices that it holds.
func (s *Service) read(ctx context.Context, row deliveryRow) (post, error) {
	p := post{deliveryRow: row, origin: strings.TrimSuffix(s.options.Origin, "/")}
	err := s.core.Store().View(ctx).NewSelect().Model(&p.notices).Join("JOIN message_contents AS x ON x.notice = n.id").
		Where("x.delivery = ?", row.ID).Order("n.id").Scan(ctx)
	if err != nil {
		return p, fmt.Errorf("reading what is to be sent: %w", err)
	}
	return p, nil
}

// in is a text in the language of the receiver, on one line or on several.
func (p post) in(words ledger.Wording) string {
	if p.Language == English && words.EN != "" {
		return words.EN
	}
	return words.ZH
}

// oneLine is a text without breaks and other signs that only steer machines.
func oneLine(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f || r == 0x2028 || r == 0x2029 }), " ")
}

func (p post) title(n noticeRow) string {
	return oneLine(p.in(ledger.Wording{ZH: n.TitleZH, EN: n.TitleEN}))
}

func (p post) text(n noticeRow) string { return p.in(ledger.Wording{ZH: n.TextZH, EN: n.TextEN}) }

// subject says in a line what the whole is about.
func (p post) subject() string {
	switch {
	case p.Sort == string(Test):
		return p.in(say("subject.test"))
	case p.Sort == string(AtOnce):
		return p.in(say("subject.urgent", p.title(p.notices[0])))
	case len(p.notices) == 1:
		return p.in(say("subject.one", p.title(p.notices[0])))
	}
	return p.in(say("subject.digest", p.OnDay, strconv.Itoa(len(p.notices))))
}

// items are the notices as they are read one below the other.
func (p post) items() []string {
	items := make([]string, len(p.notices))
	for i, n := range p.notices {
		lines := []string{p.title(n)}
		if len(p.notices) > 1 {
			lines[0] = strconv.Itoa(i+1) + ". " + lines[0]
		}
		if text := p.text(n); text != "" {
			lines = append(lines, text)
		}
		if n.URL != "" {
			lines = append(lines, p.origin+n.URL)
		}
		items[i] = strings.Join(lines, "\n")
	}
	return items
}

// inboxPath is where all messages are read.
const inboxPath = "/messages"

// body is everything that is said, of at most so many bytes: what does not fit is counted, and read in the inbox.
func (p post) body(most int) string {
	if p.Sort == string(Test) {
		return p.in(say("body.test"))
	}
	end := p.in(say("body.end", p.origin+inboxPath))
	items := p.items()
	shown := len(items)
	for {
		text := strings.Join(items[:shown], "\n\n")
		if left := len(items) - shown; left > 0 {
			text = strings.TrimSpace(text + "\n\n" + p.in(say("body.more", strconv.Itoa(left), p.origin+inboxPath)))
		}
		if text += "\n\n" + end; len(text) <= most || shown == 0 {
			return text
		}
		shown--
	}
}

// Told is what a webhook is sent.
type Told struct {
	ID      string        `json:"id"`
	Sort    Sort          `json:"sort"`
	Day     string        `json:"day"`
	Unit    ledger.UnitID `json:"unit"`
	Notices []ToldNotice  `json:"notices"`
}

// ToldNotice is a notice as a webhook is sent it.
type ToldNotice struct {
	Key    string         `json:"key"`
	Kind   Kind           `json:"kind"`
	Title  ledger.Wording `json:"title"`
	Text   ledger.Wording `json:"text"`
	URL    string         `json:"url,omitempty"`
	Urgent bool           `json:"urgent"`
	At     string         `json:"at"`
}

// told is the whole as a program reads it.
func (p post) told() ([]byte, error) {
	told := Told{ID: p.ID, Sort: Sort(p.Sort), Day: p.OnDay, Unit: ledger.UnitID(p.Unit), Notices: []ToldNotice{}}
	for _, n := range p.notices {
		one := ToldNotice{
			Key: n.Key, Kind: Kind(n.Kind), Title: ledger.Wording{ZH: n.TitleZH, EN: n.TitleEN}, Text: ledger.Wording{ZH: n.TextZH, EN: n.TextEN},
			Urgent: n.Urgent, At: store.TimeOf(n.Created).Format("2006-01-02T15:04:05Z07:00"),
		}
		if n.URL != "" {
			one.URL = p.origin + n.URL
		}
		told.Notices = append(told.Notices, one)
	}
	body, err := json.Marshal(told)
	if err != nil {
		return nil, fmt.Errorf("writing what a webhook is sent: %w", err)
	}
	return body, nil
}
