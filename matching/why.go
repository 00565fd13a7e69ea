package matching

import (
	"luoshi/calendar"
	"luoshi/checking"
	"luoshi/checking/judge"
	"luoshi/checking/pairing"
	"luoshi/reading"
)

func whyDecided(t, r *pairing.Item, j judge.Judgement) checking.Wording {
	if j.Outcome == judge.Open {
		return checking.Wording{
			ZH: "“" + t.Subject + "”目标 " + t.Surface + "，结果 " + r.Surface + "：两个数不能判定",
			EN: t.Subject + ": the target " + t.Surface + " and the result " + r.Surface + " do not decide",
		}
	}
	return checking.Wording{
		ZH: "“" + t.Subject + "”目标 " + t.Surface + "，结果 " + r.Surface + ":" + j.Computation,
		EN: t.Subject + ": target " + t.Surface + ", result " + r.Surface + ": " + j.Computation,
	}
}

func whyBegun(t, r *pairing.Item) checking.Wording {
	return checking.Wording{
		ZH: "报告只说“" + t.Subject + "”已经着手（" + r.Surface + ")，没有说完成多少",
		EN: "the report says that work on " + t.Subject + " has begun (" + r.Surface + "), not how much is done",
	}
}

func whyUnlike(t, r *pairing.Item) checking.Wording {
	return checking.Wording{
		ZH: "报告提到“" + t.Subject + "”(" + r.Surface + ")，但与目标 " + t.Surface + " 的口径或单位不同",
		EN: "the report speaks of " + t.Subject + " (" + r.Surface + "), but not in the measure or unit of the target " + t.Surface,
	}
}

func whyNotDue(t, r *pairing.Item) checking.Wording {
	return checking.Wording{
		ZH: "目标 " + t.Surface + " 的期限是 " + t.By.String() + "，报告期的数为 " + r.Surface,
		EN: "the target " + t.Surface + " is due on " + t.By.String() + "; the report states " + r.Surface,
	}
}

func whyLater(t *pairing.Item, latest calendar.Date) checking.Wording {
	return checking.Wording{
		ZH: "目标 " + t.Surface + " 的期限是 " + t.By.String() + "，报告的数到 " + latest.String() + " 为止，不能判定",
		EN: "the target " + t.Surface + " is due on " + t.By.String() + "; the report reaches to " + latest.String() + " and cannot decide",
	}
}

func whyLaterClause(c *reading.Clause) checking.Wording {
	return checking.Wording{
		ZH: "期限是 " + c.By.String() + "，晚于报告期",
		EN: "due on " + c.By.String() + ", after the period of the report",
	}
}

func whyDropped(subject string) checking.Wording {
	return checking.Wording{
		ZH: "报告没有提到“" + subject + "”",
		EN: "the report does not speak of " + subject,
	}
}

func whyWords(subject string) checking.Wording {
	return checking.Wording{
		ZH: "报告提到“" + subject + "”，没有给出可对照的数",
		EN: "the report speaks of " + subject + " without a figure to compare",
	}
}

func whyOtherPeriod(t, r *pairing.Item) checking.Wording {
	return checking.Wording{
		ZH: "“" + t.Subject + "”目标 " + t.Surface + " 与结果 " + r.Surface + " 所指的时期不同",
		EN: t.Subject + ": the target " + t.Surface + " and the result " + r.Surface + " cover different periods",
	}
}
