package publication_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"luoshi/internal/audit/signing"
	"luoshi/internal/service"
	"luoshi/internal/service/publication"
	"luoshi/internal/service/publication/disclosed"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/light"
)

// TestNothingIsPublicByItself: before anybody has decided, there is nothing to find, whoever looks.
func TestNothingIsPublicByItself(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		if plans := have[[]publication.Opened](t)(o.Plans(o.public)); len(plans) != 0 {
			t.Errorf("%d plans are public", len(plans))
		}
		wantAbsent(t, second(o.Service.Plan(o.public, "2026")))
		wantAbsent(t, second(o.Service.Plan(o.office, "2026")))
		v := have[publication.View](t)(o.Settings(o.office, o.Plan0()))
		if v.Decided || v.Settings.Value.Open || v.Settings.Value.Address != "2026" {
			t.Errorf("what is offered: %+v", v.Settings.Value)
		}
		var refused *service.Refused
		if _, err := o.Settings(o.head, o.Plan0()); !errors.As(err, &refused) {
			t.Errorf("a unit sees what is public: %v", err)
		}
		if _, err := o.Save(o.head, o.Plan0(), all(), 0); !errors.As(err, &refused) {
			t.Errorf("a unit decides what is public: %v", err)
		}
		closed := v.Settings.Value
		have[publication.View](t)(o.Save(o.office, o.Plan0(), closed, 0))
		wantAbsent(t, second(o.Service.Plan(o.public, "2026")))
		if e := o.renew(t); e.Number != 0 {
			t.Errorf("a closed plan has edition %d", e.Number)
		}
	})
}

// TestAPlanIsOpenedAsChosen: what is shown follows the choices, and closing ends it at once.
func TestAPlanIsOpenedAsChosen(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.report(t, 1, "60", "submit", "review", "lock")
		v := o.open(t, all())
		if v.Edition.Number != 1 || v.Edition.Leaves != 4 || v.Edition.Added != 3 {
			t.Errorf("the first edition is %+v", v.Edition)
		}
		beds := o.shown(t, o.beds())
		if beds.Wording != o.Commitment.Wording() || beds.Lead != o.Bureau.Name || beds.Light == nil || len(beds.Light.Why) == 0 || len(beds.Turns) == 0 {
			t.Errorf("told of the beds: %+v", beds)
		}
		if len(beds.Measured) != 1 || len(beds.Measured[0].Figures) != 1 || beds.Measured[0].Figures[0].Cumulative.Plain() != "60" || beds.Measured[0].Indicator == nil {
			t.Errorf("figures of the beds: %+v", beds.Measured)
		}
		for name, c := range map[string]struct {
			without disclosed.Part
			lacks   string
		}{
			"units":   {disclosed.Units, o.Bureau.Name},
			"lights":  {disclosed.Lights, `"light"`},
			"figures": {disclosed.Figures, `"figures"`},
			"history": {disclosed.History, `"turns"`},
			"steps":   {disclosed.Steps, "完成选址"},
			"reasons": {disclosed.Reasons, "联系人"},
		} {
			s := all()
			s.Shows = slices.DeleteFunc(s.Shows, func(p disclosed.Part) bool { return p == c.without })
			o.open(t, s)
			if text := o.everything(t); strings.Contains(text, c.lacks) {
				t.Errorf("without %s it still says %q", name, c.lacks)
			}
		}
		s := all()
		s.Withheld = []string{"2026-002"}
		o.open(t, s)
		if text := o.everything(t); strings.Contains(text, o.roadworks.Title) || !strings.Contains(text, `"withheld":1`) {
			t.Error("what is withheld is told, or nobody is told that it is")
		}
		s.Open = false
		o.open(t, s)
		wantAbsent(t, second(o.Service.Plan(o.public, "2026")))
	})
}

