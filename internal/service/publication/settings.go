package publication

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/uptrace/bun"

	"luoshi/internal/service"
	"luoshi/internal/service/livelihood"
	"luoshi/internal/service/publication/disclosed"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// Settings are what of a plan is public. The zero Settings are nothing.
type Settings struct {
	Open         bool                   `json:"open"`
	Address      string                 `json:"address"` // /public/ADDRESS
	Shows        []disclosed.Part       `json:"shows"`
	Documents    []ledger.Digest        `json:"documents"`          // whose files can be downloaded
	Withheld     []string               `json:"withheld"`           // the numbers of promises that are not public
	Pictures     []livelihood.PictureID `json:"pictures,omitempty"` // of livelihood items that may be seen
	Introduction string                 `json:"introduction,omitempty"`
	Contact      string                 `json:"contact,omitempty"`
}

// show tells whether a part is public.
func (s Settings) show(p disclosed.Part) bool { return slices.Contains(s.Shows, p) }

// UsualSettings are what the form offers for a plan that is not public yet. They are not open.
func UsualSettings(plan ledger.Plan) Settings {
	return Settings{
		Address: strconv.Itoa(plan.Year),
		Shows:   []disclosed.Part{disclosed.Units, disclosed.Lights, disclosed.Figures, disclosed.History, disclosed.Steps, disclosed.Data},
	}
}

type publicationRow struct {
	bun.BaseModel `bun:"table:publications,alias:publications"`
	Plan          string `bun:"plan,pk"`
	Revision      int64  `bun:"revision"`
	Government    string `bun:"government"`
	Open          bool   `bun:"open"`
	Address       string `bun:"address"`
	Asked         int64  `bun:"asked"`
	Body          string `bun:"body"`
	Updated       string `bun:"updated"`
}

func (r publicationRow) settings() (Settings, error) {
	var s Settings
	if err := json.Unmarshal([]byte(r.Body), &s); err != nil {
		return s, fmt.Errorf("publication: reading what of plan %s is public: %w", r.Plan, err)
	}
	return s, nil
}

// row is what of a plan is public; false where nothing was ever decided.
func (s *Service) row(ctx context.Context, plan ledger.PlanID) (publicationRow, bool, error) {
	row := publicationRow{Plan: string(plan)}
	err := s.core.Store().View(ctx).NewSelect().Model(&row).WherePK().Scan(ctx)
	if noRows(err) {
		return row, false, nil
	}
	if err != nil {
		return row, false, fmt.Errorf("publication: reading what of plan %s is public: %w", plan, err)
	}
	return row, true, nil
}

// View is what of a plan is public, for who decides it.
type View struct {
	Plan     ledger.Plan
	Settings store.Record[Settings]
	Decided  bool      // somebody has decided; otherwise the settings are what is offered
	Edition  EditionIs // the last one; zero where there is none
	Waiting  int64     // feedback that waits for the office
	Follows  int64     // confirmed
}

// Settings is what of a plan is public, for who decides it.
func (s *Service) Settings(ctx context.Context, id ledger.PlanID) (View, error) {
	plan, err := s.core.Store().Plans().Get(ctx, string(id))
	if err != nil {
		return View{}, err
	}
	v := View{Plan: plan.Value}
	if err := s.core.Check(ctx, disclose, ofPlan(v.Plan, false)); err != nil {
		return v, err
	}
	row, decided, err := s.row(ctx, id)
	if err != nil {
		return v, err
	}
	v.Decided, v.Settings.Value = decided, UsualSettings(v.Plan)
	if !decided {
		return v, nil
	}
	v.Settings.Revision, v.Settings.Updated = row.Revision, store.TimeOf(row.Updated)
	if v.Settings.Value, err = row.settings(); err != nil {
		return v, err
	}
	if v.Edition, _, err = s.last(ctx, id); err != nil {
		return v, err
	}
	return v, s.countVoices(ctx, &v)
}

// Save decides what of a published plan is public. Where it is open, an edition of it follows at once.
func (s *Service) Save(ctx context.Context, id ledger.PlanID, wish Settings, seen int64) (View, error) {
	plan, err := s.core.Store().Plans().Get(ctx, string(id))
	if err != nil {
		return View{}, err
	}
	if wish, err = s.sound(plan.Value, wish); err != nil {
		return View{}, err
	}
	err = s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		return s.save(ctx, w, plan.Value, wish, seen)
	})
	if err != nil {
		return View{}, err
	}
	if wish.Open {
		if _, err := s.Renew(service.As(ctx, reader), id); err != nil {
			return View{}, err
		}
	}
	return s.Settings(ctx, id)
}

