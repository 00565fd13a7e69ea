package wall

import (
	"html"
	"strconv"
	"strings"

	"luoshi/calendar"
	uses "luoshi/internal/service/progress"
	"luoshi/internal/service/supervision"
	"luoshi/internal/web/page"
	"luoshi/ledger/light"
)

// drawing is SVG in the making. What stands across is in per cent, so that it fills whatever it is put in; signs have a
// size of their own, which the style may change.
type drawing struct {
	strings.Builder
	v page.View
	s span
}

func percent(x float64) string { return strconv.FormatFloat(x, 'f', 3, 64) + "%" }

// grid is what every row stands on: the lines of months and weeks, drawn once and used by all.
func grid(s span, v page.View) string {
	d := drawing{v: v, s: s}
	d.WriteString(`<svg class="wall-defs" width="0" height="0" aria-hidden="true" focusable="false"><symbol id="wall-grid" viewBox="0 0 1000 10" preserveAspectRatio="none">`)
	d.lines("week", s.weeks())
	d.lines("month", s.months(v))
	d.WriteString(`</symbol></svg>`)
	return d.String()
}

// lines are vertical lines in one path.
func (d *drawing) lines(class string, ticks []tick) {
	d.WriteString(`<path class="` + class + `" d="`)
	for _, t := range ticks {
		d.WriteString("M" + strconv.FormatFloat(d.s.begin(t.Day)*10, 'f', 2, 64) + " 0V10")
	}
	d.WriteString(`"/>`)
}

// scale is the head of the chart: months and weeks.
func scale(s span, on calendar.Date, v page.View) string {
	d := drawing{v: v, s: s}
	d.WriteString(`<svg class="wall-scale" width="100%" height="100%" aria-hidden="true" focusable="false"><use href="#wall-grid"/>`)
	for _, t := range s.months(v) {
		d.text("name", s.begin(t.Day), "38%", 4, t.Label)
	}
	for i, t := range s.weeks() {
		switch {
		case s.days() <= 100:
			d.text("day", s.begin(t.Day), "88%", 2, t.Label)
		case t.Day.DaysTo(s.To) < 5: // no room at the edge
		case i%2 == 1:
			d.text("day crowded second", s.begin(t.Day), "88%", 2, t.Label)
		default:
			d.text("day crowded", s.begin(t.Day), "88%", 2, t.Label)
		}
	}
	if s.holds(on) {
		d.WriteString(`<rect class="today-day" x="` + percent(s.begin(on)) + `" y="52%" width="` + percent(100/float64(s.days())) + `" height="48%"/>`)
	}
	d.WriteString(`</svg>`)
	return d.String()
}

func (d *drawing) text(class string, x float64, y string, dx int, text string) {
	d.WriteString(`<text class="` + class + `" x="` + percent(x) + `" y="` + y + `" dx="` + strconv.Itoa(dx) + `">` + html.EscapeString(text) + `</text>`)
}

// line draws a row. Where the deadline may be moved, its sign is a link to the form for it.
func line(row uses.WallRow, c shown, move string, v page.View) string {
	d := drawing{v: v, s: c.Span}
	d.WriteString(`<svg class="wall-line" width="100%" height="100%" focusable="false"><use href="#wall-grid"/>`)
	d.bar(row)
	if c.Span.holds(c.On) {
		x := percent(c.Span.noon(c.On))
		d.WriteString(`<line class="today" x1="` + x + `" x2="` + x + `" y1="0" y2="100%"/>`)
	}
	for _, slip := range row.Slips {
		d.slip("slip", slip.From, slip.To, v.T("wall.slip.title", slip.From, slip.To, slip.Since))
	}
	if w := row.Wish; w != nil {
		d.slip("wish", w.To, row.By, v.T("wall.wish.title", w.From, w.To))
	}
	for _, m := range row.Milestones {
		d.milestone(row, m, move)
	}
	d.deadline(row, move)
	for _, o := range c.ordersOf(row) {
		d.order(o)
	}
	d.WriteString(`</svg>`)
	return d.String()
}

