package config

import (
	"net/mail"

	"luoshi/internal/access/credential"
)

// Mail is the server that takes e-mail.
type Mail struct {
	Server, Security, User, From string
	Password                     credential.Secret
	// Roots is a file of certificates that sign that of the server; empty where those of the machine do.
	Roots string
}

// Mail is the server that takes e-mail, if there is one.
func (c *Config) Mail() (Mail, bool) {
	m := Mail{
		Server: c.text("smtp-server"), Security: c.text("smtp-security"), User: c.text("smtp-user"), From: c.text("smtp-from"),
		Password: c.secret("smtp-password"), Roots: c.text("smtp-ca"),
	}
	return m, m.Server != ""
}

// mailProblems tell what is wrong with the settings of e-mail.
func (c *Config) mailProblems() Problems {
	var problems Problems
	if v := c.values["smtp-from"]; v.text != "" {
		if _, err := mail.ParseAddress(v.text); err != nil {
			problems = append(problems, v.problem("sender", ""))
		}
	}
	if v := c.values["smtp-security"]; v.text == "none" && c.text("smtp-user") != "" {
		problems = append(problems, v.problem("plain", "smtp-user"))
	}
	return problems
}
