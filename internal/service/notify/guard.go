package notify

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"
)

var errInside = errors.New("notify: the address is inside the network")

// nowhere are the networks that are no address of another program's on the Internet, beyond those that package
// netip tells: this network, shared addresses of providers, documentation, benchmarks, and IPv4 within IPv6.
var nowhere = func() []netip.Prefix {
	var all []netip.Prefix
	for _, text := range []string{
		"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
		"240.0.0.0/4", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "fec0::/10",
	} {
		all = append(all, netip.MustParsePrefix(text))
	}
	return all
}()

// reachable tells whether an address may be sent to.
func reachable(a netip.Addr, inside []netip.Prefix) bool {
	a = a.Unmap().WithZone("")
	for _, p := range inside {
		if p.Contains(a) {
			return true
		}
	}
	for _, p := range nowhere {
		if p.Contains(a) {
			return false
		}
	}
	return a.IsGlobalUnicast() && !a.IsPrivate()
}

// guarded is a client that looks at the address it really connects to, after the name was resolved, so that a name
// cannot be turned round between the check and the connection. It follows no redirect and uses no proxy.
func guarded(inside []netip.Prefix) *http.Client {
	dialer := &net.Dialer{
		Timeout: 10 * time.Second,
		Control: func(_, address string, _ syscall.RawConn) error {
			to, err := netip.ParseAddrPort(address)
			if err != nil {
				return fmt.Errorf("notify: reading the address %s: %w", address, err)
			}
			if !reachable(to.Addr(), inside) {
				return fmt.Errorf("%w: %s", errInside, to.Addr())
			}
			return nil
		},
	}
	return &http.Client{
		Timeout: 20 * time.Second,
		Transport: &http.Transport{
			DialContext: dialer.DialContext, TLSHandshakeTimeout: 10 * time.Second, ResponseHeaderTimeout: 15 * time.Second,
			MaxResponseHeaderBytes: 16 << 10, MaxIdleConnsPerHost: 2, IdleConnTimeout: 30 * time.Second,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// checkAddress tells whether a subscription may have an address. A name that resolves to nothing yet is let pass:
// the attempt will fail, and say so.
func (s *Service) checkAddress(ctx context.Context, address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || len(address) > 2000 || strings.ContainsAny(address, " \t\r\n") {
		return fault("webhook.address", "")
	}
	if u.User != nil {
		return fault("webhook.credentials", "")
	}
	ctx, stop := context.WithTimeout(ctx, 2*time.Second)
	defer stop()
	found, err := net.DefaultResolver.LookupNetIP(ctx, "ip", u.Hostname())
	if err != nil {
		return nil
	}
	for _, to := range found {
		if !reachable(to, s.options.Inside) {
			return fault("webhook.inside", "")
		}
	}
	return nil
}
