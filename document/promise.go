package document

import (
	"path"
	"strings"

	"luoshi/document/encoding"
	"luoshi/document/fault"
)

// promised are the extensions of formats that are no plain text.
var promised = map[string]bool{
	".docx": true, ".xlsx": true, ".pdf": true, ".ofd": true, ".zip": true,
	".doc": true, ".xls": true, ".wps": true, ".et": true,
}

const (
	minPlausible    = 16      // bytes; a shorter file is the rest of another
	plausibleSample = 4 << 10 // bytes that are looked at
)

// brokenPromise is the fault of a file whose name promises a format that its bytes have nothing of. Text
// under a wrong name is no fault: whoever renamed it can read it, and so can we.
func brokenPromise(name string, data []byte) error {
	extension := strings.ToLower(path.Ext(name))
	if !promised[extension] || isPlausibleText(data) {
		return nil
	}
	return fault.New(fault.Corrupt, nil, extension, fault.DamageContent)
}

func isPlausibleText(data []byte) bool {
	if len(data) < minPlausible {
		return false
	}
	text, _, err := encoding.Decode(data[:min(len(data), plausibleSample)])
	return err == nil && !trim(text, Span{0, len(text)}).Empty()
}

// containerName is what a fault calls a zip file: by the format that its name promises.
func containerName(name string) string {
	if extension := strings.ToLower(path.Ext(name)); promised[extension] {
		return extension
	}
	return ".zip"
}
