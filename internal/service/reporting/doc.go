// Package reporting is what people do in the rounds of a plan: units fill their forms, heads sign them, the statistics
// office and the supervising office have their say, and closing locks what was reviewed. Only locked figures count;
// they stand in a table of their own, with what is derived from them, and change by corrections alone. What they were
// made from never changes, so that they can be computed anew from it at any time (see Service.Recompute).
package reporting
