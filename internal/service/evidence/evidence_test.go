package evidence_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"image"
	"image/png"
	"io"
	"strings"
	"testing"

	"luoshi/internal/service"
	"luoshi/internal/service/evidence"
	"luoshi/internal/store/blob"
)

func taker(t *testing.T) evidence.Taker {
	t.Helper()
	folder, err := blob.NewFolder(t.TempDir(), sha256.New)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = folder.Close() })
	return evidence.Taker{Blobs: folder, MaxBytes: 1 << 20}
}

func picture(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 640, 480))); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestAFileIsTakenWithItsSmallPicture(t *testing.T) {
	k := taker(t)
	k.Scan = func(context.Context, string, io.Reader) (string, error) { return "", nil }
	file, err := k.Take(t.Context(), `C:\照片\现场.PNG`, strings.NewReader(picture(t)))
	if err != nil || file.Name != "现场.PNG" || file.MediaType != "image/png" || file.Preview == "" || !file.Scanned {
		t.Fatalf("taken is %+v, %v", file, err)
	}
	mediaType, content, err := k.Open(t.Context(), file, true)
	if err != nil || mediaType != "image/jpeg" {
		t.Fatalf("opened is %s, %v", mediaType, err)
	}
	small, _, err := image.DecodeConfig(content)
	if err != nil || small.Width != 320 {
		t.Errorf("the small picture is %+v, %v", small, err)
	}
	if err := content.Close(); err != nil {
		t.Error(err)
	}
}

func TestWhatIsNoEvidence(t *testing.T) {
	for code, row := range map[string]struct {
		name, content string
		scan          evidence.Scan
	}{
		"evidence.name":    {name: "/", content: "x"},
		"evidence.empty":   {name: "a.txt"},
		"evidence.large":   {name: "a.txt", content: strings.Repeat("x", 1<<20+1)},
		"evidence.type":    {name: "a.png", content: "<html>"},
		"evidence.harmful": {name: "a.txt", content: "x", scan: func(context.Context, string, io.Reader) (string, error) { return "Eicar", nil }},
		"evidence.unscanned": {name: "a.txt", content: "x", scan: func(context.Context, string, io.Reader) (string, error) {
			return "", errors.New("the scanner is gone")
		}},
	} {
		k := taker(t)
		k.Scan = row.scan
		_, err := k.Take(t.Context(), row.name, strings.NewReader(row.content))
		var fault *service.Fault
		if !errors.As(err, &fault) || fault.Code != code || fault.Words.ZH == "" || strings.Contains(fault.Words.EN, "{") {
			t.Errorf("%s: %v", code, err)
		}
	}
}
