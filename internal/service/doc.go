// Package service is what every use case stands on. A use case is a function of one of the packages below this
// one (identity, intake, planning, …): it learns from its context who calls, asks the table of rights, changes
// records in one transaction, and leaves one entry in the log. Core gives it these; Core.Change makes sure that
// none of them is forgotten.
package service
