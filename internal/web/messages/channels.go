package messages

import (
	"net/http"
	"strings"

	"luoshi/internal/access/credential"
	"luoshi/internal/service/message"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// robotForm is what somebody sets of a robot; ID is empty where it is a new one.
type robotForm struct {
	message.RobotTerms
	ID       message.RobotID
	Host     string // where it is now
	Keyed    bool   // it has a key
	Revision int64
	names    forms.Names
	errors   page.Errors
	clash    *page.Clash
}

func (p *Pages) channels(w http.ResponseWriter, r *http.Request) error {
	robots, err := p.messages.Robots(r.Context())
	if err != nil {
		return err
	}
	names, err := forms.NamesOf(r.Context(), p.core)
	if err != nil {
		return err
	}
	return web.Show(w, r, channelsPage(robots, names, p.messages.Mails()))
}

func (p *Pages) newRobot(w http.ResponseWriter, r *http.Request) error {
	f := robotForm{RobotTerms: message.RobotTerms{Channel: message.WeCom, Mode: message.Daily, Language: message.Chinese}}
	return p.showForm(w, r, http.StatusOK, f)
}

// showForm shows a form with the units to choose from.
func (p *Pages) showForm(w http.ResponseWriter, r *http.Request, status int, f robotForm) error {
	var err error
	if f.names, err = forms.NamesOf(r.Context(), p.core); err != nil {
		return err
	}
	return web.ShowStatus(w, r, status, robotPage(f))
}

// typed is a form as it was sent.
func typed(r *http.Request) robotForm {
	return robotForm{
		ID: message.RobotID(r.PathValue("id")), Revision: forms.Seen(r),
		RobotTerms: message.RobotTerms{
			Unit: ledger.UnitID(r.PostFormValue("unit")), Channel: message.Channel(r.PostFormValue("channel")), Name: strings.TrimSpace(r.PostFormValue("name")),
			Address: strings.TrimSpace(r.PostFormValue("address")), Key: credential.NewSecret(strings.TrimSpace(r.PostFormValue("key"))),
			Mode: message.Mode(r.PostFormValue("mode")), Language: r.PostFormValue("language"), Paused: r.PostFormValue("paused") == "1",
		},
	}
}

// robotFields are the fields of the form by the codes of faults that speak of them.
var robotFields = map[string]string{
	"robot.unit": "unit", "robot.kind": "channel", "robot.name": "name", "robot.mode": "mode", "robot.language": "language",
	"robot.address": "address", "robot.credentials": "address", "robot.inside": "address", "robot.key": "key",
}

func (p *Pages) addRobot(w http.ResponseWriter, r *http.Request) error {
	f := typed(r)
	added, key, err := p.messages.AddRobot(r.Context(), f.RobotTerms)
	if err != nil {
		return p.again(w, r, f, err)
	}
	if key.Reveal() != "" {
		return web.Show(w, r, keyPage(added.Value, key))
	}
	return done(w, r, channelsURL, "channels.added")
}

// again shows a form again with what is wrong, where the user can mend it.
func (p *Pages) again(w http.ResponseWriter, r *http.Request, f robotForm, err error) error {
	if err := mendable(r, &f.errors, robotFields, err); err != nil {
		return err
	}
	return p.showForm(w, r, http.StatusUnprocessableEntity, f)
}

func (p *Pages) editRobot(w http.ResponseWriter, r *http.Request) error {
	record, err := p.messages.Robot(r.Context(), message.RobotID(r.PathValue("id")))
	if err != nil {
		return err
	}
	return p.showForm(w, r, http.StatusOK, formOf(record))
}

func formOf(record store.Record[message.Robot]) robotForm {
	robot := record.Value
	return robotForm{
		ID: robot.ID, Host: robot.Host, Keyed: robot.Keyed, Revision: record.Revision,
		RobotTerms: message.RobotTerms{
			Unit: robot.Unit, Channel: robot.Channel, Name: robot.Name, Mode: robot.Mode, Language: robot.Language, Paused: robot.State == message.Paused,
		},
	}
}

func (p *Pages) changeRobot(w http.ResponseWriter, r *http.Request) error {
	record, err := p.messages.Robot(r.Context(), message.RobotID(r.PathValue("id")))
	if err != nil {
		return err
	}
	f := typed(r)
	f.Host, f.Keyed = record.Value.Host, record.Value.Keyed
	err = p.messages.ChangeRobot(r.Context(), f.ID, f.RobotTerms, f.Revision)
	if current, stale := forms.Stale[message.Robot](err); stale {
		f.Revision, f.clash = current.Revision, clashOf(page.Of(r.Context()), f, current.Value)
		return p.showForm(w, r, http.StatusConflict, f)
	}
	if err != nil {
		return p.again(w, r, f, err)
	}
	return done(w, r, channelsURL, "channels.changed")
}

// clashOf are both versions of a robot that somebody else changed meanwhile.
func clashOf(v page.View, f robotForm, current message.Robot) *page.Clash {
	state := map[bool]string{true: string(message.Paused), false: string(message.Active)}[f.Paused]
	return &page.Clash{URL: robotURL(f.ID, ""), Fields: []page.Difference{
		{Field: v.T("channels.name"), Mine: f.Name, Theirs: current.Name},
		{Field: v.T("channels.mode"), Mine: v.T("messages.mode." + string(f.Mode)), Theirs: v.T("messages.mode." + string(current.Mode))},
		{Field: v.T("channels.state"), Mine: v.T("channels.state." + state), Theirs: v.T("channels.state." + string(current.State))},
	}}
}

func (p *Pages) tryRobot(w http.ResponseWriter, r *http.Request) error {
	if err := p.messages.TryRobot(r.Context(), message.RobotID(r.PathValue("id"))); err != nil {
		return err
	}
	return done(w, r, sentURL, "channels.tried")
}

func (p *Pages) removeRobot(w http.ResponseWriter, r *http.Request) error {
	if err := p.messages.RemoveRobot(r.Context(), message.RobotID(r.PathValue("id")), forms.Seen(r)); err != nil {
		return err
	}
	return done(w, r, channelsURL, "channels.removed")
}

// robotURL is a page of a robot.
func robotURL(id message.RobotID, rest string) string { return channelsURL + "/" + string(id) + rest }

func channelOptions(v page.View) []page.Option {
	var options []page.Option
	for _, c := range message.RobotChannels {
		options = append(options, page.Option{Value: string(c), Label: v.T("channels." + string(c))})
	}
	return options
}

func robotColumns(v page.View) []page.Column {
	return []page.Column{
		{Title: v.T("channels.name")}, {Title: v.T("channels.channel")}, {Title: v.T("channels.mode"), Narrow: true}, {Title: v.T("channels.state")}, {},
	}
}

// robotTones say how robots are.
var robotTones = map[message.RobotState]page.Tone{message.Active: page.Success, message.Paused: page.Neutral}

// addressHelp says where the address is found, and which one a robot has that keeps it.
func (f robotForm) addressHelp(v page.View) string {
	if f.Host != "" {
		return v.T("channels.address.keep", f.Host)
	}
	return v.T("channels.address.help")
}

// keyHelp says where the key is found.
func (f robotForm) keyHelp(v page.View) string {
	if f.Keyed {
		return v.T("channels.key.keep")
	}
	return v.T("channels.key.help")
}
