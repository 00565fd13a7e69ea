package transfer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// Preview tells what a parcel would bring, and changes nothing.
func (s *Service) Preview(ctx context.Context, p *Parcel) (report Report, err error) {
	if err := s.core.Check(ctx, receive, service.Owned{}); err != nil {
		return Report{}, err
	}
	err = s.core.Store().Snapshot(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, compared, err := s.held(ctx, tx, p)
		report = compared.report
		return err
	})
	if err != nil {
		return Report{}, err
	}
	for _, digest := range p.files() {
		there, err := s.blobs.Has(ctx, digest)
		if err != nil {
			return Report{}, err
		}
		if !there {
			report.Files++
		}
	}
	return report, nil
}

// held are the records of a parcel, held against a database.
func (s *Service) held(ctx context.Context, tx bun.Tx, p *Parcel) (contents, comparison, error) {
	shapes, err := s.shapes(ctx, tx)
	if err != nil {
		return nil, comparison{}, err
	}
	brought, err := p.contents(shapes)
	if err != nil {
		return nil, comparison{}, err
	}
	if err := p.fits(brought, shapes); err != nil {
		return nil, comparison{}, fault(nil, "transfer.unfit", err.Error())
	}
	compared, err := compare(ctx, tx, shapes, brought)
	compared.report.Plan = p.Manifest.Plan
	return brought, compared, err
}

// Import brings a plan in, all of it or nothing. Where a record is there already and is another, nothing is changed and
// the report has the differences.
func (s *Service) Import(ctx context.Context, p *Parcel) (Report, error) {
	report, err := s.Preview(ctx, p)
	if err != nil || len(report.Differences) > 0 || report.News() == 0 && report.Files == 0 {
		return report, err
	}
	// The bytes come first: a file that no record speaks of does no harm, a record without its file would.
	for _, digest := range p.files() {
		if err := s.keep(ctx, p, digest); err != nil {
			return Report{}, err
		}
	}
	err = s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.Allow(receive, access.Object{}); err != nil {
			return err
		}
		brought, compared, err := s.held(ctx, w.Tx(), p)
		if err != nil {
			return err
		}
		files := report.Files
		report = compared.report
		report.Files = files
		if len(report.Differences) > 0 {
			return errDiffers // somebody was quicker
		}
		return s.bring(ctx, w, p, brought, compared.fresh)
	})
	if errors.Is(err, errDiffers) {
		return report, nil
	}
	return report, err
}

var errDiffers = errors.New("transfer: something differs")

func (s *Service) keep(ctx context.Context, p *Parcel, digest ledger.Digest) error {
	there, err := s.blobs.Has(ctx, digest)
	if err != nil || there {
		return err
	}
	content, err := p.open(filesFolder + string(digest))
	if err != nil {
		return err
	}
	_, err = s.blobs.Put(ctx, content, digest)
	return errors.Join(err, content.Close())
}

// files are the digests of the files of a parcel.
func (p *Parcel) files() []ledger.Digest {
	var digests []ledger.Digest
	for _, name := range sortedKeys(p.parts) {
		if name[0] == 'f' {
			digests = append(digests, ledger.Digest(name[len(filesFolder):]))
		}
	}
	return digests
}

// fits looks whether a parcel holds one plan and nothing else: what belongs to a plan belongs to this one, every row to
// a record of the parcel, and every document and all evidence have their files.
func (p *Parcel) fits(brought contents, shapes map[string]shape) error {
	wanted, files := brought.files(shapes), p.files()
	if !slices.EqualFunc(wanted, files, func(id string, d ledger.Digest) bool { return id == string(d) }) {
		return errors.New("records and files differ")
	}
	for i, k := range kinds {
		ids := brought.ids(i, shapes)
		if k.how == itself && !slices.Equal(ids, []string{p.Manifest.Plan.ID}) {
			return fmt.Errorf("the plan is not %s", p.Manifest.Plan.ID)
		}
		for j, t := range k.tables {
			s := shapes[t.name]
			for _, r := range brought[i][j] {
				if id := t.ownerOf(s, r); !known(ids, id) {
					return fmt.Errorf("%s belongs to %q", t.name, id)
				}
				if at := s.column("plan"); k.how == ofPlan && at >= 0 && r[at] != p.Manifest.Plan.ID {
					return fmt.Errorf("%s belongs to the plan %v", t.name, r[at])
				}
			}
		}
	}
	return nil
}

// known tells whether an identifier is among ordered ones.
func known(ids []string, id string) bool {
	_, found := slices.BinarySearch(ids, id)
	return found
}

