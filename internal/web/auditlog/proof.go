package auditlog

import (
	"encoding/json"
	"net/http"

	"luoshi/internal/audit"
	"luoshi/internal/audit/signing"
	"luoshi/internal/web"
)

// shownProof is a proof with what it shows.
type shownProof struct {
	naming
	*audit.Proof
	head    signing.Head
	entries []audit.Entry
	key     string
}

// path is where the proof is found as a file.
func (s shownProof) path() string {
	return "/proofs/" + s.Object.Kind + "/" + s.Object.ID + "/proof.json"
}

func (p *Pages) prove(r *http.Request) (*audit.Proof, error) {
	return p.operations.Prove(r.Context(), audit.Object{Kind: r.PathValue("kind"), ID: r.PathValue("id")})
}

func (p *Pages) proof(w http.ResponseWriter, r *http.Request) error {
	proof, err := p.prove(r)
	if err != nil {
		return err
	}
	key, err := signing.ParsePublicKey(p.operations.PublicKey())
	if err != nil {
		return err
	}
	// The page checks what it shows: a proof that does not hold is not offered.
	head, entries, err := proof.Verify(signing.Keyring{key})
	if err != nil {
		return err
	}
	n, err := p.naming(r.Context(), entries...)
	if err != nil {
		return err
	}
	return web.Show(w, r, proofPage(shownProof{naming: n, Proof: proof, head: head, entries: entries, key: key.String()}))
}

func (p *Pages) proofFile(w http.ResponseWriter, r *http.Request) error {
	proof, err := p.prove(r)
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(proof, "", "  ")
	if err != nil {
		return err
	}
	attach(w, "proof-"+proof.Object.Kind+".json", "application/json; charset=utf-8")
	_, err = w.Write(text)
	return err
}
