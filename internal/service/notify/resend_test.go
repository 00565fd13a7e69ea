package notify_test

import (
	"context"
	"errors"
	"net/http"
	"testing"

	"luoshi/internal/service"
	"luoshi/internal/service/notify"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/store"
)

func TestAMessageIsSentOnceMore(t *testing.T) {
	each(t, func(t *testing.T, f *servicetest.Fixture, s *notify.Service, admin context.Context) {
		r := newReceiver(t)
		terms := notify.Terms{Address: r.URL, Events: []string{"*"}}
		hook, _, err := s.Subscribe(admin, terms)
		if err != nil {
			t.Fatal(err)
		}
		id := hook.Value.ID
		sent, err := s.Ping(admin, id)
		if err != nil {
			t.Fatal(err)
		}
		work(t, f, s, 0)
		done := len(f.Queue.Tasks())
		if again, err := s.Resend(admin, id, sent.ID); err != nil || again.ID != sent.ID || again.State != notify.Waiting || again.Attempts != 0 {
			t.Fatalf("%+v, %v", again, err)
		}
		done = len(work(t, f, s, done))
		if got := r.got(); len(got) != 2 || got[0].header.Get("Webhook-Id") != got[1].header.Get("Webhook-Id") {
			t.Fatalf("%d messages", len(r.got()))
		}
		// One that waits for its next attempt is tried at once, and that attempt is not made twice.
		r.status = http.StatusBadGateway
		waits, err := s.Ping(admin, id)
		if err != nil {
			t.Fatal(err)
		}
		later := work(t, f, s, done)
		next := f.Queue.Tasks()[len(later)]
		r.status = http.StatusNoContent
		if _, err := s.Resend(admin, id, waits.ID); err != nil {
			t.Fatal(err)
		}
		do(t, s, f.Queue.Tasks()[len(later)+1])
		do(t, s, next)
		list, _, err := s.Deliveries(admin, id, notify.Delivered, "", 0)
		if err != nil || len(list) != 2 || list[0].Attempts != 2 || len(r.got()) != 4 {
			t.Errorf("%+v, %d messages, %v", list, len(r.got()), err)
		}
		resendRefused(admin, t, f, s, hook, sent.ID)
	})
}

func resendRefused(
	admin context.Context, t *testing.T, f *servicetest.Fixture, s *notify.Service, hook store.Record[notify.Webhook], delivery string,
) {
	t.Helper()
	id, terms := hook.Value.ID, notify.Terms{Address: hook.Value.Address, Events: []string{"*"}}
	var absent *store.NotFound
	var refused *service.Refused
	var fault *service.Fault
	if _, err := s.Resend(f.As(t.Context(), "auditor", f.Government.ID), id, delivery); !errors.As(err, &refused) {
		t.Errorf("an auditor resends: %v", err)
	}
	other, _, err := s.Subscribe(admin, terms)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Resend(admin, other.Value.ID, delivery); !errors.As(err, &absent) {
		t.Errorf("the message of another: %v", err)
	}
	terms.State = notify.Paused
	if _, err := s.Resubscribe(admin, id, terms, hook.Revision); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Resend(admin, id, delivery); !errors.As(err, &fault) || fault.Code != "webhook.inactive" {
		t.Errorf("to whom takes nothing: %v", err)
	}
}