// bring writes the records, reads them as the ledger does, and logs each.
func (s *Service) bring(ctx context.Context, w *service.Work, p *Parcel, brought contents, fresh []map[string]bool) error {
	shapes, err := s.shapes(ctx, w.Tx())
	if err != nil {
		return err
	}
	if err := s.lookLater(ctx, w.Tx()); err != nil {
		return err
	}
	if err := insert(ctx, w.Tx(), shapes, brought, fresh); err != nil {
		return fault(err, "transfer.unfit", err.Error())
	}
	if err := s.lookNow(ctx, w.Tx()); err != nil {
		return fault(err, "transfer.unfit", err.Error())
	}
	if err := s.readBack(ctx, ledger.PlanID(p.Manifest.Plan.ID)); err != nil {
		return fault(err, "transfer.unfit", err.Error())
	}
	if err := s.core.Store().Reindex(ctx); err != nil {
		return err
	}
	from := origin{Program: p.Manifest.Program, Made: p.Manifest.Made}
	for i, k := range kinds {
		after, with := entriesOf(k, shapes, brought[i], from)
		for _, id := range sortedKeys(fresh[i]) {
			w.Record(receive, k.tables[k.root()].name, id, nil, after[id], with[id])
		}
	}
	if !fresh[plans][p.Manifest.Plan.ID] { // only what stands around it came in
		w.Record(receive, "plans", p.Manifest.Plan.ID, nil, nil, from)
	}
	return nil
}

// origin is what the log keeps of a parcel, and of the rows that a record has in it: an entry has no room for all of
// them, so their digest vouches for them.
type origin struct {
	Program string    `json:"program"`
	Made    time.Time `json:"made"`
	Rows    int       `json:"rows,omitempty"`
	SHA256  string    `json:"sha256,omitempty"`
}

// entriesOf are the records as the log keeps them, each with the digest of all its rows. Texts of documents, and what
// was read out of them, are under that digest alone.
func entriesOf(k kind, shapes map[string]shape, brought rows, from origin) (after map[string]map[string]any, with map[string]origin) {
	after, with = map[string]map[string]any{}, map[string]origin{}
	sums := map[string]hash.Hash{}
	for j, t := range k.tables {
		s := shapes[t.name]
		for _, r := range brought[j] {
			id := t.ownerOf(s, r)
			if sums[id] == nil {
				sums[id], with[id] = sha256.New(), from
			}
			o := with[id]
			o.Rows++
			with[id] = o
			sums[id].Write(append(s.line(r), '\n'))
			if j == k.root() && k.how != derived {
				after[id] = s.fieldsOf(r)
			}
		}
	}
	for id, sum := range sums {
		o := with[id]
		o.SHA256 = hex.EncodeToString(sum.Sum(nil))
		with[id] = o
	}
	return after, with
}

// fieldsOf is a row by its columns, without the text of a document or the form of a submission.
func (s shape) fieldsOf(r row) map[string]any {
	values := map[string]any{}
	for i, c := range s {
		if c.Name != "body" && c.Name != "form" {
			values[c.Name] = r[i]
		}
	}
	return values
}

// lookLater lets references be looked at in the end: a parent may come behind its children.
func (s *Service) lookLater(ctx context.Context, tx bun.Tx) error {
	statement := "PRAGMA defer_foreign_keys = ON"
	if s.core.Store().Dialect() == store.Postgres {
		statement = "SET CONSTRAINTS ALL DEFERRED"
	}
	_, err := tx.ExecContext(ctx, statement)
	return err
}

// lookNow looks at the references before the transaction ends, so that it can be said what is wrong.
func (s *Service) lookNow(ctx context.Context, tx bun.Tx) error {
	if s.core.Store().Dialect() == store.Postgres {
		_, err := tx.ExecContext(ctx, "SET CONSTRAINTS ALL IMMEDIATE")
		return err
	}
	var broken []struct{ Table, Parent string }
	if err := tx.NewRaw(`SELECT "table", parent FROM pragma_foreign_key_check`).Scan(ctx, &broken); err != nil {
		return err
	}
	if len(broken) > 0 {
		return fmt.Errorf("%s refers to %s that are not there", broken[0].Table, broken[0].Parent)
	}
	return nil
}

// readBack reads the plan as the ledger does, which fails where figures, dates or words are none, and holds every
// passage against the text of its document.
func (s *Service) readBack(ctx context.Context, plan ledger.PlanID) error {
	st := s.core.Store()
	_, err := st.Plans().Get(ctx, string(plan))
	_, projects := service.All(ctx, st.Projects().List, store.InPlan(plan))
	_, indicators := service.All(ctx, st.Indicators().List, store.InPlan(plan))
	_, amendments := service.All(ctx, st.Amendments().List, store.InPlan(plan))
	_, units := s.core.Tree(ctx)
	_, posts := service.All(ctx, st.Posts().List)
	commitments, promised := service.All(ctx, st.Commitments().List, store.InPlan(plan))
	if err := errors.Join(err, projects, indicators, amendments, units, posts, promised); err != nil {
		return err
	}
	texts := map[ledger.Digest]string{}
	for _, c := range commitments {
		for _, passage := range c.Value.Source() {
			digest := passage.Document()
			if _, read := texts[digest]; !read {
				document, err := st.Documents().Get(ctx, string(digest))
				if err != nil {
					return err
				}
				texts[digest] = document.Value.Text
			}
			if !passage.StandsIn(texts[digest]) {
				return fmt.Errorf("a passage of %s is not in its document", c.Value.Number)
			}
		}
	}
	return nil
}
