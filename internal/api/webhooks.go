package api

import (
	"context"

	"luoshi/internal/access/credential"
	"luoshi/internal/service/notify"
	"luoshi/internal/store"
)

// Webhook is a subscription to changes.
type Webhook struct {
	ID       notify.ID `json:"id"`
	Address  string    `json:"address"`
	Events   []string  `json:"events" doc:"Actions (commitment.correct), kinds (commitment.*), or *"`
	State    string    `json:"state" enum:"active,paused,disabled" doc:"Disabled by the program, after too many failures"`
	Note     string    `json:"note,omitempty"`
	Failures int       `json:"failures" doc:"Attempts in a row that failed"`
	Kept
	Key string `json:"key,omitempty" doc:"What messages are signed with, in the way of Standard Webhooks; shown this once"`
}

func webhookOf(r store.Record[notify.Webhook]) Webhook {
	v := r.Value
	return Webhook{ID: v.ID, Address: v.Address, Events: filled(v.Events), State: string(v.State), Note: v.Note, Failures: v.Failures, Kept: keptOf(r)}
}

func withKey(r store.Record[notify.Webhook], key credential.Secret) Webhook {
	w := webhookOf(r)
	w.Key = key.Reveal()
	return w
}

// WebhookTerms are what is set of a subscription.
type WebhookTerms struct {
	Address string   `json:"address" minLength:"1" maxLength:"2000"`
	Events  []string `json:"events" minItems:"1" maxItems:"200"`
	State   string   `json:"state,omitempty" enum:"active,paused" doc:"Active where absent"`
	Note    string   `json:"note,omitempty" maxLength:"200" doc:"What it is for"`
}

func (t WebhookTerms) terms() notify.Terms {
	return notify.Terms{Address: t.Address, Events: t.Events, State: notify.State(t.State), Note: t.Note}
}

func (a *API) webhookOperations() {
	n := a.options.Notify
	register(a, "list-webhooks", func(ctx context.Context, _ *struct{}) (*plain[List[Webhook]], error) {
		all, err := n.Webhooks(ctx)
		if err != nil {
			return nil, err
		}
		return &plain[List[Webhook]]{Body: List[Webhook]{Items: shown(all, webhookOf)}}, nil
	})
	register(a, "get-webhook", func(ctx context.Context, in *Reading[notify.ID]) (*one[Webhook], error) {
		r, err := n.Webhook(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return answered(in.Known, r.Revision, webhookOf(r)), nil
	}, cached)
	type query struct {
		Paged
		ByID[notify.ID]
		State string `query:"state" enum:"waiting,delivered,failed,dropped"`
	}
	register(a, "list-deliveries", func(ctx context.Context, in *query) (*many[notify.Delivery], error) {
		page := in.page()
		list, next, err := n.Deliveries(ctx, in.ID, notify.DeliveryState(in.State), page.After, page.Limit)
		if err != nil {
			return nil, err
		}
		return listed(&in.Paged, next, list), nil
	})
	a.orders("list-deliveries")
	a.webhookChanges()
}

func (a *API) webhookChanges() {
	n := a.options.Notify
	register(a, "create-webhook", func(ctx context.Context, in *Adding[WebhookTerms]) (*one[Webhook], error) {
		r, key, err := n.Subscribe(ctx, in.Body.terms())
		if err != nil {
			return nil, err
		}
		return made("/webhooks/"+string(r.Value.ID), r.Revision, withKey(r, key)), nil
	}, created)
	register(a, "change-webhook", func(ctx context.Context, in *Writing[notify.ID, WebhookTerms]) (*one[Webhook], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		r, err := n.Resubscribe(ctx, in.ID, in.Body.terms(), revision)
		if err != nil {
			return nil, err
		}
		return changed(r.Revision, webhookOf(r)), nil
	})
	type removing struct {
		Seen
		ByID[notify.ID]
	}
	register(a, "remove-webhook", func(ctx context.Context, in *removing) (*done, error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		return nil, n.Remove(ctx, in.ID, revision)
	})
	register(a, "rekey-webhook", func(ctx context.Context, in *removing) (*one[Webhook], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		r, key, err := n.Rekey(ctx, in.ID, revision)
		if err != nil {
			return nil, err
		}
		return changed(r.Revision, withKey(r, key)), nil
	})
	register(a, "ping-webhook", func(ctx context.Context, in *ByID[notify.ID]) (*plain[notify.Delivery], error) {
		d, err := n.Ping(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return &plain[notify.Delivery]{Body: d}, nil
	})
}
