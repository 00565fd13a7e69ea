package message

import (
	"github.com/uptrace/bun"
)

type noticeRow struct {
	bun.BaseModel `bun:"table:message_notices,alias:n"`
	ID            string `bun:"id,pk"`
	Key           string `bun:"key"`
	Kind          string `bun:"kind"`
	Urgent        bool   `bun:"urgent"`
	TitleZH       string `bun:"title_zh"`
	TitleEN       string `bun:"title_en"`
	TextZH        string `bun:"text_zh"`
	TextEN        string `bun:"text_en"`
	URL           string `bun:"url"`
	Created       string `bun:"created"`
}

type personRow struct {
	bun.BaseModel `bun:"table:message_persons,alias:p"`
	Notice        string `bun:"notice,pk"`
	Account       string `bun:"account,pk"`
	Seen          string `bun:"seen,nullzero"`
	Sent          bool   `bun:"sent"`
}

type unitRow struct {
	bun.BaseModel `bun:"table:message_units,alias:u"`
	Notice        string `bun:"notice,pk"`
	Unit          string `bun:"unit,pk"`
}

type choiceRow struct {
	bun.BaseModel `bun:"table:message_choices,alias:c"`
	Account       string `bun:"account,pk"`
	Revision      int64  `bun:"revision"`
	Updated       string `bun:"updated"`
	Mode          string `bun:"mode"`
	Email         string `bun:"email"`
	Language      string `bun:"language"`
	Muted         string `bun:"muted"`
}

type ruleRow struct {
	bun.BaseModel `bun:"table:message_rules,alias:m"`
	Kind          string `bun:"kind,pk"`
	Revision      int64  `bun:"revision"`
	Updated       string `bun:"updated"`
	Email         string `bun:"email"`
	Chats         string `bun:"chats"`
	Fixed         bool   `bun:"fixed"`
}

type robotRow struct {
	bun.BaseModel `bun:"table:message_robots,alias:r"`
	ID            string `bun:"id,pk"`
	Revision      int64  `bun:"revision"`
	Created       string `bun:"created"`
	Updated       string `bun:"updated"`
	Unit          string `bun:"unit"`
	Kind          string `bun:"kind"`
	Name          string `bun:"name"`
	Address       string `bun:"address"`
	SigningKey    string `bun:"signing_key"`
	Mode          string `bun:"mode"`
	Language      string `bun:"language"`
	State         string `bun:"state"`
}

type deliveryRow struct {
	bun.BaseModel `bun:"table:message_deliveries,alias:d"`
	ID            string `bun:"id,pk"`
	Key           string `bun:"key"`
	Sort          string `bun:"sort"`
	OnDay         string `bun:"on_day"`
	Channel       string `bun:"channel"`
	Account       string `bun:"account"`
	Robot         string `bun:"robot"`
	Unit          string `bun:"unit"`
	Address       string `bun:"address"`
	Language      string `bun:"language"`
	Notices       int    `bun:"notices"`
	State         string `bun:"state"`
	Attempts      int    `bun:"attempts"`
	Claimed       string `bun:"claimed,nullzero"`
	Created       string `bun:"created"`
	Updated       string `bun:"updated"`
	NextAttempt   string `bun:"next_attempt,nullzero"`
	Answer        string `bun:"answer"`
	Problem       string `bun:"problem"`
}

type contentRow struct {
	bun.BaseModel `bun:"table:message_contents,alias:x"`
	Delivery      string `bun:"delivery,pk"`
	Notice        string `bun:"notice,pk"`
}
