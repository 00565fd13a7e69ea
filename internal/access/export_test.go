package access

// Reach lets the benchmark of filters see them without a database.
func Reach(u *Units, s Scope) (owners, cooperating []Unit) { return u.reach(s) }
