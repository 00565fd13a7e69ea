// Package operations is what those who keep the server running do with it: the auditor reads and verifies the log,
// the administrator looks at jobs, settings and the state of the server, and makes backups.
package operations
