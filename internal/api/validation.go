package api

import (
	_ "embed"
	"errors"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"luoshi/ledger"
)

//go:embed validation.txt
var validationText string

// saying is one thing that huma's checking says, with our words for it.
type saying struct {
	code  string
	form  *regexp.Regexp
	words ledger.Wording
}

var sayings = func() []saying {
	var all []saying
	for _, row := range sheet("validation.txt", validationText, 4) {
		form := "^" + strings.ReplaceAll(regexp.QuoteMeta(row[1]), "%", "(.*?)") + "$"
		all = append(all, saying{code: row[0], form: regexp.MustCompile("(?s)" + form), words: ledger.Wording{ZH: row[2], EN: row[3]}})
	}
	return all
}()

// wrongOf is what huma says of a part of a request, in the user's language. What the table does not know is
// passed on as it is.
func (x *exchange) wrongOf(detail *huma.ErrorDetail) Wrong {
	wrong := Wrong{Place: place(detail.Location), Code: "invalid", Message: detail.Message}
	for _, s := range sayings {
		facts := s.form.FindStringSubmatch(detail.Message)
		if facts == nil {
			continue
		}
		wrong.Code, wrong.Message = s.code, x.in(s.words)
		for i, fact := range facts[1:] {
			wrong.Message = strings.ReplaceAll(wrong.Message, "{"+strconv.Itoa(i)+"}", fact)
		}
		return wrong
	}
	return wrong
}

// place is a location of huma, body.targets[0].value, as a pointer.
func place(location string) string {
	if location == "" {
		return ""
	}
	return "/" + strings.NewReplacer(".", "/", "[", "/", "]", "").Replace(location)
}

// kindsByStatus are the kinds of what huma answers by itself.
var kindsByStatus = map[int]kind{
	http.StatusBadRequest: kindMalformed, http.StatusNotAcceptable: kindNotAcceptable, http.StatusRequestTimeout: kindSlow,
	http.StatusRequestEntityTooLarge: kindTooLarge, http.StatusUnsupportedMediaType: kindMediaType,
	http.StatusUnprocessableEntity: kindInvalid,
}

// checked is what huma found wrong with a request before an operation began.
func checked(ctx huma.Context, status int, message string, errs ...error) huma.StatusError {
	kind, known := kindsByStatus[status]
	if !known {
		kind = kindInternal
	}
	x, details := exchangeOf(ctx.Context()), []*huma.ErrorDetail{}
	for _, err := range errs {
		var detailed huma.ErrorDetailer
		if errors.As(err, &detailed) {
			details = append(details, detailed.ErrorDetail())
		}
	}
	if len(details) == 0 && status < http.StatusInternalServerError {
		details = append(details, &huma.ErrorDetail{Message: message, Location: "body"})
	}
	var wrongs []Wrong
	for _, detail := range details {
		if strings.HasSuffix(detail.Message, "request body too large") {
			kind, wrongs = kindTooLarge, nil
			break
		}
		wrongs = append(wrongs, x.wrongOf(detail))
	}
	slices.SortStableFunc(wrongs, func(a, b Wrong) int { return strings.Compare(a.Place, b.Place) })
	p := problemOf(ctx.Context(), kind)
	if kind != kindTooLarge {
		p.Errors = wrongs
	}
	return p
}

// huma keeps the making of its errors in variables of the package; nothing else of the program uses it.
func init() {
	huma.NewErrorWithContext = checked
	huma.NewError = func(status int, message string, _ ...error) huma.StatusError {
		return &Problem{Status: status, Title: message}
	}
	huma.DefaultArrayNullable = false
}
