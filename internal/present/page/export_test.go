package page

// Words and ResultWords let the tests look through the pages' own messages.
var Words, ResultWords = words, resultWords
