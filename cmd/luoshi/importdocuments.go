package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"luoshi/document/fault"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/intake"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// importDeeds are what the command does in the place of the supervising office, and no more.
var importDeeds = []access.Action{"document.upload", "document.read", "document.interpret"}

// reviewDeeds come with them where a review is to be opened.
var reviewDeeds = []access.Action{"proposal.read", "proposal.review", "plan.read", "plan.create"}

// importing is an import of documents.
type importing struct {
	*console
	*server
	year int
	plan ledger.PlanID // the draft of the year, once it is known
}

// importDocuments uploads documents and reads them, one after the other. One that cannot be read keeps none of the
// others from it.
func (c *console) importDocuments(ctx context.Context, s *server, paths []string, year int) error {
	may := importDeeds
	if year != 0 {
		may = append(append([]access.Action{}, importDeeds...), reviewDeeds...)
	}
	in := &importing{console: c, server: s, year: year}
	ctx = asCommand(ctx, "import", may...)
	bad := 0
	for i, path := range paths {
		fmt.Fprintln(c.stderr, c.say("import.reading", i+1, len(paths), filepath.Base(path)))
		err := in.document(ctx, path)
		if err == nil {
			continue
		}
		words, known := in.whyNot(err)
		if !known {
			return err
		}
		fmt.Fprintln(c.stdout, c.say("import.failed", filepath.Base(path), words))
		bad++
	}
	if bad > 0 {
		return errFindings
	}
	return nil
}

// whyNot is what is wrong with a document; false for what is wrong with the server.
func (in *importing) whyNot(err error) (string, bool) {
	var broken *fault.Fault
	var path *os.PathError
	var served *service.Fault
	switch {
	case errors.As(err, &broken):
		return broken.Message(string(in.lang)), true
	case errors.As(err, &served):
		return in.wording(served.Words), true
	case errors.As(err, &path):
		return in.system(err)
	}
	return "", false
}

func (in *importing) document(ctx context.Context, path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	uploaded, err := in.intake.Upload(ctx, filepath.Base(path), file)
	if err = errors.Join(err, file.Close()); err != nil {
		return err
	}
	digest := uploaded.Document.Value.Digest
	// A server that runs may have begun with it already: to read it twice does no harm.
	args, err := json.Marshal(map[string]ledger.Digest{"document": digest})
	if err != nil {
		return err
	}
	if err := in.intake.Read(ctx, args); err != nil {
		return err
	}
	progress, err := in.intake.Progress(ctx, digest)
	if err != nil {
		return err
	}
	if progress.Fault != nil {
		return progress.Fault
	}
	said := "import.read"
	if uploaded.Again {
		said = "import.again"
	}
	fmt.Fprintln(in.stdout, in.say(said, filepath.Base(path), progress.Promises, progress.Figures))
	if in.year == 0 {
		return nil
	}
	return in.review(ctx, digest)
}

// review opens the review of a document for the draft of the year, unless it was opened before.
func (in *importing) review(ctx context.Context, digest ledger.Digest) error {
	opened, err := in.intake.Reviews(ctx, digest)
	if err != nil {
		return err
	}
	if len(opened) > 0 {
		fmt.Fprintln(in.stdout, in.say("import.reviewed"))
		return nil
	}
	if in.plan == "" {
		if in.plan, err = in.draft(ctx); err != nil {
			return err
		}
	}
	if in.plan, err = in.intake.OpenReview(ctx, intake.Opening{Document: digest, Plan: in.plan, Year: in.year}); err != nil {
		return err
	}
	fmt.Fprintln(in.stdout, in.say("import.review", in.config.PublicURL()+"/intakes/"+string(in.plan)+"/"+string(digest)))
	return nil
}

// draft is the draft of the year; none where one is to be made.
func (in *importing) draft(ctx context.Context) (ledger.PlanID, error) {
	found, err := service.All(ctx, in.store.Plans().List, store.Where("year", in.year), store.Where("state", string(ledger.Draft)))
	if err != nil || len(found) == 0 {
		return "", err
	}
	return found[0].Value.ID, nil
}
