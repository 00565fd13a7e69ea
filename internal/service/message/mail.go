package message

import "luoshi/internal/access/credential"

// MailServer is the server that takes e-mail for others.
type MailServer struct {
	Address string // host:port; empty where there is none
	// Security is starttls, tls or none.
	Security string
	User     string
	Password credential.Secret
	From     string // the sender: 落实 <luoshi@wangxi.gov.cn>
}
