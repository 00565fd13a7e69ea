package papers

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"luoshi/internal/access"
	"luoshi/internal/account"
	"luoshi/internal/audit"
	"luoshi/internal/service"
	uses "luoshi/internal/service/accounting"
	figures "luoshi/internal/service/reporting"
	"luoshi/internal/web"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// figureView is a figure of a report with all that it rests on.
type figureView struct {
	uses.Trace
	People map[ledger.AccountID]string
	Signed bool // somebody reads it who has signed in
}

func (p *Pages) figure(w http.ResponseWriter, r *http.Request) error {
	found, err := p.uses.Figure(r.Context(), idOf(r), r.PathValue("key"))
	if err != nil {
		return err
	}
	var accounts []ledger.AccountID
	for _, from := range found.From {
		for _, e := range from.Entries {
			accounts = append(accounts, ledger.AccountID(e.Actor.ID))
		}
		if from.Observed != nil {
			accounts = append(accounts, from.Observed.By)
		}
	}
	view := figureView{Trace: found, Signed: service.CallerOf(r.Context()).Account() != ""}
	if view.People, err = p.people(r.Context(), accounts...); err != nil {
		return err
	}
	return web.Show(w, r, figurePage(view))
}

// printed is a figure as it is printed, with its measure.
func printed(f account.Figure) string { return f.Text + f.Measure }

// passageURL is where a passage stands in its document.
func passageURL(p ledger.Passage) string {
	q := url.Values{"at": {strconv.Itoa(p.At())}, "end": {strconv.Itoa(p.End())}}
	return "/documents/" + string(p.Document()) + "?" + q.Encode() + "#mark"
}

// submissionURL is the form in which something was said.
func submissionURL(o *figures.Observed) string { return "/submissions/" + string(o.Submission.ID) }

// actor is who made an entry of the log.
func (f figureView) actor(e audit.Entry) string {
	if name := f.People[ledger.AccountID(e.Actor.ID)]; name != "" {
		return name
	}
	return e.Actor.ID
}

// actionTitle is what was done, as the table of rights calls it.
func actionTitle(action string) access.Text {
	return access.Rights().ActionTitle(access.Action(action))
}

// lists are where the records are listed of which a figure was counted or added up, and who may see them: by the kind of
// the source, and of what was counted by what that is.
var lists = map[string]struct {
	path   string
	action access.Action
}{
	"commitments": {"/lights", "light.read"}, "items": {"/lights?kind=livelihood", "light.read"}, "units": {"/lights", "light.read"},
	"projects": {"/projects", "project.read"}, "lacks": {"/tables", "account.read"},
	string(account.FromOrders): {"/orders?tab=all", "order.read"}, string(account.FromIndicator): {"/tables", "account.read"},
	string(account.FromObservation): {"/tables", "account.read"}, string(account.FromProject): {"/projects", "project.read"},
}

// listURL is the list of all that a source is of; empty where there is none that the reader may open.
func listURL(v page.View, r uses.Report, from uses.Traced) string {
	kind, narrow := string(from.Kind), ""
	if from.ID != "" && from.Kind != account.FromCount {
		return "" // it names one record
	}
	if from.Kind == account.FromCount {
		kind, narrow, _ = strings.Cut(from.ID, ":")
	}
	list, known := lists[kind]
	if !known || !v.Can(list.action) {
		return ""
	}
	path, query, _ := strings.Cut(list.path, "?")
	values, _ := url.ParseQuery(query) // of the table above
	values.Set("plan", string(r.Plan))
	for name, value := range map[string]string{"period": r.Period.Key(), "colour": narrow, "unit": string(from.Unit), "area": area(from)} {
		if value != "" && (name == "period") == (path == "/tables") {
			values.Set(name, value)
		}
	}
	return path + "?" + values.Encode()
}

// area is the part of the plan of which a source was counted; empty where it is the whole.
func area(from uses.Traced) string {
	if from.Section == 0 {
		return ""
	}
	return strconv.Itoa(from.Section)
}
