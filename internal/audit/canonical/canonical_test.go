package canonical_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"luoshi/internal/audit/canonical"
)

func TestEqualValuesHaveOneSpelling(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"white space goes", " { \"a\" : [ 1 , 2 ] } ", `{"a":[1,2]}`},
		{"names are in order", `{"b":1,"a":{"d":2,"c":3}}`, `{"a":{"c":3,"d":2},"b":1}`},
		{"lists keep theirs", `[3,1,2]`, `[3,1,2]`},
		{"Chinese is not escaped", `{"\u843d\u5b9e":"\u4e07\u5143"}`, `{"落实":"万元"}`},
		{"nor is what only HTML minds", `"\u003c\u0026\u003e\u2028\u007f/"`, "\"<&>\u2028\u007f/\""},
		{"control characters are, the short way first", `"\u0008\u0009\u000a\u000c\u000d\u0000\u001F\"\\"`,
			`"\b\t\n\f\r\u0000\u001f\"\\"`},
		{"a pair of surrogates is one character", `"\ud83d\ude00"`, `"😀"`},
		{"half a pair is the replacement character", `"\ud83d"`, `"�"`},
		{"names are ordered by UTF-16, as RFC 8785 shows", `{"\ufb33":7,"\ud83d\ude00":6,"\u20ac":5,"\u00f6":4,"\u0080":3,"1":2,"\r":1}`,
			"{\"\\r\":1,\"1\":2,\"\u0080\":3,\"ö\":4,\"€\":5,\"😀\":6,\"\ufb33\":7}"},
		{"a name before the longer one it begins", `{"ab":1,"a":2}`, `{"a":2,"ab":1}`},
		{"figures keep their digits", `[15.90,15.9,100000000000000000000000000001,0.10,-7,0]`,
			`[15.90,15.9,100000000000000000000000000001,0.10,-7,0]`},
		{"words", `[true,false,null,"",{},[]]`, `[true,false,null,"",{},[]]`},
	} {
		got, err := canonical.JSON([]byte(tt.in))
		if err != nil || string(got) != tt.want {
			t.Errorf("%s: %s (%v), want %s", tt.name, got, err, tt.want)
		}
		again, err := canonical.JSON(got)
		if err != nil || !bytes.Equal(again, got) {
			t.Errorf("%s: a second time it is %s (%v)", tt.name, again, err)
		}
	}
}

func TestWhatHasNoCanonicalForm(t *testing.T) {
	for name, in := range map[string]string{
		"an exponent":              `1e3`,
		"a capital exponent":       `{"a":1E3}`,
		"minus zero":               `[-0.00]`,
		"a name twice":             `{"a":1,"a":2}`,
		"a name twice by escape":   `{"a":1,"\u0061":2}`,
		"text that is not UTF-8":   "\"\xff\"",
		"a second value":           `{} {}`,
		"an open object":           `{"a":1`,
		"an open list":             `[1`,
		"nothing":                  ``,
		"a list that is too deep":  strings.Repeat("[", 70) + strings.Repeat("]", 70),
		"an object that is deeper": strings.Repeat(`{"a":`, 70) + "1" + strings.Repeat("}", 70),
		"a stray brace":            `}`,
		"no JSON at all":           `落实`,
	} {
		if got, err := canonical.JSON([]byte(in)); err == nil {
			t.Errorf("%s: %s, want an error", name, got)
		}
	}
}

func TestMarshalGoesByTheSameRules(t *testing.T) {
	got, err := canonical.Marshal(struct {
		Name   string      `json:"name"`
		Amount json.Number `json:"amount"`
		Base   *int        `json:"base"`
	}{Name: "<湖滨区>", Amount: "15.90"})
	if want := `{"amount":15.90,"base":null,"name":"<湖滨区>"}`; err != nil || string(got) != want {
		t.Errorf("%s (%v), want %s", got, err, want)
	}
	if _, err := canonical.Marshal(func() {}); err == nil {
		t.Error("a function was written as JSON")
	}
	if _, err := canonical.AppendString(nil, "\xff"); err == nil {
		t.Error("a string that is not UTF-8 was written")
	}
}

func FuzzJSON(f *testing.F) {
	f.Add([]byte(`{"b":[1,2.50,"\u843d"],"a":null}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		once, err := canonical.JSON(data)
		if err != nil {
			return
		}
		twice, err := canonical.JSON(once)
		if err != nil || !bytes.Equal(once, twice) {
			t.Fatalf("%s becomes %s (%v)", once, twice, err)
		}
		if !json.Valid(once) {
			t.Fatalf("%s is not JSON", once)
		}
	})
}
