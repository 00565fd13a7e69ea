package demo

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/access/credential"
	"luoshi/internal/service"
	"luoshi/internal/service/accounting"
	"luoshi/internal/service/assessment"
	"luoshi/internal/service/atlas"
	"luoshi/internal/service/bulletin"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/identity"
	"luoshi/internal/service/intake"
	"luoshi/internal/service/livelihood"
	"luoshi/internal/service/peers"
	"luoshi/internal/service/planning"
	"luoshi/internal/service/progress"
	"luoshi/internal/service/publication"
	"luoshi/internal/service/reporting"
	"luoshi/internal/service/supervision"
	"luoshi/ledger"
	choice "luoshi/ledger/livelihood"
	rules "luoshi/ledger/supervision"
)

// Parts are the use cases by which the district is settled. The core's store and log go by Clock.
type Parts struct {
	Core        *service.Core
	Identity    *identity.Service
	Intake      *intake.Service
	Catalogue   *catalogue.Service
	Planning    *planning.Service
	Reporting   *reporting.Service
	Progress    *progress.Service
	Supervision *supervision.Service
	Bulletins   *bulletin.Service
	Assessment  *assessment.Service
	Publication *publication.Service
	Livelihood  *livelihood.Service
	Atlas       *atlas.Service
	Papers      *accounting.Service
	Peers       *peers.Service
	Clock       *Clock
}

// Password is that of every account of the demonstration.
const Password = "Qinglan-2026-demo"

// Settle lets the story happen in an empty server.
func Settle(ctx context.Context, parts Parts) error {
	t := &teller{
		Parts: parts, ctx: ctx, signedIn: map[string]person{}, orders: map[string]rules.OrderID{}, bulletins: map[string]bulletin.ID{}, voices: map[string]string{},
		calls: map[string]livelihood.RoundID{}, candidates: map[string]choice.Candidate{}, items: map[string]ledger.CommitmentID{},
	}
	chapters, err := t.chapters()
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	for _, chapter := range chapters {
		parts.Clock.lead(chapter.day, chapter.hour, 0)
		clear(t.signedIn) // nobody stays signed in from one day to another
		if err := chapter.tell(); err != nil {
			return fmt.Errorf("demo: on %s: %w", chapter.day, err)
		}
	}
	parts.Clock.Release(parts.Clock.Now())
	return nil
}

// teller tells the story: what happens is done by the use cases on behalf of the accounts.
type teller struct {
	Parts
	*district
	ctx      context.Context
	signedIn map[string]person

	plan      ledger.PlanID
	documents map[string]ledger.Digest
	reports   *reports
	orders    map[string]rules.OrderID // by their keys
	bulletins map[string]bulletin.ID   // likewise
	assessed  assessment.ID
	tour      assessment.TourID
	voices    map[string]string // what citizens said, by its key
	papers    map[string]accounting.ID

	calls      map[string]livelihood.RoundID // of livelihood items, by their years
	candidates map[string]choice.Candidate
	items      map[string]ledger.CommitmentID // that became commitments, by their keys
}

// person is an account that has signed in.
type person struct {
	id  ledger.AccountID
	ctx context.Context // whose use cases run on the account's behalf
}

// chapter is what happens on a day.
type chapter struct {
	day  calendar.Date
	hour int
	tell func() error
}

// chapters are the story, in the order of time.
func (t *teller) chapters() ([]chapter, error) {
	all := slices.Concat(t.planChapters(), t.reportingChapters())
	for _, more := range []func() ([]chapter, error){
		t.correctionChapters, t.orderChapters, t.bulletinChapters, t.publicChapters, t.tourChapters, t.assessmentChapters, t.mapChapters, t.livelihoodChapters, t.peerChapters, t.paperChapters,
	} {
		chapters, err := more()
		if err != nil {
			return nil, err
		}
		all = append(all, chapters...)
	}
	slices.SortStableFunc(all, func(a, b chapter) int {
		return cmp.Or(strings.Compare(a.day.String(), b.day.String()), a.hour-b.hour)
	})
	return all, nil
}

// planChapters are what becomes of the plan.
func (t *teller) planChapters() []chapter {
	day := func(month, day int8) calendar.Date { return calendar.Date{Year: year, Month: month, Day: day} }
	return []chapter{
		{day(1, 5), 9, t.foundDistrict},
		{day(1, 26), 10, t.uploadPlan},
		{day(1, 28), 14, t.reviewPlan},
		{day(1, 30), 9, t.enterPlan},
		{day(2, 2), 9, t.breakDown},
		{day(2, 3), 10, t.fillGaps},
		{day(2, 4), 9, t.listProjects},
		{day(2, 5), 15, t.keepIndicators},
		{day(2, 6), 9, t.consultUnits},
		{day(2, 9), 16, t.submitPlan},
		{day(2, 10), 10, t.approvePlan},
		{day(2, 11), 9, t.publishPlan},
		{day(2, 12), 9, t.askUnits},
		{day(3, 20), 17, t.succeed("education")},
		{day(4, 2), 9, t.reachMilestones},
		{day(5, 10), 16, t.succeed("building")},
		{day(5, 15), 10, t.changeUnits},
		{day(7, 6), 9, t.proposeParking},
		{day(7, 8), 11, t.passParking},
		{day(7, 10), 15, t.approveParking},
		{day(7, 13), 9, t.applyParking},
		{day(7, 20), 9, t.halfYear},
		{day(8, 17), 10, t.uploadAdjusted},
		{day(8, 31), 9, t.uploadReport},
		{day(9, 2), 9, t.proposeRoad},
		{day(9, 4), 14, t.passRoad},
		{day(9, 7), 10, t.refuseAir},
		{day(9, 10), 9, t.beginProvince},
	}
}

