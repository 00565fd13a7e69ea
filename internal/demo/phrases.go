package demo

import "sync"

// phrases are what people write in the story, by their keys.
var phrases = sync.OnceValue(func() map[string]string {
	all, err := rows("phrases", 2, 2)
	if err != nil {
		panic(err) // the file is part of the program, and tests read it
	}
	found := map[string]string{}
	for _, r := range all {
		found[r.columns[0]] = r.columns[1]
	}
	return found
})

// phrase is what people write, by its key.
func (t *teller) phrase(key string) string {
	words, there := phrases()[key]
	if !there {
		panic("demo: data/phrases.txt has no " + key) // the story and its words are both part of the program
	}
	return words
}
