package intake

import (
	"cmp"
	"slices"
	"strconv"

	"luoshi/ledger"
)

// split makes several items of one. It is cut at code points of the document; each figure goes with the
// words that it stands in.
func (r *Review) split(e Event) ledger.Problems {
	if len(e.Items) != 1 {
		return refuse("review.split_one", "items")
	}
	whole := r.items[r.position(e.Items[0])]
	if len(e.Cuts) == 0 || !slices.IsSorted(e.Cuts) {
		return refuse("review.cuts", "cuts")
	}
	parts := make([]Item, len(e.Cuts)+1)
	for n := range parts {
		parts[n] = Item{
			ID: made(e, n), Source: ledger.Pieces(whole.Source, e.Cuts, n), Section: whole.Section, Kind: whole.Kind,
			By: whole.By, Firm: whole.Firm, Owner: whole.Owner, Status: Pending, From: []ItemID{whole.ID},
		}
		if len(parts[n].Source) == 0 {
			return refuse("review.cuts", "cuts")
		}
		parts[n].Title = shorten(parts[n].Source[0].Wording())
	}
	for _, target := range whole.Targets {
		part := &parts[partOf(target, parts)]
		part.Targets = append(part.Targets, target)
	}
	for n := range parts {
		number(parts[n].Targets)
	}
	at := r.position(whole.ID)
	r.items = slices.Replace(r.items, at, at+1, parts...)
	return nil
}

// partOf is the part that holds the words of a target; the first for one without words.
func partOf(target ledger.Target, parts []Item) int {
	for n, part := range parts {
		for _, passage := range part.Source {
			if passage.Holds(target.Quoted) {
				return n
			}
		}
	}
	return 0
}

// merge makes one item of several. It keeps the name and kind of the one that stands first.
func (r *Review) merge(e Event) ledger.Problems {
	var parts []Item
	for _, item := range r.items {
		if slices.Contains(e.Items, item.ID) {
			parts = append(parts, item)
		}
	}
	first := parts[0]
	whole := Item{
		ID: made(e, 0), Section: first.Section, Kind: first.Kind, Title: first.Title,
		By: first.By, Firm: true, Status: Pending,
	}
	for _, part := range parts {
		whole.Source = append(whole.Source, part.Source...)
		whole.Targets = append(whole.Targets, part.Targets...)
		whole.Firm = whole.Firm && part.Firm
		whole.Owner = cmp.Or(whole.Owner, part.Owner)
		whole.From = append(whole.From, part.ID)
		if whole.By.Before(part.By) {
			whole.By = part.By
		}
	}
	slices.SortStableFunc(whole.Source, func(a, b ledger.Passage) int { return cmp.Compare(a.At(), b.At()) })
	number(whole.Targets)
	at := r.position(first.ID)
	r.items[at] = whole
	r.items = slices.DeleteFunc(r.items, func(i Item) bool { return slices.Contains(e.Items, i.ID) })
	return nil
}

// correct sets fields of items. A target keeps the words it was read from, whatever is made of them.
func (r *Review) correct(e Event) ledger.Problems {
	c := e.Correction
	if c == nil {
		return refuse("review.correction", "correction")
	}
	if len(e.Items) > 1 && (len(c.Targets) > 0 || len(c.Drop) > 0 || c.Title != nil) {
		return refuse("review.one_by_one", "items")
	}
	corrected := make([]Item, len(e.Items))
	for n, id := range e.Items {
		item, found := c.apply(r.items[r.position(id)].clone())
		if found = append(found, item.Validate()...); len(found) > 0 {
			return found
		}
		corrected[n] = item
	}
	for n, id := range e.Items {
		r.items[r.position(id)] = corrected[n]
	}
	return nil
}

// apply is an item as corrected.
func (c *Correction) apply(item Item) (Item, ledger.Problems) {
	set(&item.Title, c.Title)
	set(&item.Kind, c.Kind)
	set(&item.Section, c.Section)
	set(&item.By, c.By)
	set(&item.Firm, c.Firm)
	set(&item.Owner, c.Owner)
	for _, dropped := range c.Drop {
		at := targetAt(item.Targets, dropped)
		if at < 0 {
			return item, refuse("review.target", "correction/drop", strconv.Itoa(dropped))
		}
		item.Targets = slices.Delete(item.Targets, at, at+1)
	}
	for _, target := range c.Targets {
		at := targetAt(item.Targets, target.Number)
		switch {
		case target.Number == 0:
			if !target.Quoted.IsZero() && !slices.ContainsFunc(item.Source, func(p ledger.Passage) bool { return p.Holds(target.Quoted) }) {
				return item, refuse("review.quoted", "correction/targets")
			}
			target.Number = nextNumber(item.Targets)
			item.Targets = append(item.Targets, target)
		case at < 0:
			return item, refuse("review.target", "correction/targets", strconv.Itoa(target.Number))
		default:
			target.Quoted = item.Targets[at].Quoted
			item.Targets[at] = target
		}
	}
	return item, nil
}

// set gives a field a value, where there is one.
func set[T any](field, value *T) {
	if value != nil {
		*field = *value
	}
}

func targetAt(targets []ledger.Target, number int) int {
	return slices.IndexFunc(targets, func(t ledger.Target) bool { return t.Number == number })
}

func nextNumber(targets []ledger.Target) int {
	last := 0
	for _, t := range targets {
		last = max(last, t.Number)
	}
	return last + 1
}
