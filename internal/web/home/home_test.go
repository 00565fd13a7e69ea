package home_test

import (
	"net/http"
	"testing"

	"luoshi/internal/service/servicetest"
	"luoshi/internal/web/home"
	"luoshi/internal/web/webtest"
)

func TestDesk(t *testing.T) {
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
		site := webtest.Serve(t, f, home.New(f.Core).Routes()...)
		site.Office().Get("/").Want(http.StatusOK, "工作台", "督查室")
		site.Office().Get("/?lang=en").Want(http.StatusOK, "Desk", "supervising office")
	})
}
