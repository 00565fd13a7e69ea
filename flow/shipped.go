package flow

import (
	"embed"
	"fmt"
)

//go:embed definitions/*.txt
var definitions embed.FS

// Shipped are the definitions that come with the program, by the names of their files.
func Shipped() ([]*Definition, error) {
	files, err := definitions.ReadDir("definitions")
	if err != nil {
		return nil, fmt.Errorf("list workflows: %w", err)
	}
	var all []*Definition
	for _, file := range files {
		text, err := definitions.ReadFile("definitions/" + file.Name())
		if err != nil {
			return nil, fmt.Errorf("read workflow: %w", err)
		}
		d, err := Parse(file.Name(), string(text))
		if err != nil {
			return nil, fmt.Errorf("read workflow: %w", err)
		}
		all = append(all, d)
	}
	return all, nil
}