// bar is the time that a row has, and how much of it is done.
func (d *drawing) bar(row uses.WallRow) {
	if row.By.IsZero() {
		return
	}
	from, to := row.Begins, row.By
	if from.IsZero() || to.Before(from) {
		from = calendar.Date{Year: to.Year, Month: 1, Day: 1}
	}
	left, right := d.s.begin(from), d.s.end(to)
	d.rect("bar bar-"+colourClass(row.Colour), left, right, "30%", "40%")
	if share, known := doneShare(row); known {
		d.rect("done done-"+colourClass(row.Colour), left, left+(right-left)*share, "42%", "16%")
	}
}

// rect is a bar as far as it is in sight.
func (d *drawing) rect(class string, left, right float64, y, height string) {
	left, right = max(left, 0), min(right, 100)
	if right <= left {
		return
	}
	d.WriteString(`<rect class="` + class + `" x="` + percent(left) + `" y="` + y + `" width="` + percent(right-left) + `" height="` + height + `"/>`)
}

// doneShare is how much of what a row promises is done, from 0 to 1, as far as figures show it.
func doneShare(row uses.WallRow) (float64, bool) {
	if row.Colour == light.Blue {
		return 1, true
	}
	if !row.Progress.Known() {
		return 0, false
	}
	share, err := strconv.ParseFloat(row.Progress.String(), 64)
	return min(max(share/100, 0), 1), err == nil
}

func colourClass(c light.Colour) string {
	if c == "" {
		return "none"
	}
	return string(c)
}

// sign draws something of a size of its own at a day.
func (d *drawing) sign(class string, x float64, path, title string) {
	d.WriteString(`<svg x="` + percent(x) + `" y="50%" width="1" height="1" overflow="visible"><path class="sign ` + class + `" d="` + path + `"><title>` +
		html.EscapeString(title) + `</title></path></svg>`)
}

// The signs, around their middle.
const (
	diamond = "M0-6L6 0L0 6L-6 0Z"
	crossed = "M0-7L7 0L0 7L-7 0ZM-2.5-2.5L2.5 2.5M2.5-2.5L-2.5 2.5"
	flag    = "M0-11V11M0-11L-9-7L0-3Z"
	letter  = "M-6-8H3L6-5V8H-6ZM-3-2H3M-3 1H3M-3 4H3"
)

// order is a sheet of paper at the day by which an order is to be done, which leads to the order.
func (d *drawing) order(o supervision.Summary) {
	if !d.s.holds(o.Due) {
		return
	}
	class := "order"
	if o.Overdue {
		class = "order late"
	}
	words := orderWords(d.v, o)
	d.WriteString(`<a href="` + html.EscapeString(orderURL(o)) + `" aria-label="` + html.EscapeString(words) + `">`)
	d.sign(class, d.s.noon(o.Due), letter, words)
	d.WriteString(`</a>`)
}

// orderWords says of an order what its sign shows.
func orderWords(v page.View, o supervision.Summary) string {
	if o.Overdue {
		return v.T("wall.order.late", o.Number, o.Title, o.Label, o.Due)
	}
	return v.T("wall.order.due", o.Number, o.Title, o.Label, o.Due)
}

// milestone draws a milestone, and where it was or is wished to be. Where its day may be moved, its sign is a link to the
// form for it.
func (d *drawing) milestone(row uses.WallRow, m uses.WallMilestone, move string) {
	for _, slip := range m.Slips {
		d.mark("slip", slip.From, m.Title+" "+d.v.T("wall.slip.title", slip.From, slip.To, slip.Since))
	}
	if w := m.Wish; w != nil {
		d.mark("wish", w.To, m.Title+" "+d.v.T("wall.wish.title", w.From, w.To))
	}
	if !d.s.holds(m.By) {
		return
	}
	class, path := "due", diamond
	switch {
	case !m.Reached.IsZero():
		class = "reached"
	case m.Missed:
		class, path = "missed", crossed
	}
	if move == "" || !m.MayMove || m.Wish != nil {
		d.sign(class, d.s.noon(m.By), path, milestoneWords(d.v, m))
		return
	}
	d.WriteString(`<a class="wall-move" href="` + html.EscapeString(milestoneURL(move, m)) + `" data-day="` + m.By.String() + `" data-at="0.5" aria-label="` +
		html.EscapeString(d.v.T("wall.move.milestone.of", row.Title, m.Title, m.By)) + `">`)
	d.sign(class, d.s.noon(m.By), path, milestoneWords(d.v, m)+" "+d.v.T("wall.move.hint"))
	d.WriteString(`</a>`)
}

