package ledger

import (
	"slices"

	"luoshi/calendar"
)

// Validate tells what is wrong with a post.
func (p Post) Validate() Problems {
	var found Problems
	found.add(wellFormed(p.ID), "id.malformed", "id", string(p.ID))
	found.add(wellFormed(p.Unit), "id.malformed", "unit", string(p.Unit))
	found.add(!blank(p.Title), "post.title", "title")
	return found
}

// Validate tells what is wrong with a time in a post.
func (h Holder) Validate() Problems {
	var found Problems
	found.add(wellFormed(h.Post), "id.malformed", "post", string(h.Post))
	found.add(h.Account == "" || wellFormed(h.Account), "id.malformed", "account", string(h.Account))
	found.add(!blank(h.Person), "holder.person", "person")
	found.add(!h.From.IsZero(), "holder.from", "from")
	found.add(h.To.IsZero() || !h.To.Before(h.From), "holder.reversed", "to", h.Person)
	return found
}

// On tells whether the time includes a date.
func (h Holder) On(on calendar.Date) bool {
	return !on.Before(h.From) && (h.To.IsZero() || !h.To.Before(on))
}

// Overlaps tells whether two times have a day in common.
func (h Holder) Overlaps(other Holder) bool { return h.On(other.From) || other.On(h.From) }

// HolderOn is who holds a post on a date. Whoever it is answers for all that the post answers for,
// whenever it was given to the post.
func HolderOn(holders []Holder, post PostID, on calendar.Date) (Holder, bool) {
	for _, h := range holders {
		if h.Post == post && h.On(on) {
			return h, true
		}
	}
	return Holder{}, false
}

// HeldBy are the posts that an account holds on a date, in the order of the holders.
func HeldBy(holders []Holder, account AccountID, on calendar.Date) []PostID {
	var posts []PostID
	for _, h := range holders {
		if account != "" && h.Account == account && h.On(on) && !slices.Contains(posts, h.Post) {
			posts = append(posts, h.Post)
		}
	}
	return posts
}

// ValidateHolders tells what is wrong with the holders of posts: a post has one holder at a time.
func ValidateHolders(holders []Holder) Problems {
	var found Problems
	for i, h := range holders {
		found.within(at("holders", i), h.Validate())
		for _, earlier := range holders[:i] {
			clash := earlier.Post == h.Post && earlier.Overlaps(h)
			found.add(!clash, "holder.overlap", at("holders", i), earlier.Person, h.Person)
		}
	}
	return found
}
