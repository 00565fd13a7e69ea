package redact

import (
	"reflect"
	"testing"
)

func TestSecretsAreBlanked(t *testing.T) {
	given := map[string]any{
		"name":         "王某某",
		"passwordHash": "anything",
		"Password":     "湖滨2026",
		"api-key":      "k",
		"口令":           "k",
		"old_password": map[string]any{"from": "a", "to": "b"},
		"session_id":   nil,
		"token":        "",
		"unit":         map[string]any{"clientSecret": []any{"x"}, "title": "发展改革局"},
		"note":         []any{"$argon2id$v=19$m=65536", "见 -----BEGIN PRIVATE KEY-----", "PRIVATE+KEY+luoshi+1+2", "普通文字"},
	}
	want := map[string]any{
		"name":         "王某某",
		"passwordHash": Blank,
		"Password":     Blank,
		"api-key":      Blank,
		"口令":           Blank,
		"old_password": Blank,
		"session_id":   nil,
		"token":        "",
		"unit":         map[string]any{"clientSecret": Blank, "title": "发展改革局"},
		"note":         []any{Blank, Blank, Blank, "普通文字"},
	}
	if got := Value(given); !reflect.DeepEqual(got, want) {
		t.Errorf("%v\nwant %v", got, want)
	}
	if given["Password"] != "湖滨2026" {
		t.Error("the value given was changed")
	}
}

func TestWhatOnlySoundsLikeASecretStays(t *testing.T) {
	for _, name := range []string{"key", "idempotency_key", "object_key", "stake", "tokenizer", "spine", "sessions_held", "keyword"} {
		if known.isSecretName(name) {
			t.Errorf("%s would be blanked", name)
		}
	}
}

func TestThePatternsAreWellFormed(t *testing.T) {
	if len(known.names) == 0 || len(known.values) == 0 {
		t.Fatal("secrets.txt has no patterns")
	}
	for _, text := range []string{"name", "value ", "colour red", "name a*b", "name Token", "name *"} {
		if _, err := parse(text); err == nil {
			t.Errorf("%q was accepted as a pattern", text)
		}
	}
}