// TestNothingInternalGetsOut: neither figures that are not locked, nor accounts, nor notes, nor telephone numbers.
func TestNothingInternalGetsOut(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.report(t, 1, "61", "submit", "review", "lock")
		o.report(t, 2, "9472", "submit") // sent in and not locked
		o.open(t, all())
		text := o.everything(t)
		for what, secret := range map[string]string{
			"a figure that is not locked": "9472", "an account": "unit-head", "the office's account": "supervising-office", "a note": "内部备注",
			"why a warning was passed over": "已核实", "a telephone number": "13912345678",
		} {
			if strings.Contains(text, secret) {
				t.Errorf("%s gets out: %s", what, secret)
			}
		}
		if !strings.Contains(text, "61") || !strings.Contains(text, "联系人小李") {
			t.Error("what was locked does not get out")
		}
		entries := o.Entries(t, publication.EditionKind, string(o.Plan0())+"/1")
		if !slices.Equal(entries, []string{"plan.disclose"}) {
			t.Errorf("the log says %v", entries)
		}
	})
}

// TestEditionsFollowTheLedger: a locked figure makes another edition, of that promise alone; the old one stays as it was.
func TestEditionsFollowTheLedger(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.report(t, 1, "60", "submit", "review", "lock")
		o.open(t, all())
		asked := func() (n int) {
			for _, task := range o.Queue.Tasks() {
				if task.Kind == publication.RenewKind {
					n++
				}
			}
			return n
		}
		before := asked()
		o.report(t, 2, "75", "submit", "review", "lock")
		if asked() != before+1 {
			t.Errorf("another edition was asked for %d times", asked()-before)
		}
		e := o.renew(t)
		if e.Number != 2 || e.Changed == 0 || e.Added != 0 || e.Removed != 0 {
			t.Errorf("the second edition is %+v", e)
		}
		if again := o.renew(t); again.Edition != e.Edition {
			t.Errorf("nothing has changed, and yet: %+v", again)
		}
		beds := o.shown(t, o.beds())
		if n := len(beds.Measured[0].Figures); n != 2 || beds.Measured[0].Figures[1].Cumulative.Plain() != "75" {
			t.Errorf("the beds are told to be %+v", beds.Measured[0].Figures)
		}
		for _, change := range []string{
			"UPDATE publication_records SET body = 'x'", "DELETE FROM publication_records", "UPDATE publication_editions SET root = 'x'", "DELETE FROM publication_editions",
		} {
			if _, err := o.Store().SQL().ExecContext(t.Context(), change); err == nil {
				t.Errorf("what was told can be changed: %s", change)
			}
		}
	})
}

// TestWhatIsToldCanBeProved: every record is in its edition, the edition in the log, and each head continues the one
// before; a record with another digit is not.
func TestWhatIsToldCanBeProved(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.report(t, 1, "60", "submit", "review", "lock")
		o.open(t, all())
		keys := signing.Keyring{o.key.Public()}
		opened := o.opened(t)
		prover := have[*publication.Prover](t)(o.Prove(o.public, opened))
		var records [][]byte
		for record, err := range o.Records(o.public, opened) {
			must(t, err)
			records = append(records, []byte(record))
		}
		must(t, opened.Edition.VerifyRecords(o.key.Public().Suite().Hashing(), records))
		for _, told := range have[[]publication.Told](t)(o.All(o.public, opened)) {
			proof := have[disclosed.Proof](t)(prover.Of(told))
			if _, _, err := proof.Verify(keys); err != nil {
				t.Errorf("%s: %v", told.Promise.Key, err)
			}
			proof.Record = strings.Replace(proof.Record, "2026", "2027", 1)
			if _, _, err := proof.Verify(keys); !errors.Is(err, disclosed.ErrNotPart) {
				t.Errorf("%s with another year: %v", told.Promise.Key, err)
			}
		}
		kept := have[disclosed.Log](t)(o.Service.Log(o.public))
		forged := prover.EditionProof
		forged.Edition.Leaves++
		if _, _, err := forged.Verify(keys); !errors.Is(err, disclosed.ErrNotLogged) {
			t.Errorf("an edition with another size: %v", err)
		}
		o.report(t, 2, "75", "submit", "review", "lock")
		o.renew(t)
		log := have[disclosed.Log](t)(o.Service.Log(o.public))
		if _, err := log.Verify(keys); err != nil || len(log.Heads) <= len(kept.Heads) {
			t.Errorf("%d heads after %d: %v", len(log.Heads), len(kept.Heads), err)
		}
		old := kept.Heads[len(kept.Heads)-1].Note
		head := have[signing.Head](t)(log.Knows(keys, old))
		grown := have[disclosed.SignedHead](t)(o.Growth(o.public, head.Size))
		last := have[signing.Head](t)(keys.Open(grown.Note))
		must(t, o.key.Public().Suite().Hashing().VerifyConsistency(head.Size, last.Size, head.Root, last.Root, grown.Path))
		other := have[*signing.Key](t)(signing.GenerateKey(signing.SHA256Ed25519, "elsewhere.example/audit"))
		if _, err := log.Verify(signing.Keyring{other.Public()}); err == nil {
			t.Error("the heads are by anybody's key")
		}
	})
}

