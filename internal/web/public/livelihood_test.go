package public_test

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"luoshi/internal/service/livelihood"
	"luoshi/internal/web/public"
	"luoshi/ledger"
	rules "luoshi/ledger/livelihood"
	"luoshi/office/docx"
	"luoshi/office/page"
	"luoshi/office/paper/papertest"
)

// pictured adds a livelihood item with a picture.
func (o *town) pictured(t *testing.T) livelihood.Picture {
	t.Helper()
	c := o.Promise(o.Store(), ledger.CommitmentTerms{
		Number: "2026-010", Title: "改造公厕12座", Section: 2, By: day(12, 31), Lead: o.Bureau.ID, State: ledger.InForce, Kind: ledger.KindLivelihood,
	})
	must(t, second(o.Store().Commitments().Add(t.Context(), c)))
	var b bytes.Buffer
	must(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, 400, 300))))
	head := o.Fixture.As(t.Context(), "unit-head", o.Bureau.ID)
	shot := livelihood.Shot{Stage: rules.After, On: day(7, 1), Caption: "外墙完工"}
	return have[livelihood.Picture](t)(o.items.AddPicture(head, c.ID, shot, livelihood.File{Name: "现场.png", Content: &b}))
}

func second[T any](_ T, err error) error { return err }

// TestTheOfficeMarksPictures: what it ticks is shown to everybody, on the server and in the files, and nothing else.
func TestTheOfficeMarksPictures(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		marked := o.pictured(t)
		settings := "/plans/" + o.plan + "/public"
		office, guest := o.Office(), o.Public()
		office.Get(settings).Want(http.StatusOK, "外墙完工", "可以公开的照片")
		open := []string{"open", "1", "address", "2026", "shows", "pictures", "shows", "satisfaction"}
		office.Post(settings, form(append(open, "seen", "0")...)).Want(http.StatusOK)
		guest.Get("/public/2026/promises/2026-010").Want(http.StatusOK).Lacks("外墙完工")
		office.Post(settings, form(append(open, "seen", "1", "pictures", string(marked.ID))...)).Want(http.StatusOK)
		body := guest.Get("/public/2026/promises/2026-010").Want(http.StatusOK, "外墙完工", "实景照片").Body
		name := "/public/2026/pictures/2026-010/" + string(marked.File.Digest) + ".png"
		if !strings.Contains(body, name) {
			t.Errorf("the page does not lead to %s", name)
		}
		if got := guest.Get(name).Want(http.StatusOK).Header.Get("Content-Type"); got != "image/png" {
			t.Errorf("the picture is %s", got)
		}
		guest.Get("/public/2026/pictures/2026-001/" + string(marked.File.Digest) + ".png").Want(http.StatusNotFound)
		guest.Get("/public/2026/promises/2026-010?lang=en").Want(http.StatusOK, "Pictures")

		folder := filepath.Join(t.TempDir(), "site")
		o.write(t, folder, public.StaticOptions{})
		o.whole(t, folder)
		if files := read(t, folder); len(files["2026/pictures/2026-010/"+string(marked.File.Digest)+".png"]) == 0 {
			t.Error("the picture is not among the files")
		}
	})
}

// TestPapersAreAmongTheFiles: bulletins and reports that are public are files of the site, which lead nowhere else.
func TestPapersAreAmongTheFiles(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.open(t)
		o.pages.WithPapers(func(context.Context, ledger.PlanID) ([]public.Paper, error) {
			return []public.Paper{{Title: "上半年工作通报", Path: "/bulletins/b-1", Name: "b-1", Files: func(context.Context) ([]public.PaperFile, error) {
				return []public.PaperFile{
					{Format: "html", Write: func(_ context.Context, w io.Writer) error { return page.Write(w, papertest.Report(), page.Options{}) }},
					{Format: "docx", Write: func(_ context.Context, w io.Writer) error { return docx.Write(w, papertest.Report(), docx.Options{}) }},
				}, nil
			}}}, nil
		})
		folder := filepath.Join(t.TempDir(), "site")
		o.write(t, folder, public.StaticOptions{})
		o.whole(t, folder)
		files := read(t, folder)
		if !bytes.HasPrefix(files["2026/papers/b-1.docx"], []byte("PK")) || !bytes.Contains(files["2026/papers/b-1.html"], []byte("<article")) {
			t.Error("the papers are not among the files")
		}
		for _, name := range []string{"2026/index.html", "en/2026/index.html"} {
			if !bytes.Contains(files[name], []byte(`papers/b-1.html"`)) || bytes.Contains(files[name], []byte("/bulletins/")) {
				t.Errorf("%s leads elsewhere", name)
			}
		}
	})
}

// TestWhatWasPublicIsExplained: a promise that was taken back answers 410 and says why nothing is lost, at its page, its
// proof and its forms; one that never was public is not found.
func TestWhatWasPublicIsExplained(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.open(t)
		settings := "/plans/" + o.plan + "/public"
		o.Office().Post(settings, form("seen", "1", "open", "1", "address", "2026", "shows", "feedback", "shows", "follow", "withheld", "2026-002")).Want(http.StatusOK)
		guest := o.Public()
		guest.Get("/public/2026/promises/2026-002").Want(http.StatusGone, "已不再公开", "2026-002", "签名日志").Lacks("排水管网")
		guest.Get("/public/2026/promises/2026-002?lang=en").Want(http.StatusGone, "no longer public")
		guest.Get("/public/2026/promises/2026-002?lang=zh-CN").Want(http.StatusGone)
		guest.Get("/public/2026/proofs/2026-002.json").Want(http.StatusGone)
		guest.Post("/public/2026/promises/2026-002/feedback", form("words", "这里的路还没有修好。")).Want(http.StatusGone, "已不再公开")
		guest.Post("/public/2026/promises/2026-002/follow", form("email", "citizen@example.com")).Want(http.StatusGone)
		guest.Get("/public/2026/promises/2026-999").Want(http.StatusNotFound)
		page := guest.Get("/public/2026/promises/2026-002")
		for _, problem := range validate([]byte(page.Body)) {
			t.Error(problem)
		}
	})
}

// TestNothingFoundSaysWhatToDo: in a plan and in all of them.
func TestNothingFoundSaysWhatToDo(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.open(t)
		guest := o.Public()
		for _, address := range []string{"/public/2026?q=航天飞机", "/public/search?q=航天飞机"} {
			page := guest.Get(address).Want(http.StatusOK, "没有找到", "换一个说法", "查看全部事项")
			for _, problem := range validate([]byte(page.Body)) {
				t.Errorf("%s: %s", address, problem)
			}
		}
		guest.Get("/public/search?lang=en&q=nothing").Want(http.StatusOK, "Try other or fewer words")
	})
}
