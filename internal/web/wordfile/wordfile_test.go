package wordfile

import (
	"mime"
	"net/http/httptest"
	"strings"
	"testing"

	"luoshi/document"
	"luoshi/office/docx"
	"luoshi/office/paper"
)

func TestServe(t *testing.T) {
	answer := httptest.NewRecorder()
	d := paper.Document{Title: "关于工作的通报", Body: []paper.Block{{Kind: paper.Paragraph, Runs: []paper.Run{{Text: "现将情况通报如下。"}}}}}
	if err := Serve(answer, `通报 "6/7"`, d, docx.Options{}); err != nil {
		t.Fatal(err)
	}
	_, said, err := mime.ParseMediaType(answer.Header().Get("Content-Disposition"))
	if err != nil || said["filename"] != "通报  6 7.docx" {
		t.Errorf("the file is called %q (%v)", said["filename"], err)
	}
	read, err := document.Open(t.Context(), "a.docx", answer.Body.Bytes(), document.Options{})
	if err != nil || !strings.Contains(read.Text, "现将情况通报如下。") {
		t.Errorf("read %v, %v", read, err)
	}
}

func TestWhatCannotBeWrittenIsNotHandedOut(t *testing.T) {
	answer := httptest.NewRecorder()
	err := Serve(answer, "a", paper.Document{Body: []paper.Block{{Kind: "song"}}}, docx.Options{})
	if err == nil || answer.Body.Len() > 0 || answer.Header().Get("Content-Disposition") != "" {
		t.Errorf("%v; %d bytes were handed out", err, answer.Body.Len())
	}
}
