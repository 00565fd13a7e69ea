// Package web is the shell of the pages: it takes requests, finds out who sends them, refuses by routes.txt, hands them
// to the pages, and turns errors into pages that say what happened and what to do. The pages themselves are the packages
// below this one; each gives its routes to New.
package web
