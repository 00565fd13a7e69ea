package main

import (
	_ "embed"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/mattn/go-isatty"

	"luoshi/internal/present/wording"
)

//go:embed messages.json
var messagesJSON []byte

// messages are what the command says, in every language.
var messages = wording.Parse(messagesJSON)

// console is the streams of one run and the language in which it speaks.
type console struct {
	lang           wording.Lang
	stdin          io.Reader
	stdout, stderr io.Writer
}

func (c *console) say(key string, args ...any) string { return messages.Say(c.lang, key, args...) }

// report writes one line to stderr under the program's name.
func (c *console) report(message string) {
	fmt.Fprintf(c.stderr, "luoshi: %s\n", strings.ReplaceAll(message, "\n", " "))
}

// languageOf looks for the language before the flags are parsed, because help and usage errors are to
// be in it too: --lang, then LUOSHI_LANG, then Chinese.
func languageOf(args []string) wording.Lang {
	chosen := os.Getenv("LUOSHI_LANG")
	for i, arg := range args {
		if arg == "--" {
			break
		}
		if value, ok := strings.CutPrefix(arg, "--lang="); ok {
			chosen = value
		} else if arg == "--lang" && i+1 < len(args) {
			chosen = args[i+1]
		}
	}
	if strings.HasPrefix(strings.ToLower(chosen), string(wording.English)) {
		return wording.English
	}
	return wording.Chinese
}

// terminal is the file behind a stream where that is a terminal, else nil.
func terminal(stream any) *os.File {
	file, ok := stream.(*os.File)
	if !ok || !(isatty.IsTerminal(file.Fd()) || isatty.IsCygwinTerminal(file.Fd())) {
		return nil
	}
	return file
}

// columnsOf is the width of a terminal: COLUMNS where it is set, else what the terminal says, else 0.
func columnsOf(file *os.File) int {
	if n, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && n > 0 {
		return n
	}
	return windowColumns(file)
}

// wantsColour follows https://no-color.org: a NO_COLOR that is not empty turns colours off.
func wantsColour(file *os.File) bool {
	return file != nil && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && enableColour(file)
}
