package page

// Words lets the tests look through the page's own messages.
var Words = words
