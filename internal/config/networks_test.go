package config_test

import (
	"errors"
	"fmt"
	"testing"

	"luoshi/internal/config"
)

func TestTheNetworksThatWebhooksMayReach(t *testing.T) {
	for text, want := range map[string]string{
		"": "[]", "10.8.0.0/16": "[10.8.0.0/16]", "10.8.3.4/16, 192.168.1.7": "[10.8.0.0/16 192.168.1.7/32]", "fd00::/8 ::1": "[fd00::/8 ::1/128]",
	} {
		c, err := config.Load(config.Sources{Flags: map[string]string{"webhook-inside": text}})
		if err != nil || fmt.Sprint(c.WebhookInside()) != want {
			t.Errorf("%q: %v, %v", text, c, err)
		}
	}
	for _, text := range []string{"10.8.0.0/33", "intranet", "10.8.0.0/16;10.9.0.0/16"} {
		var problems config.Problems
		if _, err := config.Load(config.Sources{Flags: map[string]string{"webhook-inside": text}}); !errors.As(err, &problems) || problems[0].Code != "networks" {
			t.Errorf("%q: %v", text, err)
		}
	}
}
