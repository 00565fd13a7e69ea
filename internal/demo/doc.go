// Package demo settles the fictional district 望溪区 in an empty server, so that whoever wants to see the program sees it
// at work: units and posts, accounts of every role, a plan that was read from its document, reviewed, broken down,
// approved, published and amended, projects and indicators.
//
// What the district is stands in the files of the folder data. Everything goes through the use cases, on behalf of the
// accounts that would do it, while a clock is led through the year of the story; so the audit log tells how it came
// about.
package demo
