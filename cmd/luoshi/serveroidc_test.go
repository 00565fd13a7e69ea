package main

import (
	"net/http"
	"strings"
	"testing"

	"luoshi/internal/service/identity/openid/openidtest"
	"luoshi/internal/store/storetest"
)

func TestTheSettingsLeadToTheIdentityProvider(t *testing.T) {
	p := openidtest.Start(t)
	r := startedServer(t, openedServer(t, testConfig(t, storetest.SQLite(t), map[string]string{
		"oidc-issuer": p.URL, "oidc-client": openidtest.Client, "oidc-name": "望溪统一登录",
	})))
	if status, said := get(t, r, "/sign-in", ""); status != http.StatusOK || !strings.Contains(said, "望溪统一登录") {
		t.Errorf("%d: no button on the page of signing in", status)
	}
	departure, err := r.server.identity.Depart(t.Context())
	if err != nil || !strings.Contains(departure.Address, "luoshi.example%2Fsign-in%2Fprovider%2Freturn") {
		t.Errorf("sent to %s, %v", departure.Address, err)
	}
}
