package evidence

import (
	"bytes"
	_ "embed"
	"encoding/hex"
	"path"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed media.txt
var mediaLines string

// medium is a kind of file that is taken as evidence.
type medium struct {
	mediaType string
	text      bool
	begins    [][]byte
}

// media are the kinds of media.txt by their endings.
var media = sync.OnceValue(func() map[string]medium {
	all := map[string]medium{}
	for line := range strings.Lines(mediaLines) {
		fields := strings.Split(line, "|")
		if len(fields) != 3 || strings.HasPrefix(line, "#") {
			continue
		}
		m := medium{mediaType: strings.TrimSpace(fields[1])}
		for _, form := range strings.Fields(fields[2]) {
			if form == "*" {
				m.text = true
				continue
			}
			begins, err := hex.DecodeString(form)
			if err != nil {
				panic("evidence: media.txt: " + line) // the file is part of the program
			}
			m.begins = append(m.begins, begins)
		}
		all[strings.TrimSpace(fields[0])] = m
	}
	return all
})

// mediaType is under which type a file is handed out again: by its ending, if its bytes are what that says. A page that
// calls itself a picture is none.
func mediaType(name string, content []byte) (string, bool) {
	m, known := media()[strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))]
	if !known {
		return "", false
	}
	if m.text {
		// Texts of older programs are in GB 18030, so that more cannot be asked than that no byte is binary.
		return m.mediaType, bytes.IndexByte(content, 0) < 0
	}
	for _, begins := range m.begins {
		if bytes.HasPrefix(content, begins) {
			return m.mediaType, true
		}
	}
	return "", false
}

// LongestName bounds the name of a file, in characters.
const LongestName = 200

// plainName is the name of a file without its folder and without what no name should hold.
func plainName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.In(r, unicode.Cf) || r == utf8.RuneError {
			return -1
		}
		return r
	}, name))
	if name == "." || name == "/" {
		return ""
	}
	runes := []rune(name)
	if len(runes) > LongestName { // the ending stays, as it says what the file is
		runes = append(runes[:LongestName-20], runes[len(runes)-20:]...)
	}
	return string(runes)
}
