package ledger

import "luoshi/calendar"

// Post is a 岗位: what answers for a commitment is the post, not the person, so that a successor
// inherits it without anyone's doing.
type Post struct {
	ID    PostID `json:"id"`
	Unit  UnitID `json:"unit"`
	Title string `json:"title"` // 副区长, 局长
}

// Holder is one person's time in a post.
type Holder struct {
	Post    PostID        `json:"post"`
	Person  string        `json:"person"`            // the name as papers print it
	Account AccountID     `json:"account,omitempty"` // empty for one who has none
	From    calendar.Date `json:"from"`              // the first day
	To      calendar.Date `json:"to,omitzero"`       // the last day; zero while it lasts
}
