package main

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"

	"luoshi/internal/config"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/internal/store/backup"
	"luoshi/ledger"
)

// saidError is what keeps a command from being done, as a key of the catalogue with its arguments.
type saidError struct {
	key  string
	args []any
}

func commandError(key string, args ...any) error { return &saidError{key: key, args: args} }

// Error says it in English.
func (e *saidError) Error() string { return messages.Say("en", e.key, e.args...) }

// explainServer is an error of the commands about the server in the user's language; false for others.
func (c *console) explainServer(err error) (string, bool) {
	var said *saidError
	var problems config.Problems
	var wrong ledger.Problems
	switch {
	case errors.As(err, &said):
		return c.say(said.key, said.args...), true
	case errors.As(err, &problems):
		lines := make([]string, len(problems))
		for i, p := range problems {
			lines[i] = c.wording(p.Words)
		}
		return strings.Join(lines, " "), true
	case errors.As(err, &wrong):
		return c.problems(wrong), true
	}
	if words, ok := wordsOf(err); ok {
		return c.wording(words), true
	}
	return c.system(err)
}

// wordsOf are the words of an error that brings its own.
func wordsOf(err error) (ledger.Wording, bool) {
	var stored *store.Fault
	var backedUp *backup.Fault
	var served *service.Fault
	var refused *service.Refused
	switch {
	case errors.As(err, &stored):
		return stored.Words, true
	case errors.As(err, &backedUp):
		words := backedUp.Words
		if backedUp.Line > 0 {
			words.ZH, words.EN = fmt.Sprintf("第 %d 行\uff1a%s", backedUp.Line, words.ZH), fmt.Sprintf("line %d: %s", backedUp.Line, words.EN)
		}
		return words, true
	case errors.As(err, &served):
		return served.Words, true
	case errors.As(err, &refused):
		text := refused.Text()
		return ledger.Wording{ZH: text.Chinese, EN: text.English}, true
	}
	return ledger.Wording{}, false
}

func (c *console) problems(problems ledger.Problems) string {
	lines := make([]string, len(problems))
	for i, p := range problems {
		lines[i] = c.wording(p.What()) + " " + c.wording(p.Do())
	}
	return strings.Join(lines, " ")
}

// system explains what the operating system says most often.
func (c *console) system(err error) (string, bool) {
	var path *fs.PathError
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return c.say("server.address_taken"), true
	case errors.Is(err, syscall.EACCES) && !errors.As(err, &path):
		return c.say("server.address_denied"), true
	case errors.As(err, &path) && errors.Is(err, fs.ErrNotExist):
		return c.say("server.file_absent", path.Path), true
	case errors.As(err, &path) && errors.Is(err, fs.ErrPermission):
		return c.say("server.file_denied", path.Path), true
	case errors.As(err, &path) && errors.Is(err, fs.ErrExist):
		return c.say("server.file_exists", path.Path), true
	}
	return "", false
}
