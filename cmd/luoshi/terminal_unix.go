//go:build unix

package main

import (
	"os"

	"golang.org/x/sys/unix"
)

func windowColumns(file *os.File) int {
	size, err := unix.IoctlGetWinsize(int(file.Fd()), unix.TIOCGWINSZ)
	if err != nil {
		return 0
	}
	return int(size.Col)
}

// enableColour does nothing: every terminal of a Unix takes ANSI sequences.
func enableColour(*os.File) bool { return true }
