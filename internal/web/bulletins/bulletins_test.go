package bulletins_test

import (
	"net/http"
	"strings"
	"testing"

	"luoshi/internal/service"
	uses "luoshi/internal/service/bulletin"
)

func TestWhoMayComeByWhichRoute(t *testing.T) {
	each(t, func(t *testing.T, o *town) { o.Matrix(t) })
}

// TestABulletinFromDraftToReceipt goes by the forms as they stand on the pages.
func TestABulletinFromDraftToReceipt(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		office, leader := o.Office(), o.As("leader", o.Government.ID)
		second, head := o.person("second-clerk", "supervising-office", o.Government.ID), o.As("unit-head", o.Bureau.ID)
		office.Get("/bulletins").Want(http.StatusOK, "还没有通报", "编写通报")
		head.Get("/bulletins").Want(http.StatusOK, "还没有通报").Lacks("/bulletins/new")
		office.Get("/bulletins/new").Want(http.StatusOK, `value="2026-M06" selected`)
		office.Post("/bulletins", form("plan", o.plan, "period", "2027-M01")).Want(http.StatusUnprocessableEntity, "请选择计划年度内的通报周期")
		edit := office.Post("/bulletins", form("plan", o.plan, "period", "2026-M06")).
			Want(http.StatusOK, "初稿已生成", "按台账生成", "列入“总体进展情况”").Lacks("⟦")
		path := strings.TrimSuffix(strings.Split(edit.Path, "?")[0], "/edit")
		if bad := edit.Inline(); len(bad) > 0 {
			t.Errorf("inline: %v", bad)
		}

		fields := form("seen", edit.Field("seen"), "title", "", "recipient", string(o.Bureau.ID), "block.opening", "现将情况通报如下。")
		office.Post(path, fields).Want(http.StatusUnprocessableEntity, "请填写通报标题", "现将情况通报如下。")
		fields = form("seen", edit.Field("seen"), "title", "关于上半年工作的通报", "recipient", string(o.Bureau.ID), "recipient", string(o.Street.ID),
			"block.opening", "现将情况通报如下。", "block.overview", "争取年底前完成99项。", "section.overview", "1", "section.lights", "1", "section.overdue", "1")
		shown := office.Post(path, fields).Want(http.StatusOK, "已保存", "现将情况通报如下。", "99项", "台账中没有对应的生成数字", "均有出处",
			"/lights?plan="+o.plan).Lacks("督办情况", "⟦")
		stale := office.Post(path, fields).Want(http.StatusConflict, "关于上半年工作的通报")
		if stale.Field("seen") != shown.Field("seen") {
			t.Error("who saves again cannot")
		}

		take := func(name, reason string) []string {
			return []string{"step", name, "seen", office.Get(path).Field("seen"), "reason", reason}
		}
		office.Post(path+"/steps", form(take("submit", "")...)).Want(http.StatusOK, "已办理", "审核中")
		office.Post(path+"/steps", form(take("pass", "")...)).Want(http.StatusUnprocessableEntity, "送审")
		second.Post(path+"/steps", form(take("pass", "")...)).Want(http.StatusOK, "待签发")
		leader.Post(path+"/steps", form(take("return", "")...)).Want(http.StatusUnprocessableEntity, "退回修改")
		leader.Post(path+"/steps", form("step", "approve", "seen", "1")).Want(http.StatusConflict, "他人已先行处理")
		leader.Post(path+"/steps", form(take("approve", "")...)).Want(http.StatusOK, "待印发")
		head.Get(path).Want(http.StatusForbidden)
		office.Post(path+"/steps", form(take("publish", "")...)).Want(http.StatusOK, "督通〔2026〕1号", "第一期", "签收情况", "摘要（SHA-256）", "2026年7月6日")
		office.Get(path+"/edit").Want(http.StatusOK, "只有拟稿中的通报可以修改")

		head.Get("/bulletins").Want(http.StatusOK, "督通〔2026〕1号")
		head.Get(path).Want(http.StatusOK, "阅后签收").Lacks("签收情况", "办理过程")
		head.Post(path+"/receipt", form("unit", string(o.Bureau.ID))).Want(http.StatusOK, "已签收")
		office.Post(path+"/remind", form()).Want(http.StatusOK, "已提醒1个单位", "未签收")
		office.Post(path+"/remind", form()).Want(http.StatusOK, "今天都已提醒过")
		office.Get("/bulletins?q=上半年").Want(http.StatusOK, "1/2")
		office.Get("/bulletins?state=draft").Want(http.StatusOK, "没有符合条件的通报")
		o.Public().Get(path).Lacks("现将情况通报如下")
	})
}

