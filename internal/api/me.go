package api

import (
	"context"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/ledger"
)

// Me is for whom the requests of a token or a session are answered.
type Me struct {
	Account ledger.AccountID `json:"account"`
	Posts   []MyPost         `json:"posts" doc:"The roles held today"`
	Actions []access.Action  `json:"actions" doc:"What may be done to at least some records, within the limits of the token"`
}

// MyPost is a role held in a unit.
type MyPost struct {
	Role access.Role      `json:"role"`
	Name string           `json:"name" doc:"What the role is called"`
	Unit access.Unit      `json:"unit,omitempty"`
	For  ledger.AccountID `json:"for,omitempty" doc:"Whose post it is where one only stands in"`
}

// Event is a kind of change that can be subscribed to.
type Event struct {
	Action access.Action `json:"action" doc:"As a subscription names it"`
	Type   string        `json:"type" doc:"As the message names it"`
	Title  string        `json:"title"`
}

func (a *API) selfOperations() {
	register(a, "get-me", func(ctx context.Context, _ *struct{}) (*plain[Me], error) {
		caller, x := service.CallerOf(ctx), exchangeOf(ctx)
		me := Me{Account: caller.Account(), Posts: []MyPost{}, Actions: []access.Action{}}
		for _, p := range caller.Actor.Posts {
			title := a.Rights().Title(p.Role)
			me.Posts = append(me.Posts, MyPost{Role: p.Role, Name: x.in(ledger.Wording{ZH: title.Chinese, EN: title.English}), Unit: p.Unit, For: p.For})
		}
		for _, action := range a.Rights().Actions() {
			if a.May(ctx, action) {
				me.Actions = append(me.Actions, action)
			}
		}
		return &plain[Me]{Body: me}, nil
	})
	register(a, "list-events", func(ctx context.Context, _ *struct{}) (*plain[List[Event]], error) {
		x, items := exchangeOf(ctx), []Event{}
		for _, action := range a.Rights().Actions() {
			title := a.Rights().ActionTitle(action)
			items = append(items, Event{Action: action, Type: "luoshi." + string(action), Title: x.in(ledger.Wording{ZH: title.Chinese, EN: title.English})})
		}
		return &plain[List[Event]]{Body: List[Event]{Items: items}}, nil
	})
}
