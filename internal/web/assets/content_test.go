package assets_test

import (
	"path"
	"testing"

	"luoshi/internal/web/assets"
)

func TestAFileIsGivenOutElsewhereUnderItsName(t *testing.T) {
	file, content, ok := assets.Content("public.css")
	if !ok || len(content) == 0 || path.Base(assets.URL("public.css")) != file {
		t.Errorf("%s: %d bytes", file, len(content))
	}
	if _, _, ok := assets.Content("nowhere.css"); ok {
		t.Error("there is a file that is not there")
	}
}
