// Package ical writes calendars of whole days as RFC 5545 has them, for the programs in which people keep their dates.
package ical

import (
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"luoshi/calendar"
)

// Calendar is a list of days on which something is due.
type Calendar struct {
	Product string // names the program: -//Luoshi//Ledger//ZH
	Name    string // as a calendar program shows it
	Events  []Event
}

// Event is something due on a day.
type Event struct {
	UID      string // for ever the same for the same thing
	Sequence int    // higher with each change
	Changed  time.Time
	Day      calendar.Date
	Summary  string
	Details  string
	URL      string
	Labels   []string
}

// Write writes a calendar.
func (c Calendar) Write(w io.Writer) error {
	var b strings.Builder
	line(&b, "BEGIN:VCALENDAR")
	line(&b, "VERSION:2.0")
	line(&b, "PRODID:"+escape(c.Product))
	line(&b, "CALSCALE:GREGORIAN")
	line(&b, "METHOD:PUBLISH")
	line(&b, "NAME:"+escape(c.Name))
	line(&b, "X-WR-CALNAME:"+escape(c.Name))
	line(&b, "REFRESH-INTERVAL;VALUE=DURATION:PT6H")
	for _, e := range c.Events {
		e.write(&b)
	}
	line(&b, "END:VCALENDAR")
	_, err := io.WriteString(w, b.String())
	return err
}

func (e Event) write(b *strings.Builder) {
	line(b, "BEGIN:VEVENT")
	line(b, "UID:"+escape(e.UID))
	line(b, "DTSTAMP:"+e.Changed.UTC().Format("20060102T150405Z"))
	line(b, "LAST-MODIFIED:"+e.Changed.UTC().Format("20060102T150405Z"))
	line(b, "SEQUENCE:"+strconv.Itoa(max(0, e.Sequence)))
	// A day without an end is that whole day (3.6.1).
	line(b, "DTSTART;VALUE=DATE:"+strings.ReplaceAll(e.Day.String(), "-", ""))
	line(b, "TRANSP:TRANSPARENT")
	line(b, "SUMMARY:"+escape(e.Summary))
	if e.Details != "" {
		line(b, "DESCRIPTION:"+escape(e.Details))
	}
	if e.URL != "" {
		line(b, "URL:"+plain(e.URL))
	}
	if len(e.Labels) > 0 {
		labels := make([]string, len(e.Labels))
		for i, l := range e.Labels {
			labels[i] = escape(l)
		}
		line(b, "CATEGORIES:"+strings.Join(labels, ","))
	}
	line(b, "END:VEVENT")
}

// octets is how long a line may be, without its end (3.1).
const octets = 75

// line writes a content line, folded between characters and never within one.
func line(b *strings.Builder, text string) {
	room := octets
	for _, r := range text {
		size := utf8.RuneLen(r)
		if size < 0 {
			r, size = utf8.RuneError, 3
		}
		if size > room {
			b.WriteString("\r\n ")
			room = octets - 1 // the blank counts
		}
		b.WriteRune(r)
		room -= size
	}
	b.WriteString("\r\n")
}

// escape writes a text as a value (3.3.11). Control characters have no place in one.
func escape(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, text))
}

// plain is a text that is no value of type TEXT: nothing in it may begin a line.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, text)
}
