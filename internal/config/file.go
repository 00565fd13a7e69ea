package config

import (
	"bufio"
	"errors"
	"io/fs"
	"os"
	"strings"
	"unicode/utf8"
)

// readFile reads the settings of a file: a line "name = value" each, "#" before a remark, quotes around a value
// where blanks at its ends belong to it. What it cannot make out comes back as Problems, beside the rest.
func readFile(path string) (map[string]Value, error) {
	if path == "" {
		return nil, nil
	}
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, Problems{fileProblem("file.absent", path, 0, "")}
	}
	if err != nil {
		return nil, Problems{fileProblem("file.unreadable", path, 0, err.Error())}
	}
	defer file.Close()
	values := map[string]Value{}
	var problems Problems
	lines := bufio.NewScanner(file)
	for n := 1; lines.Scan(); n++ {
		v, found, problem := readLine(path, n, lines.Text())
		switch {
		case problem != nil:
			problems = append(problems, problem)
		case found && values[v.Setting.Name].Origin.Line > 0:
			problems = append(problems, fileProblem("file.twice", path, n, v.Setting.Name))
		case found:
			values[v.Setting.Name] = v
		}
	}
	if err := lines.Err(); err != nil {
		problems = append(problems, fileProblem("file.unreadable", path, 0, err.Error()))
	}
	if exposed(file, values) {
		problems = append(problems, fileProblem("file.exposed", path, 0, ""))
	}
	if len(problems) > 0 {
		return values, problems
	}
	return values, nil
}

func readLine(path string, n int, line string) (Value, bool, *Problem) {
	line = strings.TrimSpace(strings.TrimPrefix(line, "\ufeff"))
	if line == "" || strings.HasPrefix(line, "#") {
		return Value{}, false, nil
	}
	name, text, ok := strings.Cut(line, "=")
	if !ok || !utf8.ValidString(line) {
		return Value{}, false, fileProblem("file.line", path, n, "")
	}
	name, text = strings.TrimSpace(name), strings.TrimSpace(text)
	s, known := settingNamed(name)
	if !known {
		return Value{}, false, fileProblem("file.unknown", path, n, name)
	}
	if len(text) >= 2 && text[0] == '"' && text[len(text)-1] == '"' {
		text = text[1 : len(text)-1]
	}
	return Value{Setting: s, text: text, Origin: Origin{File: path, Line: n}}, true, nil
}

// forOthers are the rights of those who are not the file's owner.
const forOthers = 0o077

// exposed tells whether others than its owner may read a file that holds a secret.
func exposed(file *os.File, values map[string]Value) bool {
	info, err := file.Stat()
	if err != nil || info.Mode().Perm()&forOthers == 0 {
		return false
	}
	for _, v := range values {
		if v.Shown() != v.text {
			return true
		}
	}
	return false
}
