package table

import "slices"

// Headings are what the columns of a file seem to be called, for somebody who is to say what they hold: the row near
// the top that says the most different things.
func Headings(name string, data []byte) ([]string, error) {
	if len(data) > MostBytes {
		return nil, tooLarge()
	}
	sheets, err := sheetsOf(name, data)
	if err != nil {
		return nil, err
	}
	for _, sheet := range sheets {
		var most []string
		for _, row := range sheet[:min(headRows, len(sheet))] {
			if said := distinct(row); len(said) > len(most) && !slices.ContainsFunc(said, isNumber) {
				most = said
			}
		}
		if len(most) > 0 {
			return most, nil
		}
	}
	return nil, nil
}
