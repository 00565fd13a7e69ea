package progress

import (
	"io"

	"luoshi/internal/service/progress/sdmx"
)

// openFile is a form in which figures are exchanged.
type openFile struct {
	kind  string
	write func(io.Writer) error
}

// openFiles are the names of these files, in the order in which they are offered.
var openFiles = []string{"data.json", "structure.json", "figures.csv", "dictionary.csv"}

func exchanged(set sdmx.Set) map[string]openFile {
	return map[string]openFile{
		"data.json": {sdmx.DataType, set.WriteData}, "structure.json": {sdmx.StructureType, set.WriteStructure},
		"figures.csv": {sdmx.CSVType, set.WriteCSV}, "dictionary.csv": {sdmx.CSVType, set.WriteDictionary},
	}
}
