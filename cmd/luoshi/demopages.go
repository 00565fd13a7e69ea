package main

import (
	"luoshi/internal/access/credential"
	"luoshi/internal/demo"
	"luoshi/internal/web/signin"
	"luoshi/ledger"
)

// shownAccounts are those that the sign-in page lists with their password: none but in a demonstration.
func (s *server) shownAccounts() []signin.Shown {
	if !s.config.Demo() {
		return nil
	}
	accounts, err := demo.Listed()
	if err != nil {
		panic(err) // the files are part of the program, and tests read them
	}
	shown := make([]signin.Shown, len(accounts))
	for i, a := range accounts {
		shown[i] = signin.Shown{
			Name: a.Name, Person: a.Person, Unit: a.UnitName, Role: a.RoleTitle(), Password: credential.NewSecret(demo.Password),
		}
	}
	return shown
}

// notice is what stands above every page of a demonstration.
func (s *server) notice() ledger.Wording {
	if !s.config.Demo() {
		return ledger.Wording{}
	}
	return ledger.Wording{ZH: messages.Say("zh", "demo.notice"), EN: messages.Say("en", "demo.notice")}
}