// mark is where a milestone was before it was moved, or where somebody wishes it to be.
func (d *drawing) mark(class string, at calendar.Date, title string) {
	if d.s.holds(at) {
		d.sign(class, d.s.noon(at), diamond, title)
	}
}

// slip is where a deadline was before it was moved, or where somebody wishes it to be.
func (d *drawing) slip(class string, at, other calendar.Date, title string) {
	from, to := d.s.end(at), d.s.end(other)
	if to < from {
		from, to = to, from
	}
	if from, to = max(from, 0), min(to, 100); from < to {
		d.WriteString(`<line class="` + class + `-line" x1="` + percent(from) + `" x2="` + percent(to) + `" y1="50%" y2="50%"/>`)
	}
	if d.s.holds(at) {
		d.sign(class, d.s.end(at), flag, title)
	}
}

// deadline is the flag at the end of a row.
func (d *drawing) deadline(row uses.WallRow, move string) {
	if !d.s.holds(row.By) {
		return
	}
	title := d.v.T("wall.deadline.title", row.By)
	if move == "" {
		d.sign("deadline", d.s.end(row.By), flag, title)
		return
	}
	d.WriteString(`<a class="wall-move" href="` + html.EscapeString(move) + `" data-day="` + row.By.String() + `" aria-label="` +
		html.EscapeString(d.v.T("wall.move.of", row.Title, row.By)) + `">`)
	d.sign("deadline", d.s.end(row.By), flag, title+" "+d.v.T("wall.move.hint"))
	d.WriteString(`</a>`)
}

// milestoneWords says of a milestone what its sign shows.
func milestoneWords(v page.View, m uses.WallMilestone) string {
	switch {
	case !m.Reached.IsZero():
		return v.T("wall.milestone.reached", m.Title, m.By, m.Reached)
	case m.Missed:
		return v.T("wall.milestone.missed", m.Title, m.By)
	}
	return v.T("wall.milestone.due", m.Title, m.By)
}

// told says of a row what its drawing shows.
func told(v page.View, row uses.WallRow, orders []supervision.Summary, on calendar.Date) string {
	var parts []string
	if row.By.IsZero() {
		parts = append(parts, v.T("wall.told.undated"))
	} else {
		parts = append(parts, v.T("wall.told", row.Begins, row.By))
	}
	if n := late(row, on); n > 0 {
		parts = append(parts, v.T("wall.told.late", n))
	}
	if row.Progress.Known() {
		parts = append(parts, v.T("wall.told.done", row.Progress))
	}
	for _, m := range row.Milestones {
		parts = append(parts, milestoneWords(v, m))
		for _, s := range m.Slips {
			parts = append(parts, v.T("wall.slip.title", s.From, s.To, s.Since))
		}
		if m.Wish != nil {
			parts = append(parts, v.T("wall.wish.title", m.Wish.From, m.Wish.To))
		}
	}
	for _, s := range row.Slips {
		parts = append(parts, v.T("wall.slip.title", s.From, s.To, s.Since))
	}
	if row.Wish != nil {
		parts = append(parts, v.T("wall.wish.title", row.Wish.From, row.Wish.To))
	}
	for _, o := range orders {
		parts = append(parts, orderWords(v, o))
	}
	if v.Lang == page.English {
		return strings.Join(parts, "; ")
	}
	return strings.Join(parts, "\uff1b")
}

// legendSigns are the signs of the chart with the keys of their words.
var legendSigns = []struct{ Class, Path, Key string }{
	{"reached", diamond, "wall.legend.reached"}, {"due", diamond, "wall.legend.due"}, {"missed", crossed, "wall.legend.missed"},
	{"order", letter, "wall.legend.order"}, {"order late", letter, "wall.legend.order.late"}, {"deadline", flag, "wall.legend.deadline"}, {"slip", flag, "wall.legend.slip"}, {"wish", flag, "wall.legend.wish"},
}
