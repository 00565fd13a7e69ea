package document

import (
	"bytes"

	"luoshi/document/fault"
)

// markupSample is how far into a file a tag is looked for.
const markupSample = 2048

// htmlTags are those with which a page, or a piece of one, begins.
var htmlTags = []string{"html", "head", "body", "div", "table", "p", "meta", "h1", "h2", "h3", "ul", "article", "section", "main", "title"}

// sniffMarkup tells HTML from text that has angle brackets, and the XML of old office programs from
// both. An empty format means that the bytes are no markup.
func sniffMarkup(data []byte) (Format, error) {
	sample := asciiLower(data[:min(len(data), markupSample)])
	start := bytes.TrimLeft(sample, " \t\r\n\xef\xbb\xbf\xff\xfe")
	switch {
	case bytes.HasPrefix(start, []byte("mime-version:")) && bytes.Contains(sample, []byte("multipart/related")):
		return "", fault.New(fault.LegacyFormat, nil, "MHTML", ".docx")
	case len(start) == 0 || start[0] != '<':
		return "", nil
	case bytes.Contains(sample, []byte("<?mso-application")):
		return "", fault.New(fault.LegacyFormat, nil, "XML 2003", ".docx / .xlsx")
	case bytes.HasPrefix(start, []byte("<!doctype html")), hasHTMLTag(start):
		return HTML, nil
	case bytes.HasPrefix(start, []byte("<?xml")):
		return "", fault.New(fault.NotRead, nil, "XML", ".docx")
	}
	return "", nil
}

// hasHTMLTag looks for one of htmlTags at the places where a tag may open.
func hasHTMLTag(sample []byte) bool {
	for {
		at := bytes.IndexByte(sample, '<')
		if at < 0 {
			return false
		}
		sample = sample[at+1:]
		for _, tag := range htmlTags {
			if len(sample) > len(tag) && string(sample[:len(tag)]) == tag && endsTagName(sample[len(tag)]) {
				return true
			}
		}
	}
}

func endsTagName(b byte) bool { return b == '>' || b == '/' || b <= ' ' }

// asciiLower copies the sample in lower case; the zero bytes of UTF-16 are dropped, so that its ASCII
// can be recognised too.
func asciiLower(sample []byte) []byte {
	lower := make([]byte, 0, len(sample))
	for _, b := range sample {
		switch {
		case b >= 'A' && b <= 'Z':
			lower = append(lower, b+'a'-'A')
		case b != 0:
			lower = append(lower, b)
		}
	}
	return lower
}
