package operations

import (
	"time"

	"luoshi/internal/access"
	"luoshi/internal/service/operations"
	"luoshi/internal/store"
	"luoshi/internal/web/page"
)

// oldBackup is after how long a backup is too old to be relied on.
const oldBackup = 7 * 24 * time.Hour

var databases = map[store.Dialect]string{store.SQLite: "SQLite", store.Postgres: "PostgreSQL"}

// tones say how the states of jobs are.
var tones = map[operations.JobState]page.Tone{
	operations.Failed: page.Danger, operations.Again: page.Warning, operations.Running: page.Info, operations.Waiting: page.Info,
	operations.Later: page.Neutral, operations.Done: page.Success, operations.Cancelled: page.Neutral,
}

// shownTabs are those that the user may open.
func shownTabs(v page.View, active string) []page.Tab {
	var tabs []page.Tab
	for _, tab := range []struct {
		name, url string
		action    access.Action
	}{
		{"status", "/operations", "config.read"}, {"jobs", "/operations/jobs", "job.read"},
		{"backups", "/operations/backups", "backup.read"}, {"settings", "/operations/settings", "config.read"},
	} {
		if v.Can(tab.action) {
			tabs = append(tabs, page.Tab{Title: v.T("operations." + tab.name), URL: tab.url, Active: tab.name == active, Count: -1})
		}
	}
	return tabs
}

// grouped are the settings by their groups.
func grouped(settings []operations.Setting) [][]operations.Setting {
	var groups [][]operations.Setting
	for _, s := range settings {
		if n := len(groups); n > 0 && groups[n-1][0].Group == s.Group {
			groups[n-1] = append(groups[n-1], s)
		} else {
			groups = append(groups, []operations.Setting{s})
		}
	}
	return groups
}

func stateOptions(v page.View, counts map[operations.JobState]int64) []page.Option {
	options := []page.Option{{Label: v.T("operations.job.any")}}
	for _, state := range operations.JobStates {
		label := v.T("operations.state.counted", v.T("operations.state."+string(state)), counts[state])
		options = append(options, page.Option{Value: string(state), Label: label})
	}
	return options
}

// kindName is what a kind of job is called.
func kindName(v page.View, kind string) string {
	if page.Has("operations.kind." + kind) {
		return v.T("operations.kind." + kind)
	}
	return kind
}

// lastTime is when a job ended, began or is due, whichever it has come to.
func lastTime(j operations.Job) time.Time {
	switch {
	case !j.Ended.IsZero():
		return j.Ended
	case j.State == operations.Running:
		return j.Begun
	}
	return j.Due
}

// canRetry tells whether it makes sense to try a job again at once.
func canRetry(j operations.Job) bool {
	return j.State == operations.Failed || j.State == operations.Again || j.State == operations.Cancelled
}

func backupColumns(v page.View) []page.Column {
	return []page.Column{
		{Title: v.T("operations.backup.made")}, {Title: v.T("operations.backup.name")}, {Title: v.T("operations.backup.size"), Number: true}, {},
	}
}

func orDash(text string) string {
	if text == "" {
		return "—"
	}
	return text
}

// clip shortens what a job said.
func clip(text string) string {
	const most = 300
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}
