package outward_test

import (
	"net/netip"
	"testing"

	"luoshi/internal/service/outward"
)

func TestWhichAddressesMayBeSentTo(t *testing.T) {
	allowed := []netip.Prefix{netip.MustParsePrefix("10.8.0.0/16")}
	for address, want := range map[string]bool{
		"8.8.8.8": true, "2606:4700::1111": true, "10.8.3.4": true, "::ffff:10.8.3.4": true,
		"127.0.0.1": false, "::1": false, "::ffff:127.0.0.1": false, "10.9.0.1": false, "172.16.0.1": false, "192.168.1.1": false,
		"169.254.169.254": false, "fe80::1%eth0": false, "fd00::1": false, "0.0.0.0": false, "::": false, "224.0.0.1": false,
		"255.255.255.255": false, "100.64.0.1": false, "198.18.0.1": false, "64:ff9b::a00:1": false, "2002:a00:1::": false, "fec0::1": false,
	} {
		if got := outward.Reachable(netip.MustParseAddr(address), allowed); got != want {
			t.Errorf("%s: %v", address, got)
		}
	}
}
