// Package html reads HTML files into parts.
package html

import (
	"context"

	"luoshi/document/fault"
	"luoshi/document/limit"
	"luoshi/document/part"
)

// Parts reads the paragraphs and tables of the file in reading order. Every error is a *fault.Fault.
func Parts(ctx context.Context, data []byte, lim limit.Limits) ([]part.Part, error) {
	return nil, fault.New(fault.Empty, nil)
}
