package main

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"luoshi/document/fault"
	"luoshi/document/limit"
	"luoshi/document/tally"
)

// standardInput is the path that stands for stdin.
const standardInput = "-"

// extensions are the files that a folder is searched for. A file that is named itself is opened
// whatever its extension.
var extensions = map[string]bool{
	".txt": true, ".md": true, ".markdown": true, ".html": true, ".htm": true, ".docx": true, ".xlsx": true,
	".csv": true, ".pdf": true, ".ofd": true, ".zip": true,
}

// input is one file to read.
type input struct {
	name string // as the records and messages call it
	size int64  // bytes; 0 where it is not known
}

// inputs lists the files behind the paths, each once, in the order of the paths and, within a folder
// or a pattern, of the names. Paths that lead nowhere are reported, and faulty says that there were.
func (r *readCommand) inputs() (list []input, faulty bool) {
	seen := map[string]bool{}
	add := func(name string, size int64) {
		if key := sameFile(name); !seen[key] {
			seen[key] = true
			list = append(list, input{name: name, size: size})
		}
	}
	for _, path := range r.paths {
		if err := expand(path, add); err != nil {
			r.reportFault(path, err)
			faulty = true
		}
	}
	return list, faulty
}

// sameFile is the same for two ways to name one file.
func sameFile(name string) string {
	if name == standardInput {
		return name
	}
	absolute, err := filepath.Abs(name)
	if err != nil {
		return filepath.Clean(name)
	}
	if resolved, err := filepath.EvalSymlinks(absolute); err == nil {
		return resolved
	}
	return absolute
}

// expand adds the files of one path: stdin, a file, a folder with all below it, or a pattern, which
// the shells of Windows leave to the program.
func expand(path string, add func(name string, size int64)) error {
	if path == standardInput {
		add(path, 0)
		return nil
	}
	if _, err := os.Stat(path); err == nil {
		return expandPlace(path, add)
	}
	matches, err := filepath.Glob(path)
	if err != nil || len(matches) == 0 {
		return fault.New(fault.Missing, err)
	}
	for _, match := range matches {
		if hidden(match) && !hidden(path) {
			continue
		}
		if err := expandPlace(match, add); err != nil {
			return err
		}
	}
	return nil
}

// hidden tells the files that nobody means: hidden ones, and those that Word leaves beside an open
// document.
func hidden(path string) bool {
	name := filepath.Base(path)
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$")
}

// expandPlace adds a file, or the files of a folder without the hidden ones.
func expandPlace(path string, add func(name string, size int64)) error {
	info, err := os.Stat(path)
	if err != nil {
		return fault.New(fault.Missing, err)
	}
	if !info.IsDir() {
		add(path, info.Size())
		return nil
	}
	return filepath.WalkDir(path, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return fault.New(fault.Missing, err)
		}
		switch {
		case entry.IsDir() && hidden(name) && name != path:
			return filepath.SkipDir
		case entry.IsDir() || hidden(name) || !extensions[strings.ToLower(filepath.Ext(name))]:
			return nil
		}
		if size, ok := regularSize(name); ok {
			add(name, size)
		}
		return nil
	})
}

// regularSize is the size of a regular file. A link that leads nowhere, or to a folder, is none.
func regularSize(name string) (int64, bool) {
	info, err := os.Stat(name)
	if err != nil || !info.Mode().IsRegular() {
		return 0, false
	}
	return info.Size(), true
}

// load reads an input into memory, and no more of it than may be opened.
func (r *readCommand) load(in input) ([]byte, error) {
	if in.name == standardInput {
		return bounded(r.stdin, limit.Default.Bytes)
	}
	return loadFile(in)
}

func loadFile(in input) ([]byte, error) {
	most := limit.Default.Bytes
	if in.size > most {
		return nil, fault.New(fault.TooLarge, nil, fault.LimitBytes, tally.Size(most))
	}
	file, err := os.Open(in.name)
	if err != nil {
		return nil, fault.New(fault.Missing, err)
	}
	defer file.Close()
	return bounded(file, most)
}

func bounded(source io.Reader, most int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(source, most+1))
	if err != nil {
		return nil, fault.New(fault.Missing, fmt.Errorf("read input: %w", err))
	}
	if int64(len(data)) > most {
		return nil, fault.New(fault.TooLarge, nil, fault.LimitBytes, tally.Size(most))
	}
	return data, nil
}