// TestAddressesAreFew: an address is short and plain, and belongs to one plan; what was seen must be what is there.
func TestAddressesAreFew(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		for _, address := range []string{"", "A", "2026/1", "about", "-x", "年"} {
			s := all()
			s.Address = address
			wantFault(t, second(o.Save(o.office, o.Plan0(), s, 0)), "address.form")
		}
		v := o.open(t, all())
		_, err := o.Save(o.office, o.Plan0(), all(), v.Settings.Revision-1)
		if !store.IsConflict(err) {
			t.Errorf("what nobody saw is written over: %v", err)
		}
	})
}

// TestPromisesAreFound by their words, their section, their light and their unit.
func TestPromisesAreFound(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.clock.on(7, 6)
		o.compute(t)
		o.open(t, all())
		opened := o.opened(t)
		for name, c := range map[string]struct {
			query publication.Query
			want  int
		}{
			"everything": {publication.Query{}, 3},
			"words":      {publication.Query{Words: "排水 管网"}, 1},
			"a number":   {publication.Query{Words: "2026-003"}, 1},
			"a wildcard": {publication.Query{Words: "%"}, 0},
			"a unit":     {publication.Query{Unit: o.Street.Name}, 1},
			"a section":  {publication.Query{Section: 1}, 3},
			"no section": {publication.Query{Section: 99}, 0},
			"late":       {publication.Query{Colour: light.Red}, 1},
			"a kind":     {publication.Query{Kind: ledger.KindProject}, 0},
		} {
			listing := have[publication.Listing](t)(o.Promises(o.public, opened, c.query, store.Page{}))
			found := have[int](t)(o.Found(o.public, opened, c.query))
			if len(listing.Promises) != c.want || found != c.want {
				t.Errorf("%s: %d promises, %d counted, want %d", name, len(listing.Promises), found, c.want)
			}
		}
		first := have[publication.Listing](t)(o.Promises(o.public, opened, publication.Query{}, store.Page{Limit: 2}))
		rest := have[publication.Listing](t)(o.Promises(o.public, opened, publication.Query{}, store.Page{Limit: 2, After: first.Next}))
		if len(first.Promises) != 2 || len(rest.Promises) != 1 || rest.Next != "" {
			t.Errorf("parts of %d and %d", len(first.Promises), len(rest.Promises))
		}
		tally := have[publication.Tally](t)(o.Count(o.public, opened))
		if tally.All != 3 || tally.Colours[light.Red] != 1 || tally.Of(opened, 1)[""] != 3 || len(tally.Units) != 2 {
			t.Errorf("the tally is %+v", tally)
		}
	})
}
