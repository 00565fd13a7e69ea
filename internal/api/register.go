package api

import (
	"context"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"luoshi/internal/service"
)

// largest is how long a request may be, where an operation does not say otherwise.
const largest = 1 << 20

// register lets a function do an operation of operations.txt. Adjust says what is special about it.
func register[I, O any](a *API, name string, do func(context.Context, *I) (*O, error), adjust ...func(*huma.Operation)) {
	o, known := a.catalog.byName[name]
	if !known {
		panic("api: operations.txt has no " + name)
	}
	described := huma.Operation{
		OperationID: o.name, Method: o.method, Path: o.path, Tags: []string{o.tag}, Summary: o.words.EN,
		Extensions:   map[string]any{"x-luoshi-who": o.who, "x-summary-zh": o.words.ZH},
		Errors:       failures(o.method),
		Security:     []map[string][]string{{"token": {}}, {"session": {}}},
		Middlewares:  huma.Middlewares{a.admitted(o), a.bounded, a.once},
		MaxBodyBytes: largest,
	}
	if o.method != http.MethodGet {
		described.Parameters = []*huma.Param{repeating}
	}
	if o.entry.Anyone || a.public(o) {
		described.Security = append(described.Security, map[string][]string{})
	}
	for _, change := range adjust {
		change(&described)
	}
	a.registered[name] = true
	huma.Register(a.huma, described, func(ctx context.Context, in *I) (*O, error) {
		out, err := do(ctx, in)
		if err != nil {
			return nil, a.failure(ctx, err)
		}
		return out, nil
	})
}

// repeating is how the description speaks of idempotency keys.
var repeating = &huma.Param{
	Name: "Idempotency-Key", In: "header", Schema: &huma.Schema{Type: huma.TypeString, Pattern: givenKey.String()},
	Description: "With it the operation is done once in 24 hours, however often it is sent",
}

// public tells whether those who have not signed in may come too.
func (a *API) public(o operation) bool {
	return o.entry.Action != "" && a.May(context.Background(), o.entry.Action)
}

// failures are the statuses with which an operation of a method may fail.
func failures(method string) []int {
	all := []int{400, 401, 403, 404, 406, 422, 429, 500, 503}
	if method == http.MethodGet {
		return all
	}
	return append(all, 408, 409, 412, 413, 415, 428)
}

// admitted lets those in who may do an operation to anything at all. Whether they may do it to this one the use
// case decides.
func (a *API) admitted(o operation) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		caller := service.CallerOf(ctx.Context())
		stranger := caller.Account() == "" && caller.System == ""
		switch {
		case o.entry.Anyone, o.entry.SignedIn && !stranger, o.entry.Action != "" && a.May(ctx.Context(), o.entry.Action):
			next(ctx)
		case o.entry.SignedIn:
			a.answer(ctx, problemOf(ctx.Context(), kindSignedOut).with("WWW-Authenticate", "Bearer"))
		default:
			err := a.Check(ctx.Context(), o.entry.Action, service.Owned{})
			var refused *service.Refused
			if errors.As(err, &refused) {
				a.KeepRefusal(ctx.Context(), refused)
			}
			a.answer(ctx, a.failure(ctx.Context(), err))
		}
	}
}

// bounded cuts requests off that are longer than an operation takes.
func (a *API) bounded(ctx huma.Context, next func(huma.Context)) {
	r, w := humago.Unwrap(ctx)
	// One byte more, so that whoever reads the body sees that it is too long.
	r.Body = http.MaxBytesReader(w, r.Body, ctx.Operation().MaxBodyBytes+1)
	next(ctx)
}

// answer ends an operation with a problem.
func (a *API) answer(ctx huma.Context, p *Problem) {
	_, w := humago.Unwrap(ctx)
	writeProblem(w, p)
}

// answering says that an operation answers with something else than JSON.
func answering(contentType, what string) func(*huma.Operation) {
	return func(o *huma.Operation) {
		o.Responses = map[string]*huma.Response{"200": {
			Description: what,
			Content:     map[string]*huma.MediaType{contentType: {Schema: &huma.Schema{Type: huma.TypeString}}},
		}}
	}
}

// unkept leaves an operation out of what Idempotency-Key is for, because its answer is a secret that must not be kept.
func unkept(o *huma.Operation) {
	o.Middlewares, o.Parameters = o.Middlewares[:len(o.Middlewares)-1], nil
}

// created says that an operation answers 201.
func created(o *huma.Operation) { o.DefaultStatus = http.StatusCreated }
