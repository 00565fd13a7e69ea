package main

import (
	"luoshi/internal/config"
	"luoshi/internal/service/narrative"
)

// narrator is the model that words reports anew; nil where none is attached.
func narrator(c *config.Config) *narrative.Client {
	n, attached := c.Narrative()
	if !attached {
		return nil
	}
	return narrative.New(narrative.Options{Address: n.Address, Model: n.Model, Key: n.Key, Inside: n.Inside})
}
