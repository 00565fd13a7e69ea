package api

import (
	"context"
	_ "embed"
	"encoding/json"
	"net/http"
	"runtime/debug"
	"strconv"

	"luoshi/ledger"
)

//go:embed problems.txt
var problemsText string

// kind is a kind of problem, by its name in problems.txt.
type kind string

// The kinds that the program names.
const (
	kindMalformed       kind = "malformed"
	kindSignedOut       kind = "signed-out"
	kindCrossSite       kind = "cross-site"
	kindRefused         kind = "refused"
	kindNotFound        kind = "not-found"
	kindNoOperation     kind = "no-operation"
	kindMethod          kind = "method"
	kindNotAcceptable   kind = "not-acceptable"
	kindSlow            kind = "slow"
	kindTaken           kind = "taken"
	kindChanged         kind = "changed"
	kindTooLarge        kind = "too-large"
	kindMediaType       kind = "media-type"
	kindInvalid         kind = "invalid"
	kindKeyReused       kind = "key-reused"
	kindRevisionMissing kind = "revision-missing"
	kindTooMany         kind = "too-many"
	kindInternal        kind = "internal"
	kindUnavailable     kind = "unavailable"
)

// kindOf is what problems.txt says of a kind.
type kindOf struct {
	kind   kind
	status int
	title  ledger.Wording
	advice ledger.Wording
}

var kinds, kindsInOrder = func() (map[kind]kindOf, []kindOf) {
	all, order := map[kind]kindOf{}, []kindOf{}
	for _, row := range sheet("problems.txt", problemsText, 6) {
		status, err := strconv.Atoi(row[1])
		if err != nil {
			panic("problems.txt: " + err.Error())
		}
		k := kindOf{kind: kind(row[0]), status: status, title: ledger.Wording{ZH: row[2], EN: row[3]}, advice: ledger.Wording{ZH: row[4], EN: row[5]}}
		all[k.kind], order = k, append(order, k)
	}
	return all, order
}()

// Problem is an error as RFC 9457 has it.
type Problem struct {
	Type     string  `json:"type" doc:"Where the kind of problem is described"`
	Title    string  `json:"title" doc:"The kind of problem, in words"`
	Status   int     `json:"status" doc:"The status of the answer"`
	Detail   string  `json:"detail" doc:"What is wrong this time, and what to do"`
	Instance string  `json:"instance" doc:"Names this one answer; the administrator finds it in the log"`
	Code     string  `json:"code" doc:"What programs tell problems apart by: stable, finer than the kind"`
	Errors   []Wrong `json:"errors,omitempty" doc:"Everything that is wrong, with its place"`

	header http.Header
}

// Wrong is one thing wrong with a request.
type Wrong struct {
	Place   string `json:"place,omitempty" doc:"Where in the request: /body/targets/0/value, /query/limit, /header/If-Match; or in the record that it would make: /record/targets/0/upper"`
	Code    string `json:"code" doc:"Stable name of the rule"`
	Message string `json:"message" doc:"What is wrong"`
	Advice  string `json:"advice,omitempty" doc:"What to do"`
}

// Error is what logs say of a problem.
func (p *Problem) Error() string { return p.Code + ": " + p.Detail }

// GetStatus is the status of the answer, for huma.
func (p *Problem) GetStatus() int { return p.Status }

// GetHeaders are headers of the answer, for huma.
func (p *Problem) GetHeaders() http.Header { return p.header }

// ContentType names the content type of problems, for huma.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// problemOf is a problem of a kind as it is answered in an exchange.
func problemOf(ctx context.Context, k kind) *Problem {
	x, of := exchangeOf(ctx), kinds[k]
	return &Problem{
		Type: Base + "/docs#" + string(k), Title: x.in(of.title), Status: of.status, Detail: x.in(of.advice),
		Instance: "urn:luoshi:request:" + x.id, Code: string(k),
	}
}

// because sets what is wrong this time.
func (p *Problem) because(code, detail string) *Problem {
	p.Code, p.Detail = code, detail
	return p
}

// with adds a header to the answer.
func (p *Problem) with(name, value string) *Problem {
	if p.header == nil {
		p.header = http.Header{}
	}
	p.header.Set(name, value)
	return p
}

// writeProblem answers with a problem where no operation is under way.
func writeProblem(w http.ResponseWriter, p *Problem) {
	for name, values := range p.header {
		w.Header()[name] = values
	}
	w.Header().Set("Content-Type", p.ContentType(""))
	w.WriteHeader(p.Status)
	// Nobody is left to be told where the answer cannot be written.
	_ = json.NewEncoder(w).Encode(p)
}

func stack() string { return string(debug.Stack()) }
