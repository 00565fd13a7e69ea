package main

import (
	"crypto/x509"
	"os"

	"luoshi/internal/service/message"
)

// mailServer is the one of the settings; none where they name none.
func (s *server) mailServer() message.MailServer {
	m, used := s.config.Mail()
	if !used {
		return message.MailServer{}
	}
	return message.MailServer{
		Address: m.Server, Security: m.Security, Roots: s.mailRoots(m.Roots), User: m.User, Password: m.Password, From: m.From,
	}
}

// mailRoots are the certificates of a file; those of the machine where it names none. Without any good one in it nobody
// is trusted, and the record of what was sent says so.
func (s *server) mailRoots(file string) *x509.CertPool {
	if file == "" {
		return nil
	}
	roots := x509.NewCertPool()
	pem, err := os.ReadFile(file)
	if err != nil || !roots.AppendCertsFromPEM(pem) {
		s.logger.Error("no certificates of the mail server", "file", file, "error", err)
	}
	return roots
}
