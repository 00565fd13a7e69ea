// Package api is the ledger over HTTP for other programs: resources under /api/v1, described by an OpenAPI 3.1
// document that is made from the code.
//
// What an operation is called, where it is found and which right it asks for stands in operations.txt, and nowhere
// else. Writes run the use cases of package service and nothing beside them; reads ask Core.Check and Core.Scope.
// Every error is a problem of RFC 9457, its kinds stand in problems.txt.
package api
