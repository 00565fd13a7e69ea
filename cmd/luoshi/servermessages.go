package main

import (
	_ "embed"
	"maps"

	"luoshi/internal/present/wording"
)

//go:embed messages_server.json
var serverMessagesJSON []byte

// What the commands about the server say stands in a file of its own, beside that of the commands about documents.
func init() {
	for lang, said := range wording.Parse(serverMessagesJSON) {
		maps.Copy(messages[lang], said)
	}
}
