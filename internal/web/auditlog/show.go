package auditlog

import (
	"net/url"
	"time"

	"luoshi/internal/audit"
	"luoshi/internal/service"
	"luoshi/internal/service/operations"
	"luoshi/internal/web/page"
)

// actorURL leads to all that somebody did.
func actorURL(id string) string { return "/audit?" + url.Values{"actor": {id}}.Encode() }

// objectURL leads to the history of a record.
func objectURL(o audit.Object) string {
	return "/audit/objects/" + url.PathEscape(o.Kind) + "/" + url.PathEscape(o.ID)
}

// proofURL leads to the proof of a record's history.
func proofURL(o audit.Object) string {
	return "/proofs/" + url.PathEscape(o.Kind) + "/" + url.PathEscape(o.ID)
}

func verificationColumns(v page.View) []page.Column {
	return []page.Column{
		{Title: v.T("auditlog.verify.asked")}, {Title: v.T("auditlog.verify.outcome")}, {Title: v.T("auditlog.verify.entries"), Number: true},
	}
}

func headColumns(v page.View) []page.Column {
	return []page.Column{
		{Title: v.T("auditlog.number"), Number: true}, {Title: v.T("auditlog.time")}, {Title: v.T("auditlog.head.size"), Number: true},
		{Title: v.T("auditlog.head.note")},
	}
}

func toneOf(v operations.Verification) page.Tone {
	if v.OK() {
		return page.Success
	}
	return page.Danger
}

// precise is a time in the district to the second: what came first matters here.
func precise(t time.Time) string { return t.In(service.Zone()).Format(time.DateTime) }
