package page

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/ledger"
)

// Show is a value as the user reads it: dates and times in the district's zone, wordings in his language, whole numbers
// of five digits and more in groups of three, as those of four may be years, everything else as it prints itself.
func (v View) Show(value any) string {
	switch x := value.(type) {
	case string:
		return x
	case calendar.Date:
		return v.Date(x)
	case time.Time:
		return v.Time(x)
	case int:
		return v.whole(int64(x))
	case int64:
		return v.whole(x)
	case ledger.Wording:
		return v.Wording(x)
	case access.Text:
		return v.Text(x)
	default:
		return fmt.Sprint(x)
	}
}

// Date is a civil date; empty for the zero date.
func (v View) Date(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	if v.Lang == English {
		return fmt.Sprintf("%d %s %d", d.Day, time.Month(d.Month).String()[:3], d.Year)
	}
	return fmt.Sprintf("%d年%d月%d日", d.Year, d.Month, d.Day)
}

// Time is a moment to the minute, in the district's zone; empty for the zero time.
func (v View) Time(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.In(service.Zone())
	return v.Date(calendar.On(t)) + t.Format(" 15:04")
}

// Duration is a span of time, to its largest unit and the next.
func (v View) Duration(d time.Duration) string {
	units := []struct {
		of     time.Duration
		zh, en string
	}{{24 * time.Hour, "天", " d"}, {time.Hour, "小时", " h"}, {time.Minute, "分钟", " min"}, {time.Second, "秒", " s"}}
	var parts []string
	for _, u := range units {
		if n := d / u.of; n > 0 && len(parts) < 2 {
			parts = append(parts, strconv.FormatInt(int64(n), 10)+v.pick(u.zh, u.en))
		}
		d %= u.of
	}
	if len(parts) == 0 {
		return v.pick("不到1秒", "under 1 s")
	}
	return strings.Join(parts, v.pick("", " "))
}

func (v View) whole(n int64) string {
	if -10_000 < n && n < 10_000 {
		return strconv.FormatInt(n, 10)
	}
	return v.Number(n)
}

// Number is a whole number in groups of three digits.
func (v View) Number(n int64) string { return group(strconv.FormatInt(n, 10)) }

// Decimal is a decimal of the ledger in groups of three digits; empty where there is none.
func (v View) Decimal(d ledger.Decimal) string {
	return group(d.Plain())
}

func group(digits string) string {
	sign := ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = "-", digits[1:]
	}
	whole, fraction, _ := strings.Cut(digits, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if fraction != "" {
		fraction = "." + fraction
	}
	return sign + whole + fraction
}

// Size is a number of bytes.
func (v View) Size(n int64) string {
	size, unit := float64(n), 0
	units := []string{"B", "KB", "MB", "GB", "TB"}
	for size >= 1024 && unit < len(units)-1 {
		size /= 1024
		unit++
	}
	if unit == 0 {
		return fmt.Sprintf("%d B", n)
	}
	return fmt.Sprintf("%.1f %s", size, units[unit])
}
