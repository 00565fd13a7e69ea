package demo

import (
	"fmt"
	"slices"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/ledger"
)

// district is who and what there is before any plan, by the keys of the data files.
type district struct {
	units    []ledger.Unit
	changes  []ledger.UnitChange
	posts    []ledger.Post
	holders  map[ledger.PostID][]ledger.Holder
	accounts []Account

	unit    keys[ledger.UnitID]
	post    keys[ledger.PostID]
	account keys[ledger.AccountID]
}

// Account is somebody who can sign in to the demonstration.
type Account struct {
	ID     ledger.AccountID
	Name   string // with which one signs in
	Person string
	Role   access.Role
	Unit   ledger.UnitID // empty for the officers
	// UnitName is what the unit was called when the story began.
	UnitName string
	// Try says what to try first.
	Try access.Text
}

// registry takes in what the data files describe, and gives it its identifiers.
type registry interface {
	OpenAccount(account Account) (ledger.AccountID, error)
	FoundUnit(unit ledger.Unit) (ledger.UnitID, error)
	AddPost(post ledger.Post) (ledger.PostID, error)
}

// readDistrict reads the data files and hands everything to a registry, in an order in which it can be taken in.
func readDistrict(to registry) (*district, error) {
	d := &district{
		unit: keys[ledger.UnitID]{}, post: keys[ledger.PostID]{}, account: keys[ledger.AccountID]{},
		holders: map[ledger.PostID][]ledger.Holder{},
	}
	for _, part := range []struct {
		file        string
		least, most int
		take        func(r row, to registry) error
	}{
		{"accounts", 5, 5, d.takeOfficer},
		{"units", 5, 6, d.takeUnit},
		{"changes", 4, 6, d.takeChange},
		{"accounts", 5, 5, d.takeAccount},
		{"posts", 4, 6, d.takePost},
	} {
		all, err := rows(part.file, part.least, part.most)
		if err != nil {
			return nil, err
		}
		for _, r := range all {
			if err := part.take(r, to); err != nil {
				return nil, r.fault(err)
			}
		}
	}
	return d, nil
}

func (d *district) takeUnit(r row, to registry) error {
	parent, err := d.unit.of(r.columns[1])
	if err != nil {
		return err
	}
	since, err := r.date(5)
	if err != nil {
		return err
	}
	unit := ledger.Unit{
		Parent: parent, Kind: ledger.UnitKind(r.columns[2]), Name: r.columns[3], Aliases: r.list(4), Since: since, Order: len(d.units),
	}
	if unit.ID, err = to.FoundUnit(unit); err != nil {
		return err
	}
	d.unit[r.columns[0]] = unit.ID
	d.units = append(d.units, unit)
	return nil
}

func (d *district) takeChange(r row, _ registry) error {
	unit, err := d.unit.of(r.columns[0])
	if err != nil {
		return err
	}
	on, err := r.date(1)
	if err != nil {
		return err
	}
	change := ledger.UnitChange{
		Unit: unit, On: on, Kind: ledger.UnitChangeKind(r.columns[2]), Name: r.columns[3], Aliases: r.list(4), Basis: r.columns[5],
	}
	d.changes = append(d.changes, change)
	return change.Validate().Err()
}

// takePost reads a post, or a time that somebody holds one.
func (d *district) takePost(r row, to registry) error {
	if r.columns[0] == "post" {
		unit, err := d.unit.of(r.columns[2])
		if err != nil {
			return err
		}
		post := ledger.Post{Unit: unit, Title: r.columns[3]}
		if post.ID, err = to.AddPost(post); err != nil {
			return err
		}
		d.post[r.columns[1]] = post.ID
		d.posts = append(d.posts, post)
		return nil
	}
	post, err := d.post.of(r.columns[1])
	if err != nil {
		return err
	}
	account, err := d.account.of(r.columns[3])
	if err != nil {
		return err
	}
	during, err := r.period(4, 5)
	if err != nil {
		return err
	}
	holder := ledger.Holder{Post: post, Person: r.columns[2], Account: account, From: during.From, To: during.To}
	d.holders[post] = append(d.holders[post], holder)
	return ledger.ValidateHolders(d.holders[post]).Err()
}

func (r row) period(from, to int) (calendar.Period, error) {
	first, err := r.date(from)
	if err != nil {
		return calendar.Period{}, err
	}
	last, err := r.date(to)
	return calendar.Period{From: first, To: last}, err
}

// takeOfficer opens the accounts that belong to no unit: they are there before any unit is.
func (d *district) takeOfficer(r row, to registry) error {
	if r.columns[3] != "" {
		return nil
	}
	return d.open(r, Account{}, to)
}

func (d *district) takeAccount(r row, to registry) error {
	unit, err := d.unit.of(r.columns[3])
	if err != nil || unit == "" {
		return err
	}
	return d.open(r, Account{Unit: unit, UnitName: d.nameOf(unit)}, to)
}

func (d *district) open(r row, account Account, to registry) error {
	account.Name, account.Person, account.Role = r.columns[0], r.columns[1], access.Role(r.columns[2])
	account.Try = bilingual(r.columns[4])
	if !access.Rights().Knows(account.Role) {
		return fmt.Errorf("there is no role %q", account.Role)
	}
	var err error
	if account.ID, err = to.OpenAccount(account); err != nil {
		return err
	}
	d.account[account.Name] = account.ID
	d.accounts = append(d.accounts, account)
	return nil
}

func (d *district) nameOf(id ledger.UnitID) string {
	for _, u := range d.units {
		if u.ID == id {
			return u.Name
		}
	}
	return ""
}

// Accounts are those who may sign in to the demonstration, without identifiers: for whoever lists them.
func Accounts() ([]Account, error) {
	d, err := readDistrict(&unregistered{})
	if err != nil {
		return nil, err
	}
	return d.accounts, nil
}

// Listed are the accounts that are made for whoever looks at the demonstration; the others only play their part.
func Listed() ([]Account, error) {
	all, err := Accounts()
	return slices.DeleteFunc(all, func(a Account) bool { return a.Try.Chinese == "" }), err
}

// unregistered takes nothing in; identifiers are only so that what belongs together can be told.
type unregistered struct{ made uint16 }

func (u *unregistered) next() string {
	u.made++
	return ledger.NewUUID(0, [10]byte{8: byte(u.made >> 8), 9: byte(u.made)})
}

func (u *unregistered) OpenAccount(Account) (ledger.AccountID, error) {
	return ledger.AccountID(u.next()), nil
}

func (u *unregistered) FoundUnit(unit ledger.Unit) (ledger.UnitID, error) {
	unit.ID = ledger.UnitID(u.next())
	return unit.ID, unit.Validate().Err()
}

func (u *unregistered) AddPost(post ledger.Post) (ledger.PostID, error) {
	post.ID = ledger.PostID(u.next())
	return post.ID, post.Validate().Err()
}

// RoleTitle is what the account's role is called.
func (a Account) RoleTitle() access.Text { return access.Rights().Title(a.Role) }
