package main

import (
	"regexp"
	"strings"
	"testing"

	"luoshi/internal/access/credential"
	"luoshi/internal/service/identity"
	"luoshi/internal/store/storetest"
)

func TestAccountsWithoutAPage(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		flags := begunServer(t, dsn)
		user := func(command string, more ...string) outcome {
			return execute(t, nil, with("user "+command, flags, more...)...)
		}
		expect(t, user("list"), statusDone, "administrator")
		added := user("add", "lisi", "--person", "李四")
		expect(t, added, statusDone, "一次性初始口令")
		expect(t, user("add", "lisi", "--person", "李四"), statusBad, "已被使用")
		expect(t, user("add", "wangwu", "--person", "王五", "--unit", "没有的局"), statusBad, "没有名为“没有的局”的单位")
		expect(t, user("grant", "lisi", "security-officer", "--until", "2099-12-31"), statusDone, "已授予")
		expect(t, user("grant", "lisi", "auditor"), statusBad, "三员分立")
		expect(t, user("grant", "lisi", "king"), statusBad, "没有这个角色")
		expect(t, user("grant", "lisi", "leader", "--from", "someday"), statusBad, "someday")
		expect(t, user("list", "--lang", "en"), statusDone, "security-officer")
		expect(t, user("disable", "admin"), statusBad, "最后一个")
		expect(t, user("disable", "lisi"), statusDone, "已停用")
		expect(t, user("list"), statusDone, "已停用")
		expect(t, user("enable", "lisi"), statusDone, "已启用")
		expect(t, user("unlock", "lisi"), statusDone, "已解除锁定")
		expect(t, user("unlock", "nobody"), statusBad, "没有账号 nobody")
		expect(t, user("revoke", "lisi", "security-officer"), statusDone, "已收回")
		expect(t, user("revoke", "lisi", "security-officer"), statusBad, "没有角色")
		reset := user("reset", "lisi", "--second-factor")
		expect(t, reset, statusDone, "一次性初始口令")
		expect(t, execute(t, nil, with("audit verify", flags)...), statusDone, "校验通过")

		s := openedServer(t, testConfig(t, dsn, map[string]string{"data": flags[3]}))
		password := regexp.MustCompile(`[0-9a-z-]{20,}`)
		for out, works := range map[string]bool{added.stdout: false, reset.stdout: true} {
			_, _, err := s.identity.SignIn(t.Context(), identity.SignInRequest{Name: "lisi", Password: credential.NewSecret(password.FindString(out))})
			if (err == nil) != works {
				t.Errorf("%s: %v", strings.TrimSpace(out), err)
			}
		}
	})
}
