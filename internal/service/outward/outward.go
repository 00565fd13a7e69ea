// Package outward sends to addresses that people have typed, without being led into one's own network: nobody reaches by
// a subscription or a robot what only the server reaches.
package outward

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"syscall"
	"time"
)

// ErrInside is the error of an address within one's own network that was not allowed.
var ErrInside = errors.New("outward: the address is inside the network")

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

// Reachable tells whether an address may be sent to.
func Reachable(a netip.Addr, inside []netip.Prefix) bool {
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

// Client is one that looks at the address it really connects to, after the name was resolved, so that a name
// cannot be turned round between the check and the connection. It follows no redirect and uses no proxy.
func Client(inside []netip.Prefix) *http.Client {
	return guarded(func(a netip.Addr) bool { return Reachable(a, inside) })
}

// Only is a client that reaches some networks and no address else.
func Only(networks []netip.Prefix) *http.Client {
	return guarded(func(a netip.Addr) bool {
		return slices.ContainsFunc(networks, func(p netip.Prefix) bool { return p.Contains(a.Unmap().WithZone("")) })
	})
}

func guarded(allowed func(netip.Addr) bool) *http.Client {
	dialer := &net.Dialer{
		Timeout: 10 * time.Second,
		Control: func(_, address string, _ syscall.RawConn) error {
			to, err := netip.ParseAddrPort(address)
			if err != nil {
				return fmt.Errorf("outward: reading the address %s: %w", address, err)
			}
			if !allowed(to.Addr()) {
				return fmt.Errorf("%w: %s", ErrInside, to.Addr())
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

// Fit is what is wrong with an address that is to be sent to.
type Fit string

// What can be wrong with an address.
const (
	Fits        Fit = ""
	NoAddress   Fit = "address"     // no address of the web
	Credentials Fit = "credentials" // it holds a password
	Inside      Fit = "inside"      // it leads into one's own network
)

const longestAddress = 2000

// Check tells what is wrong with an address, as far as can be seen before anything is sent. A name that resolves to
// nothing yet is let pass: the attempt will fail, and say so.
func Check(ctx context.Context, address string, inside []netip.Prefix) Fit {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || len(address) > longestAddress || strings.ContainsAny(address, " \t\r\n") {
		return NoAddress
	}
	if u.User != nil {
		return Credentials
	}
	ctx, stop := context.WithTimeout(ctx, 2*time.Second)
	defer stop()
	found, err := net.DefaultResolver.LookupNetIP(ctx, "ip", u.Hostname())
	if err != nil {
		return Fits
	}
	for _, to := range found {
		if !Reachable(to, inside) {
			return Inside
		}
	}
	return Fits
}
