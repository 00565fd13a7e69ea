package api

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"luoshi/internal/audit"
	"luoshi/internal/audit/merkle"
	"luoshi/internal/audit/signing"
)

// Entry is an entry of the log.
type Entry struct {
	Sequence int64           `json:"sequence"`
	Time     time.Time       `json:"time"`
	Actor    audit.Actor     `json:"actor"`
	Request  string          `json:"request"`
	Action   string          `json:"action"`
	Object   audit.Object    `json:"object"`
	Before   string          `json:"before" doc:"Digest of the object before the change; empty where it was not there"`
	After    string          `json:"after" doc:"Digest of the object after the change"`
	Change   json.RawMessage `json:"change" doc:"What changed, and what else is to be known of it"`
}

func entryOf(e audit.Entry) Entry {
	return Entry(e)
}

// Proof shows that the entries about a record are in the log that a signed head is of.
type Proof struct {
	Object  audit.Object  `json:"object"`
	Head    string        `json:"head" doc:"A signed note"`
	Entries []ProvedEntry `json:"entries"`
	Pending []int64       `json:"pending" doc:"Entries that no head covers yet"`
	Key     string        `json:"key" doc:"The public key of the log; compare it with the one that was published"`
}

// ProvedEntry is an entry with its path to the root of the head.
type ProvedEntry struct {
	Entry string   `json:"entry" doc:"Its encoding, of which the leaf is the hash"`
	Path  []string `json:"path" doc:"Nearest hash first, in base64"`
}

// Head is a signed head of the log.
type Head struct {
	Note   string    `json:"note" doc:"As it was signed: keep it elsewhere, and the log can never be cut off behind it"`
	Number int64     `json:"number"`
	Size   int64     `json:"size" doc:"How many entries it covers"`
	Root   string    `json:"root" doc:"Of the Merkle tree, in base64"`
	Time   time.Time `json:"time"`
	Sound  bool      `json:"sound" doc:"The signature is by the log's key"`
	Key    string    `json:"key" doc:"The public key of the log"`
}

func (a *API) auditOperations() {
	o := a.options.Operations
	type query struct {
		Paged
		Actor  string    `query:"actor" maxLength:"100"`
		Kind   string    `query:"kind" maxLength:"100" doc:"Of the object"`
		Object string    `query:"object" maxLength:"200" doc:"Its identifier"`
		Action string    `query:"action" maxLength:"100" doc:"Or the beginning of several: plan."`
		From   time.Time `query:"from"`
		Until  time.Time `query:"until" doc:"Left out itself"`
	}
	register(a, "list-entries", func(ctx context.Context, in *query) (*many[Entry], error) {
		// The log has one order, the newest first.
		page := in.page()
		before, err := number(ctx, page.After)
		if err != nil {
			return nil, err
		}
		entries, next, err := o.Entries(ctx, audit.Query{
			Actor: in.Actor, Kind: in.Kind, Object: in.Object, Action: in.Action, From: in.From, Until: in.Until, Before: before, Limit: page.Limit,
		})
		if err != nil {
			return nil, err
		}
		items := make([]Entry, len(entries))
		for i, e := range entries {
			items[i] = entryOf(e)
		}
		after := ""
		if next > 0 {
			after = strconv.FormatInt(next, 10)
		}
		return listed(&in.Paged, after, items), nil
	})
	a.orders("list-entries")
	register(a, "get-entry", func(ctx context.Context, in *struct {
		Sequence int64 `path:"sequence" minimum:"1"`
	},
	) (*plain[Entry], error) {
		e, err := o.Entry(ctx, in.Sequence)
		if err != nil {
			return nil, err
		}
		return &plain[Entry]{Body: entryOf(e)}, nil
	})
	a.proofs()
}

func (a *API) proofs() {
	o := a.options.Operations
	register(a, "get-proof", func(ctx context.Context, in *struct {
		Kind string `path:"kind" maxLength:"100"`
		ID   string `path:"id" maxLength:"200"`
	},
	) (*plain[Proof], error) {
		p, err := o.Prove(ctx, audit.Object{Kind: in.Kind, ID: in.ID})
		if err != nil {
			return nil, err
		}
		shows := Proof{Object: p.Object, Head: p.Head, Entries: []ProvedEntry{}, Pending: filled(p.Pending), Key: o.PublicKey()}
		for _, e := range p.Entries {
			shows.Entries = append(shows.Entries, ProvedEntry{Entry: e.Entry, Path: texts(e.Path)})
		}
		return &plain[Proof]{Body: shows}, nil
	})
	// A head holds a number, a hash and a time. The more people keep one, the better, so nobody is asked who he is.
	register(a, "get-head", func(ctx context.Context, _ *struct{}) (*plain[Head], error) {
		note, err := audit.LastHead(ctx, a.Store().View(ctx))
		if err != nil {
			return nil, err
		}
		key, err := signing.ParsePublicKey(o.PublicKey())
		if err != nil {
			return nil, err
		}
		head, err := signing.Keyring{key}.Open(note)
		return &plain[Head]{Body: Head{
			Note: note, Number: head.Number, Size: head.Size, Root: head.Root.String(), Time: head.Time, Sound: err == nil, Key: o.PublicKey(),
		}}, nil
	})
}

func texts(path []merkle.Hash) []string {
	all := make([]string, len(path))
	for i, h := range path {
		all[i] = h.String()
	}
	return all
}

// number is a place in a list that is a number.
func number(ctx context.Context, after string) (int64, error) {
	if after == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(after, 10, 64)
	if err != nil || n < 1 {
		return 0, badPlace(ctx)
	}
	return n, nil
}