// TestMovedFiguresAreMarked and are made anew on request.
func TestMovedFiguresAreMarked(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		v := o.drafted(t)
		o.promise(t, "新增养老服务站3个", o.Street.ID, day(12, 31))
		o.compute(t)
		office, path := o.Office(), "/bulletins/"+string(v.ID)
		office.Get(path).Want(http.StatusOK, "处变动", "按最新台账刷新", "按最新数据刷新通报")
		office.Post(path+"/refresh", form("seen", "9")).Want(http.StatusConflict, "他人已先行处理")
		office.Post(path+"/refresh", form("seen", office.Get(path).Field("seen"))).Want(http.StatusOK, "数字已按最新台账刷新").Lacks("处变动")
	})
}

func TestACorrectionIsABulletinOfItsOwn(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		v := o.issued(t)
		o.promise(t, "新增养老服务站3个", o.Street.ID, day(12, 31))
		o.compute(t)
		office, path := o.Office(), "/bulletins/"+string(v.ID)
		office.Post(path+"/correct", form("reason", "")).Want(http.StatusUnprocessableEntity, "请写明更正原因")
		made := office.Post(path+"/correct", form("reason", "因漏统一项，现予更正。")).Want(http.StatusOK, "更正通报的初稿已生成", "更正对照表", "因漏统一项")
		office.Get(path).Want(http.StatusOK, "本通报已更正").Lacks("更正这期通报")
		o.As("unit-head", o.Bureau.ID).Get(path).Want(http.StatusOK).Lacks("本通报已更正")
		office.Get(strings.TrimSuffix(made.Path, "/edit")).Want(http.StatusOK, "本通报更正", "督通〔2026〕1号")
	})
}

func TestSettings(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		office := o.Office()
		first := office.Get("/bulletins/settings").Want(http.StatusOK, "督查通报", "督通")
		good := form("plan", o.plan, "seen", first.Field("seen"), "series", "政务督查通报", "sign", "望督通", "office", "望溪区督查室", "lines", "10")
		bad := form("plan", o.plan, "seen", first.Field("seen"), "series", "督查通报", "sign", "", "office", "督查室", "lines", "10")
		office.Post("/bulletins/settings", bad).Want(http.StatusUnprocessableEntity, "请填写发文代字")
		bad.Set("lines", "很多")
		office.Post("/bulletins/settings", bad).Want(http.StatusUnprocessableEntity, `value="很多"`)
		office.Post("/bulletins/settings", good).Want(http.StatusOK, "已保存")
		good.Set("sign", "溪督通")
		office.Post("/bulletins/settings", good).Want(http.StatusConflict, "望督通", "溪督通")
		if v := o.issued(t); v.Number.String() != "望督通〔2026〕1号" || v.Paper.Series != "政务督查通报" {
			t.Errorf("published it is %s, %s", v.Number, v.Paper.Series)
		}
	})
}

// TestThePublic reads what was made public.
func TestThePublic(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		v := o.drafted(t)
		ctx := o.Fixture.Office(t.Context())
		v = have[uses.View](t)(o.uses.Change(ctx, v.ID, uses.Edit{Title: "公开通报", Recipients: v.Bulletin.Recipients, Public: true}, v.Revision))
		leader := o.Fixture.As(t.Context(), "leader", o.Government.ID)
		v = have[uses.View](t)(o.uses.Step(ctx, v.ID, "submit", "", v.Revision))
		v = have[uses.View](t)(o.uses.Step(leader, v.ID, "pass", "", v.Revision))
		v = have[uses.View](t)(o.uses.Step(leader, v.ID, "approve", "", v.Revision))
		if _, err := o.uses.Bulletin(service.As(t.Context(), service.Caller{}), v.ID); err == nil {
			t.Error("the public reads it before it is published")
		}
		have[uses.View](t)(o.uses.Step(ctx, v.ID, "publish", "", v.Revision))
		o.Public().Get("/bulletins").Want(http.StatusOK, "公开通报")
		o.Public().Get("/bulletins/"+string(v.ID)).Want(http.StatusOK, "公开通报", "督通〔2026〕1号").Lacks("签收情况", "⟦")
	})
}
