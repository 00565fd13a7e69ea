package public

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"luoshi/internal/audit/signing"
	"luoshi/internal/service/publication"
	"luoshi/internal/service/publication/disclosed"
	"luoshi/internal/store"
	"luoshi/internal/web/page"
)

// provers keep what proves the last edition of each plan: its tree is made once and not for each promise.
type provers struct {
	sync.Mutex
	kept map[string]*publication.Prover
}

// prover proves what the last edition of a plan says.
func (p *Pages) prover(ctx context.Context, o publication.Opened) (*publication.Prover, error) {
	p.proved.Lock()
	defer p.proved.Unlock()
	if kept := p.proved.kept[o.Address]; kept != nil && kept.Edition == o.Edition.Edition {
		return kept, nil
	}
	made, err := p.uses.Prove(ctx, o)
	if err != nil {
		return nil, err
	}
	if p.proved.kept == nil {
		p.proved.kept = map[string]*publication.Prover{}
	}
	p.proved.kept[o.Address] = made
	return made, nil
}

// proofView is what proves a plan's last edition.
type proofView struct {
	publication.Opened
	head     signing.Head
	note     string
	entry    int64 // its number in the log
	key      string
	editions []publication.EditionIs
}

func (p *Pages) proofView(ctx context.Context, o publication.Opened) (proofView, error) {
	view := proofView{Opened: o, key: p.key()}
	proof, err := p.prover(ctx, o)
	if err != nil {
		return view, err
	}
	// The page checks what it shows: a proof that does not hold is not offered.
	head, entry, err := proof.Verify(signing.Keyring{p.uses.Key()})
	if err != nil {
		return view, err
	}
	view.head, view.entry, view.note = head, entry.Sequence, proof.Log.Head
	view.editions, err = p.uses.Editions(ctx, o)
	return view, err
}

func (p *Pages) proof(w http.ResponseWriter, r *http.Request) error {
	o, err := p.uses.Plan(r.Context(), r.PathValue("plan"))
	if err != nil {
		return err
	}
	view, err := p.proofView(r.Context(), o)
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, page.T(r.Context(), "public.proof"), proofPage(view))
}

// promiseProof is the proof of a promise as a file.
func (p *Pages) promiseProof(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	o, err := p.uses.Plan(ctx, r.PathValue("plan"))
	if err != nil {
		return err
	}
	key, isFile := strings.CutSuffix(r.PathValue("key"), ".json")
	if !isFile {
		return &store.NotFound{Kind: "proofs", ID: key}
	}
	told, err := p.told(ctx, o, key)
	if err != nil {
		return p.orGone(w, r, err)
	}
	proof, err := p.proofOf(ctx, o, told)
	if err != nil {
		return err
	}
	return answerJSON(w, proof)
}

func (p *Pages) proofOf(ctx context.Context, o publication.Opened, told publication.Told) (disclosed.Proof, error) {
	prover, err := p.prover(ctx, o)
	if err != nil {
		return disclosed.Proof{}, err
	}
	return prover.Of(told)
}

func (p *Pages) log(w http.ResponseWriter, r *http.Request) error {
	log, err := p.uses.Log(r.Context())
	if err != nil {
		return err
	}
	return answerJSON(w, log)
}

// growth leads from a head that somebody kept, by the size it names, to the last one.
func (p *Pages) growth(w http.ResponseWriter, r *http.Request) error {
	from := r.URL.Query().Get("from")
	size, err := strconv.ParseInt(from, 10, 64)
	if err != nil {
		return &store.NotFound{Kind: "heads", ID: from}
	}
	grown, err := p.uses.Growth(r.Context(), size)
	if err != nil {
		return err
	}
	return answerJSON(w, grown)
}

// siteOf is what there is to check and to take.
func siteFiles(plans []publication.Opened) disclosed.Site {
	s := disclosed.Site{Plans: []disclosed.SitePlan{}}
	for _, o := range plans {
		s.Plans = append(s.Plans, disclosed.SitePlan{
			Address: o.Address, Title: o.Title, Year: o.Year, Edition: o.Edition.Number,
			Proof: o.Address + "/files/edition.json", Records: o.Address + "/files/records.jsonl",
		})
	}
	return s
}

func (p *Pages) site(w http.ResponseWriter, r *http.Request) error {
	plans, err := p.uses.Plans(r.Context())
	if err != nil {
		return err
	}
	return answerJSON(w, siteFiles(plans))
}

func answerJSON(w http.ResponseWriter, value any) error {
	text, err := json.MarshalIndent(value, "", " ")
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Access-Control-Allow-Origin", "*")
	w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
	_, err = w.Write(text)
	return err
}