// as is the context of somebody who works on the day of the chapter; who has not signed in yet does so.
func (t *teller) as(name string) (context.Context, error) {
	p, err := t.personOf(name)
	return p.ctx, err
}

func (t *teller) personOf(name string) (person, error) {
	if p, there := t.signedIn[name]; there {
		return p, nil
	}
	session, _, err := t.Identity.SignIn(t.ctx, identity.SignInRequest{
		Name: name, Password: credential.NewSecret(Password), Address: "10.12.0.1", Agent: "demo",
	})
	if err != nil {
		return person{}, fmt.Errorf("signing in as %s: %w", name, err)
	}
	p := person{id: session.Account, ctx: service.As(t.ctx, service.Caller{
		Actor: session.Actor, Request: "demo", Address: "10.12.0.1",
	})}
	t.signedIn[name] = p
	return p, nil
}

// program is the context of the program itself, which may do what only it does.
func (t *teller) program(part string, may ...access.Action) context.Context {
	return service.As(t.ctx, service.Caller{System: part, May: may, Request: "demo"})
}

// foundDistrict opens accounts, founds units and adds posts, with those who hold them at the time.
func (t *teller) foundDistrict() error {
	d, err := readDistrict(t)
	if err != nil {
		return err
	}
	t.district = d
	ctx, err := t.as("admin")
	if err != nil {
		return err
	}
	for _, post := range d.posts {
		var now []ledger.Holder
		for _, h := range d.holders[post.ID] {
			if today := t.Core.Today(); h.From.Before(today) {
				h.To = calendar.Date{} // nobody knows yet
				now = append(now, h)
			}
		}
		record, err := t.Catalogue.Post(ctx, post.ID)
		if err != nil {
			return err
		}
		if err := t.Catalogue.SetHolders(ctx, post.ID, now, record.Revision); err != nil {
			return err
		}
	}
	return nil
}

// OpenAccount opens an account for a registry.
func (t *teller) OpenAccount(account Account) (ledger.AccountID, error) {
	role := identity.SeedRole{Role: account.Role, Unit: account.Unit}
	seed := identity.SeedAccount{
		NewAccount: identity.NewAccount{Name: account.Name, Person: account.Person, Unit: account.Unit},
		Password:   credential.NewSecret(Password), Roles: []identity.SeedRole{role},
	}
	if err := t.Identity.Seed(t.program("demo", "user.create", "role.grant"), []identity.SeedAccount{seed}); err != nil {
		return "", err
	}
	var id string
	err := t.Core.Store().View(t.ctx).NewSelect().Table("identity_accounts").Column("id").Where("name = ?", account.Name).Scan(t.ctx, &id)
	return ledger.AccountID(id), err
}

// FoundUnit founds a unit for a registry.
func (t *teller) FoundUnit(unit ledger.Unit) (ledger.UnitID, error) {
	ctx, err := t.as("admin")
	if err != nil {
		return "", err
	}
	return t.Catalogue.FoundUnit(ctx, unit)
}

// AddPost adds a post for a registry.
func (t *teller) AddPost(post ledger.Post) (ledger.PostID, error) {
	ctx, err := t.as("admin")
	if err != nil {
		return "", err
	}
	return t.Catalogue.AddPost(ctx, post)
}

// succeed lets whoever holds a post next begin on the day after.
func (t *teller) succeed(key string) func() error {
	return func() error {
		ctx, err := t.as("admin")
		if err != nil {
			return err
		}
		post := t.post[key]
		record, err := t.Catalogue.Post(ctx, post)
		if err != nil {
			return err
		}
		holders := t.holders[post]
		return t.Catalogue.Succeed(ctx, holders[len(holders)-1], record.Revision)
	}
}

// changeUnits enters the changes of the year that are known by now.
func (t *teller) changeUnits() error {
	ctx, err := t.as("admin")
	if err != nil {
		return err
	}
	for _, change := range t.changes {
		unit, err := t.Catalogue.Unit(ctx, change.Unit)
		if err != nil {
			return err
		}
		if err := t.Catalogue.ChangeUnit(ctx, change, unit.Revision); err != nil {
			return err
		}
	}
	return nil
}

// read does the job of reading a document, as the queue would.
func (t *teller) read(document ledger.Digest) error {
	args, err := json.Marshal(map[string]ledger.Digest{"document": document})
	if err != nil {
		return err
	}
	return t.Intake.Read(t.program("job: "+intake.ReadKind, intake.ReadMay...), args)
}
