package reporting

import (
	"context"

	"luoshi/internal/service/reporting/sheet"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// ReadSheet reads the workbook of a unit's form and fills nothing: what would be filled, what is wrong with it, and the
// form that it belongs to.
func (s *Service) ReadSheet(
	ctx context.Context, round reporting.RoundID, unit ledger.UnitID, lang, name string, data []byte,
) (sheet.Template, sheet.Filled, error) {
	template, err := s.importing(ctx, round, unit, lang)
	if err != nil {
		return template, sheet.Filled{}, err
	}
	filled, err := template.Read(name, data)
	return template, filled, err
}
