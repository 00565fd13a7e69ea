// Package assessment is the rules of the yearly assessment (考核) of units and of rounds in which projects are looked at
// and marked (观摩评比). A scheme is data: groups of units, measures with weights, bonuses and deductions. What may be
// measured is a fixed vocabulary, formulas.txt, because the law forbids points for log-ins, clicks and other traces of
// diligence. Compute gives every unit its points with the way to each of them: formula, inputs, records.
package assessment
