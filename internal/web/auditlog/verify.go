package auditlog

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"time"

	"luoshi/internal/service/operations"
	"luoshi/internal/web"
	"luoshi/internal/web/page"
)

// exportTime is what writing the whole log may take.
const exportTime = 10 * time.Minute

// lastVerifications and lastHeads are how many are listed.
const (
	lastVerifications = 20
	lastHeads         = 100
)

func (p *Pages) verifications(w http.ResponseWriter, r *http.Request) error {
	found, err := p.operations.Verifications(r.Context(), lastVerifications)
	if err != nil {
		return err
	}
	return web.Show(w, r, verificationsPage(found))
}

func (p *Pages) verify(w http.ResponseWriter, r *http.Request) error {
	id, err := p.operations.AskVerification(r.Context())
	if err != nil {
		return err
	}
	return web.Redirect(w, r, "/audit/verifications/"+id)
}

func (p *Pages) verification(w http.ResponseWriter, r *http.Request) error {
	v, err := p.operations.Verification(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	return web.Show(w, r, verificationPage(v))
}

// sentences are what a verification found, one a line.
func sentences(v operations.Verification, lang page.Lang) []string {
	if v.Report == nil {
		return nil
	}
	in := "zh"
	if lang == page.English {
		in = "en"
	}
	var out bytes.Buffer
	if err := v.Report.Write(&out, in); err != nil {
		return nil // a buffer takes everything
	}
	return strings.Split(strings.TrimSpace(out.String()), "\n")
}

func (p *Pages) heads(w http.ResponseWriter, r *http.Request) error {
	found, err := p.operations.Heads(r.Context(), lastHeads)
	if err != nil {
		return err
	}
	return web.Show(w, r, headsPage(found, p.operations.PublicKey()))
}

func (p *Pages) export(w http.ResponseWriter, r *http.Request) error {
	return p.operations.Export(r.Context(), func() io.Writer {
		attach(w, "luoshi-audit.jsonl", "application/jsonl; charset=utf-8")
		return w
	})
}

// key is the public key of the log: whoever checks a proof gets it here, and should compare it with one got elsewhere.
func (p *Pages) key(w http.ResponseWriter, _ *http.Request) error {
	attach(w, "audit.pub", "text/plain; charset=utf-8")
	_, err := io.WriteString(w, p.operations.PublicKey()+"\n")
	return err
}
