package main

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"luoshi/internal/service"
)

// toOutput writes to the file of --output, which appears only when it is complete, or else to the screen.
func (c *console) toOutput(cmd *cobra.Command, write func(io.Writer) error) error {
	name, _ := cmd.Flags().GetString("output")
	if name == "" {
		return write(c.stdout)
	}
	file, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return outputError(err)
	}
	out := &output{Writer: file, file: file, name: name}
	defer out.discard()
	if err := write(out); err != nil {
		return err
	}
	if err := out.keep(); err != nil {
		return outputError(err)
	}
	return nil
}

func writeJSON(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}

// clock is a time as people of the district read it.
func clock(t time.Time) string { return t.In(service.Zone()).Format(time.DateTime) }
