package api

// ByID is which record an operation is about.
type ByID[T ~string] struct {
	ID T `path:"id" maxLength:"100"`
}

// Reading is what a reader of one record sends.
type Reading[T ~string] struct {
	Known
	ByID[T]
}

// Writing is what a change of one record is sent with.
type Writing[T ~string, B any] struct {
	Seen
	ByID[T]
	Body B
}

// Doing is what is sent with something that is done to one record without changing what it says.
type Doing[T ~string, B any] struct {
	ByID[T]
	Body B
}

// Adding is what a new record is sent with.
type Adding[B any] struct{ Body B }

// done answers what leaves nothing to show.
type done struct{}
