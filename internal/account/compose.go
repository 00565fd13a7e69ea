package account

import "luoshi/internal/account/template"

// Template is a form of reports.
type Template = template.Template

// Templates are those that are shipped, in the order in which they are offered.
func Templates() []Template { return nil }

// Parse reads a template that somebody wrote. What is wrong with it is a template.Faults.
func Parse(name, text string) (Template, error) { return Template{}, nil }

// Compose makes a report of what the ledger says. The same template and facts always give the same report.
func Compose(t Template, f Facts) Content { return Content{} }
