package config

import (
	"net/netip"
	"strings"
)

// WebhookInside are the networks inside that webhooks may be sent to.
func (c *Config) WebhookInside() []netip.Prefix {
	inside, _ := networks(c.text("webhook-inside")) // was looked at by Load
	return inside
}

// networks reads networks that commas or blanks set apart; an address alone is a network of one.
func networks(text string) ([]netip.Prefix, bool) {
	var all []netip.Prefix
	for one := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ',' || r == ' ' }) {
		if a, err := netip.ParseAddr(one); err == nil {
			all = append(all, netip.PrefixFrom(a, a.BitLen()))
			continue
		}
		p, err := netip.ParsePrefix(one)
		if err != nil {
			return nil, false
		}
		all = append(all, p.Masked())
	}
	return all, true
}

func areNetworks(text string) bool {
	_, ok := networks(text)
	return ok
}
