package page

import "strconv"

// unread says what waits in the inbox.
func (v View) unread() string {
	if v.Unread == 0 {
		return v.T("shell.messages")
	}
	return v.T("shell.messages.unread", v.Unread)
}

// mostCounted is the largest number that a bell has room for.
const mostCounted = 99

func shortCount(n int) string {
	if n > mostCounted {
		return strconv.Itoa(mostCounted) + "+"
	}
	return strconv.Itoa(n)
}
