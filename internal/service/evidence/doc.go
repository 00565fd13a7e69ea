// Package evidence takes the files by which people show what they say: it looks at their form, lets a scanner look at
// them, makes small pictures, and keeps the bytes. Whose a file is, and what it shows, is kept by whoever takes it.
package evidence
