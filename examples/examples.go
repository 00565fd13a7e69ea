// Package examples holds the example documents, for programs that show themselves with them.
package examples

import "embed"

// Files are the documents of the demonstration's district by their names.
//
//go:embed 2026-plan.docx 2026-plan-adjusted.docx 2026-safety.xlsx 2026-half-year-report.docx provincial-excerpt.txt
var Files embed.FS
