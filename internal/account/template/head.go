package template

import (
	"cmp"
	"slices"
	"strings"

	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// head reads the lines above the body.
func (p *parser) head() {
	said := map[string]bool{}
	for {
		line, more := p.next()
		if !more {
			p.fault("head.end")
			return
		}
		if strings.Trim(line, "-") == "" {
			break
		}
		name, text, found := strings.Cut(line, ":")
		if name, text = strings.TrimSpace(name), strings.TrimSpace(text); !found {
			p.fault("head.line", line)
			continue
		}
		if said[name] {
			p.fault("head.twice", name)
		}
		said[name] = true
		p.setting(name, text)
	}
	if p.template.Title.ZH == "" || !said["title"] {
		p.fault("head.title")
	}
	p.template.Title.EN = cmp.Or(p.template.Title.EN, p.template.Title.ZH)
}

// setting is one line of the head.
func (p *parser) setting(name, text string) {
	switch {
	case name == "name":
		p.template.Title = wording(text)
	case name == "about":
		p.template.About = wording(text)
	case name == "periods":
		p.periods(text)
	case name == "of":
		if p.template.OfUnit = text == "unit"; !p.template.OfUnit && text != "plan" {
			p.fault("head.of", text)
		}
	case slices.Contains(Heads(), name):
		p.template.Head[name] = Sentence{Parts: p.parts(text)}
	default:
		p.fault("head.name", name, "name about periods of "+strings.Join(Heads(), " "))
	}
}

// wording is Chinese, and English behind a stroke.
func wording(text string) ledger.Wording {
	zh, en, _ := strings.Cut(text, "|")
	zh, en = strings.TrimSpace(zh), strings.TrimSpace(en)
	return ledger.Wording{ZH: zh, EN: cmp.Or(en, zh)}
}

func (p *parser) periods(text string) {
	var known []string
	for _, f := range reporting.Frequencies() {
		known = append(known, string(f))
	}
	for _, word := range strings.Fields(text) {
		if !slices.Contains(known, word) {
			p.fault("head.period", word, strings.Join(known, " "))
			continue
		}
		p.template.Periods = append(p.template.Periods, reporting.Frequency(word))
	}
}
