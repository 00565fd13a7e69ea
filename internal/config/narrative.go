package config

import (
	"net/netip"

	"luoshi/internal/access/credential"
)

// Narrative is the model that words reports anew.
type Narrative struct {
	Address, Model string
	Key            credential.Secret
	Inside         []netip.Prefix
}

// Narrative is the model that words reports anew, if one is attached.
func (c *Config) Narrative() (Narrative, bool) {
	inside, _ := networks(c.text("narrative-inside")) // was looked at by Load
	n := Narrative{Address: c.text("narrative-url"), Model: c.text("narrative-model"), Key: c.secret("narrative-key"), Inside: inside}
	return n, n.Address != ""
}
