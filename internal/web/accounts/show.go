package accounts

import (
	"net/url"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/access/credential"
	"luoshi/internal/service/identity"
	"luoshi/internal/web/page"
)

// orDash is a text, or a dash where there is none.
func orDash(text string) string {
	if text == "" {
		return "—"
	}
	return text
}

// listed are texts one after the other, as the language separates them.
func listed(v page.View, texts []string) string {
	if v.Lang == page.English {
		return strings.Join(texts, ", ")
	}
	return strings.Join(texts, "、")
}

// inFours is a key in groups that can be read aloud.
func inFours(key credential.Secret) string {
	var groups []string
	for group := range slices.Chunk([]rune(key.Reveal()), 4) {
		groups = append(groups, string(group))
	}
	return strings.Join(groups, " ")
}

// span is a span of days whose ends may be open.
func span(v page.View, p calendar.Period) string {
	switch {
	case p.IsZero():
		return v.T("accounts.always")
	case p.To.IsZero():
		return v.T("accounts.since", p.From)
	case p.From.IsZero():
		return v.T("accounts.to", p.To)
	default:
		return v.T("accounts.between", p.From, p.To)
	}
}

// browsers and systems are what a browser says of itself, the more special first.
var (
	browsers = []string{"Edg/", "OPR/", "Firefox/", "Chrome/", "Safari/", "curl/"}
	systems  = []string{"Android", "iPhone", "iPad", "Windows", "Mac OS X", "Linux"}
)

// device is a browser and its system in words, as far as they can be made out.
func device(v page.View, agent string) string {
	var words []string
	for _, list := range [][]string{browsers, systems} {
		for _, word := range list {
			if strings.Contains(agent, word) {
				words = append(words, strings.TrimSuffix(word, "/"))
				break
			}
		}
	}
	if words == nil {
		return v.T("account.device.unknown")
	}
	return strings.NewReplacer("Edg", "Edge", "OPR", "Opera", "Mac OS X", "macOS").Replace(strings.Join(words, " \u00b7 "))
}

// plain is a list that is shown as a whole.
func plain(columns ...page.Column) page.List {
	return page.List{URL: &url.URL{Path: "/"}, Columns: columns}
}

func visitList(v page.View, own bool) page.List {
	columns := []page.Column{
		{Title: v.T("account.session.device")}, {Title: v.T("account.session.address")},
		{Title: v.T("account.session.method"), Narrow: true}, {Title: v.T("account.session.begun"), Narrow: true},
		{Title: v.T("account.session.seen")},
	}
	if own {
		columns = append(columns, page.Column{Title: v.T("accounts.deeds")})
	}
	return plain(columns...)
}

func tokenList(v page.View) page.List {
	return plain(page.Column{Title: v.T("accounts.token.purpose")}, page.Column{Title: v.T("accounts.token.scopes")},
		page.Column{Title: v.T("accounts.token.expires")}, page.Column{Title: v.T("account.token.used"), Narrow: true},
		page.Column{Title: v.T("accounts.state")}, page.Column{Title: v.T("accounts.deeds")})
}

func delegationList(v page.View) page.List {
	return plain(page.Column{Title: v.T("account.delegations.from")}, page.Column{Title: v.T("account.delegations.to")},
		page.Column{Title: v.T("account.delegations.post")}, page.Column{Title: v.T("accounts.days")},
		page.Column{Title: v.T("account.delegations.reason"), Narrow: true}, page.Column{Title: v.T("accounts.state")},
		page.Column{Title: v.T("accounts.deeds")})
}

func roleList(v page.View) page.List {
	return plain(page.Column{Title: v.T("accounts.role")}, page.Column{Title: v.T("accounts.unit")},
		page.Column{Title: v.T("accounts.days")}, page.Column{Title: v.T("accounts.state")}, page.Column{Title: v.T("accounts.deeds")})
}

func historyList(v page.View) page.List {
	return plain(page.Column{Title: v.T("accounts.entry"), Number: true}, page.Column{Title: v.T("accounts.time")},
		page.Column{Title: v.T("accounts.by")}, page.Column{Title: v.T("accounts.deed")},
		page.Column{Title: v.T("accounts.change"), Narrow: true})
}

// roleState is how an appointment stands on a day.
func roleState(a identity.Appointment, on calendar.Date) string {
	switch {
	case !a.Revoked.IsZero():
		return "taken"
	case a.HeldOn(on):
		return "held"
	case !a.During.To.IsZero() && a.During.To.Before(on):
		return "over"
	default:
		return "coming"
	}
}

func roleTone(a identity.Appointment, on calendar.Date) page.Tone {
	switch roleState(a, on) {
	case "held":
		return page.Success
	case "coming":
		return page.Info
	default:
		return page.Neutral
	}
}

// state is how a token stands.
func (r tokenRows) state(t identity.Token) string {
	switch {
	case t.Waits(r.now):
		return "waits"
	case t.Works(r.now):
		return "works"
	case !t.Revoked.IsZero():
		return "revoked"
	default:
		return "expired"
	}
}

func (r tokenRows) tone(t identity.Token) page.Tone {
	switch r.state(t) {
	case "waits":
		return page.Warning
	case "works":
		return page.Success
	default:
		return page.Neutral
	}
}

// scopes are the actions of a token as a user knows them.
func (r tokenRows) scopes(v page.View, t identity.Token) string {
	titles := make([]string, len(t.Scopes))
	for i, scope := range t.Scopes {
		titles[i] = v.Text(r.rights.ActionTitle(scope))
	}
	return listed(v, titles)
}

// roleNames are the roles that an account holds today, each once.
func (g register) roleNames(v page.View, a identity.Listed) string {
	var titles []string
	for _, held := range a.Roles {
		if title := v.Text(g.rights.Title(held.Role)); held.HeldOn(g.units.on) && !slices.Contains(titles, title) {
			titles = append(titles, title)
		}
	}
	return listed(v, titles)
}

func (f form) action() string {
	if f.id == "" {
		return "/accounts"
	}
	return "/accounts/" + f.id
}

func (f form) back() string { return f.action() }

// roleUnit is the unit that the form of granting a role begins with: the account's own.
func (d dossier) roleUnit() string {
	if d.typed.unit != "" || d.typed.role != "" {
		return d.typed.unit
	}
	return string(d.Unit)
}

func (t typedToken) has(scope access.Action) bool { return slices.Contains(t.scopes, string(scope)) }
