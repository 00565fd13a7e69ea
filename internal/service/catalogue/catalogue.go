// Package catalogue is the use cases of what the ledger lists: units with their changes and posts, indicators with
// their series, investment projects; the search over all of it, and the views that people keep of its lists.
package catalogue

import (
	"embed"
	"io/fs"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/store"
)

// Service does the use cases.
type Service struct{ *service.Core }

// New makes a Service.
func New(core *service.Core) *Service { return &Service{core} }

//go:embed migrations/*.sql
var migrations embed.FS

// Room is the tables that the catalogue keeps beside the store's.
func Room() store.Room {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		panic(err) // the folder is part of the program
	}
	return store.Room{Name: "catalogue", Files: files}
}

// The columns by which lists are narrowed to what a caller may see.
var (
	planColumns       = access.Columns{Unit: "plans.government"}
	commitmentColumns = access.Columns{
		Unit:        "commitments.lead_unit",
		Cooperating: access.Link{Table: "cooperating_units", Object: "commitment", Unit: "unit", ID: "commitments.id"},
	}
	projectColumns = access.Columns{
		Unit:        "projects.lead_unit",
		Cooperating: access.Link{Table: "catalogue_project_units", Object: "project", Unit: "unit", ID: "projects.id"},
	}
	documentColumns = access.Columns{
		Lead: access.Link{Table: "catalogue_document_units", Object: "document", Unit: "unit", ID: "documents.id"},
	}
	indicatorColumns = access.Columns{
		Lead: access.Link{Table: "catalogue_indicator_units", Object: "indicator", Unit: "unit", ID: "indicators.id"},
	}
)
