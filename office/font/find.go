package font

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// Find looks for fonts in the folders, and then where this system keeps them. A file that is no font, or a broken one, is
// passed over: folders of fonts are full of things. What it finds stays open as long as the set is in use. Without any
// usable font the error is a *Missing.
func Find(folders ...string) (*Set, error) {
	folders = append(slices.Clone(folders), systemFolders()...)
	var fonts []*Font
	for _, folder := range folders {
		fonts = append(fonts, inFolder(folder)...)
	}
	set, err := NewSet(fonts)
	if err != nil {
		return nil, &Missing{Folders: folders}
	}
	return set, nil
}

// systemFolders are where fonts usually are.
func systemFolders() []string {
	home, err := os.UserHomeDir()
	if err != nil {
		home = ""
	}
	switch runtime.GOOS {
	case "windows":
		return []string{filepath.Join(os.Getenv("WINDIR"), "Fonts")}
	case "darwin":
		return []string{filepath.Join(home, "Library", "Fonts"), "/Library/Fonts", "/System/Library/Fonts"}
	}
	folders := []string{"/usr/local/share/fonts", "/usr/share/fonts"}
	if home != "" {
		folders = slices.Insert(folders, 0, filepath.Join(home, ".local", "share", "fonts"), filepath.Join(home, ".fonts"))
	}
	return folders
}

// inFolder opens the fonts of a folder and of those within it, in the order of their names.
func inFolder(folder string) []*Font {
	var fonts []*Font
	_ = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return nil //nolint:nilerr // a folder that cannot be read has no fonts
		}
		switch strings.ToLower(filepath.Ext(path)) {
		case ".ttf", ".ttc":
			fonts = append(fonts, inFile(path)...)
		}
		return nil
	})
	return fonts
}

func inFile(path string) []*Font {
	file, err := os.Open(path)
	if err != nil {
		return nil
	}
	var fonts []*Font
	head := make([]byte, 12)
	if _, err := file.ReadAt(head, 0); err == nil {
		for number := range Collected(head) {
			if f, err := Open(file, number); err == nil {
				fonts = append(fonts, f)
			}
		}
	}
	if len(fonts) == 0 {
		_ = file.Close()
	}
	return fonts
}