func (s *Service) save(ctx context.Context, w *service.Work, plan ledger.Plan, wish Settings, seen int64) error {
	if err := w.AllowFor(ctx, disclose, ofPlan(plan, false)); err != nil {
		return err
	}
	old, there, err := s.row(ctx, plan.ID)
	if err != nil {
		return err
	}
	var before any
	if there {
		was, err := old.settings()
		if err != nil {
			return err
		}
		if old.Revision != seen {
			current := store.Record[Settings]{Value: was, Revision: old.Revision, Updated: store.TimeOf(old.Updated)}
			return &store.Conflict[Settings]{Kind: Kind, ID: old.Plan, Seen: seen, Current: current}
		}
		before = was
		if !slices.Equal(was.Withheld, wish.Withheld) {
			if err := w.AllowFor(ctx, choose, ofPlan(plan, false)); err != nil {
				return err
			}
		}
	}
	if err := s.addressIsFree(ctx, w, plan.ID, wish.Address); err != nil {
		return err
	}
	body, err := json.Marshal(wish)
	if err != nil {
		return fmt.Errorf("publication: writing what of plan %s is public: %w", plan.ID, err)
	}
	row := publicationRow{
		Plan: string(plan.ID), Revision: old.Revision + 1, Government: string(plan.Government), Open: wish.Open, Address: wish.Address, Body: string(body),
		Updated: s.core.Store().NowText(),
	}
	query := w.Tx().NewInsert().Model(&row).On("CONFLICT (plan) DO UPDATE").Where("publications.revision = ?", old.Revision)
	for _, column := range []string{"revision", "government", "open", "address", "body", "updated"} {
		query = query.Set("? = EXCLUDED.?", bun.Ident(column), bun.Ident(column))
	}
	if _, err := query.Exec(ctx); err != nil {
		return fmt.Errorf("publication: deciding what of plan %s is public: %w", plan.ID, err)
	}
	w.Record(disclose, Kind, string(plan.ID), before, wish, nil)
	return nil
}

// addressIsFree fails where another plan has the address.
func (s *Service) addressIsFree(ctx context.Context, w *service.Work, plan ledger.PlanID, address string) error {
	taken, err := w.Tx().NewSelect().Table(Kind).Where("address = ?", address).Where("plan <> ?", plan).Exists(ctx)
	if err != nil {
		return fmt.Errorf("publication: looking for the address %s: %w", address, err)
	}
	if taken {
		return faults.New("address.taken", address)
	}
	return nil
}

// Bounds of what is typed.
const (
	longestIntroduction = 2000
	longestContact      = 300
	mostWithheld        = 2000
	mostPictures        = 5000
)

// addressForm is the form of addresses: they are parts of paths and of file names. What stands beside plans is none.
var (
	addressForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)
	taken       = []string{"about", "assets", "data", "en", "feedback", "follow", "search", "log"}
)

// sound is a wish without what means nothing, if it can be.
func (s *Service) sound(plan ledger.Plan, wish Settings) (Settings, error) {
	if plan.State != ledger.Published {
		return wish, faults.New("plan.unpublished")
	}
	wish.Address = strings.TrimSpace(wish.Address)
	wish.Introduction, wish.Contact = strings.TrimSpace(wish.Introduction), strings.TrimSpace(wish.Contact)
	if !addressForm.MatchString(wish.Address) || slices.Contains(taken, wish.Address) {
		return wish, faults.New("address.form", wish.Address)
	}
	if utf8.RuneCountInString(wish.Introduction) > longestIntroduction || utf8.RuneCountInString(wish.Contact) > longestContact ||
		len(wish.Withheld) > mostWithheld || len(wish.Pictures) > mostPictures {
		return wish, faults.New("settings.long")
	}
	wish.Shows = slices.DeleteFunc(disclosed.Parts(), func(p disclosed.Part) bool { return !slices.Contains(wish.Shows, p) })
	slices.Sort(wish.Withheld)
	wish.Withheld = slices.Compact(wish.Withheld)
	slices.Sort(wish.Pictures)
	wish.Pictures = slices.Compact(wish.Pictures)
	wish.Documents = slices.DeleteFunc(slices.Clone(wish.Documents), func(d ledger.Digest) bool {
		return !slices.ContainsFunc(plan.Sources, func(of ledger.Source) bool { return of.Document == d })
	})
	return wish, nil
}

// Choices are the published plans that the caller may make public, the youngest year first, with what was decided.
func (s *Service) Choices(ctx context.Context) ([]View, error) {
	records, err := service.All(ctx, s.core.Store().Plans().List, store.Where("state", string(ledger.Published)))
	if err != nil {
		return nil, fmt.Errorf("publication: looking for published plans: %w", err)
	}
	var views []View
	for _, plan := range store.Values(records) {
		if !s.core.Can(ctx, disclose, ofPlan(plan, false)) {
			continue
		}
		view, err := s.Settings(ctx, plan.ID)
		if err != nil {
			return nil, err
		}
		views = append(views, view)
	}
	slices.SortStableFunc(views, func(a, b View) int { return b.Plan.Year - a.Plan.Year })
	return views, nil
}
