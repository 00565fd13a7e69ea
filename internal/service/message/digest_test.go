package message_test

import (
	"encoding/json"
	"slices"
	"sync"
	"testing"
	"time"

	"luoshi/internal/service/message"
)

// TestADigestGoesOutOnceAWorkingDay follows a week with a night, a weekend and a working Saturday.
func TestADigestGoesOutOnceAWorkingDay(t *testing.T) {
	post := openPostOffice(t, message.StartTLS)
	each(t, message.Options{Mail: post.MailServer}, func(t *testing.T, o *town) {
		before := len(post.taken())
		must(t, o.Choose(o.asHead, daily, 0))
		to := message.Audience{Unit: o.Bureau.ID}
		for _, c := range []struct {
			name                     string
			month, day, hour, minute int
			tell                     string
			letters                  int // altogether
		}{
			{"on a Saturday that makes up for the Spring Festival", 2, 28, 9, 0, "z", 1},
			{"Monday before anybody is there", 3, 2, 8, 29, "a", 1},
			{"Monday morning", 3, 2, 8, 30, "", 2},
			{"later that day", 3, 2, 10, 0, "b", 2},
			{"in the night", 3, 2, 23, 0, "", 2},
			{"on Tuesday", 3, 3, 8, 40, "c", 3},
			{"on Wednesday nothing is new", 3, 4, 9, 0, "", 3},
			{"in the last minute of a day", 3, 4, 19, 59, "d", 4},
			{"a minute later", 3, 4, 20, 0, "e", 4},
			{"on Saturday", 3, 7, 9, 0, "f", 4},
			{"on Monday", 3, 9, 9, 0, "", 5},
		} {
			o.clock.at(time.Month(c.month), c.day, c.hour, c.minute)
			if c.tell != "" {
				o.tell(t, due(c.tell, to))
			}
			for range 2 {
				must(t, o.Tick(t.Context(), nil))
				o.work(t)
			}
			if got := len(post.taken()) - before; got != c.letters {
				t.Errorf("%s: %d letters are out, not %d", c.name, got, c.letters)
			}
		}
	})
}

func TestWhatSomebodyHasReadIsNotMailed(t *testing.T) {
	post := openPostOffice(t, message.StartTLS)
	each(t, message.Options{Mail: post.MailServer}, func(t *testing.T, o *town) {
		before := len(post.taken())
		must(t, o.Choose(o.asHead, daily, 0))
		o.tell(t, due("a", message.Audience{Account: o.head}))
		o.tell(t, due("b", message.Audience{Account: o.head}))
		read := have[message.Inbox](t)(o.Inbox(o.asHead, message.Query{})).Letters[0]
		have[message.Letter](t)(o.Open(o.asHead, read.ID))
		must(t, o.Tick(t.Context(), nil))
		o.work(t)
		letters := post.taken()[before:]
		if len(letters) != 1 {
			t.Fatalf("%d letters are out", len(letters))
		}
		if subject, _, _ := letters[0].readable(t); subject != "[Luoshi] a is due in 3 days" {
			t.Errorf("the letter is about %q", subject)
		}
	})
}

func TestWhatIsUrgentGoesOutAtOnce(t *testing.T) {
	post := openPostOffice(t, message.StartTLS)
	each(t, message.Options{Mail: post.MailServer}, func(t *testing.T, o *town) {
		before := len(post.taken())
		o.clock.at(time.March, 7, 23, 0) // Saturday night
		must(t, o.Choose(o.asHead, message.Choice{Mode: message.Urgent, Email: daily.Email, Language: message.English}, 0))
		must(t, o.Choose(o.asStreet, message.Choice{Mode: message.Off, Email: "street@wangxi.example", Language: message.English}, 0))
		urgent := due("flood", message.Audience{Account: o.head}, message.Audience{Account: o.reporter}, message.Audience{Account: o.street})
		urgent.Urgent = true
		o.tell(t, urgent, due("calm", message.Audience{Account: o.head}))
		o.work(t)
		letters := post.taken()[before:]
		if len(letters) != 1 || letters[0].to != daily.Email {
			t.Fatalf("out are %+v", letters)
		}
		if subject, _, _ := letters[0].readable(t); subject != "[Luoshi, urgent] flood is due in 3 days" {
			t.Errorf("the letter is about %q", subject)
		}
		o.clock.at(time.March, 9, 9, 0)
		must(t, o.Tick(t.Context(), nil))
		o.work(t)
		if got := len(post.taken()) - before; got != 1 {
			t.Errorf("whoever wants urgent notices only got %d letters", got)
		}
	})
}

// TestADigestThatFailsByNightWaitsForTheMorning: its attempts keep to the hours that digests keep to.
func TestADigestThatFailsByNightWaitsForTheMorning(t *testing.T) {
	post := openPostOffice(t, message.StartTLS)
	each(t, message.Options{Mail: post.MailServer}, func(t *testing.T, o *town) {
		before := len(post.taken())
		post.Lock()
		post.refusal = "452 later"
		post.Unlock()
		must(t, o.Choose(o.asHead, daily, 0))
		o.clock.at(time.March, 6, 19, 0) // Friday
		o.tell(t, due("a", message.Audience{Account: o.head}))
		must(t, o.Tick(t.Context(), nil))
		for range 120 { // two hours, minute by minute
			o.work(t)
			o.clock.pass(time.Minute)
		}
		if d := o.one(t); d.State != message.Waiting || d.Attempts != 5 {
			t.Errorf("in the evening it is %s after %d attempts", d.State, d.Attempts)
		}
		post.Lock()
		post.refusal = ""
		post.Unlock()
		for _, c := range []struct{ day, hour, letters int }{{6, 22, 0}, {7, 12, 0}, {8, 12, 0}, {9, 7, 0}, {9, 8, 1}} {
			o.clock.at(time.March, c.day, c.hour, 0)
			o.work(t)
			if got := len(post.taken()) - before; got != c.letters {
				t.Errorf("on March %d at %d o'clock %d are out", c.day, c.hour, got)
			}
		}
	})
}

// TestManyServersSendOnce: many gather and deliver at the same moment.
func TestManyServersSendOnce(t *testing.T) {
	post := openPostOffice(t, message.StartTLS)
	each(t, message.Options{Mail: post.MailServer}, func(t *testing.T, o *town) {
		before := len(post.taken())
		must(t, o.Choose(o.asHead, daily, 0))
		must(t, o.Choose(o.asStreet, message.Choice{Mode: message.Daily, Email: "street@wangxi.example", Language: message.Chinese}, 0))
		for _, key := range []string{"a", "b", "c"} {
			o.tell(t, due(key, message.Audience{Account: o.head}, message.Audience{Account: o.street}))
		}
		var all sync.WaitGroup
		for range 6 {
			all.Go(func() {
				if err := o.Tick(t.Context(), nil); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		for range 6 {
			for _, task := range o.Queue.Tasks() {
				all.Go(func() {
					args, err := json.Marshal(task.Args)
					if err != nil {
						t.Error(err)
					}
					_ = o.Deliver(t.Context(), args) // one of them does it, the others see that it is being done
				})
			}
		}
		all.Wait()
		var to []string
		for _, l := range post.taken()[before:] {
			to = append(to, l.to)
		}
		slices.Sort(to)
		if want := []string{daily.Email, "street@wangxi.example"}; !slices.Equal(to, want) {
			t.Errorf("sent to %v", to)
		}
	})
}

// TestAServerThatIsKilledIsContinued: whoever begins an attempt has some minutes, then another may.
func TestAServerThatIsKilledIsContinued(t *testing.T) {
	post := openPostOffice(t, message.StartTLS)
	each(t, message.Options{Mail: post.MailServer}, func(t *testing.T, o *town) {
		before := len(post.taken())
		must(t, o.Choose(o.asHead, daily, 0))
		must(t, o.TryMail(o.asHead))
		claimed := `UPDATE message_deliveries SET claimed = '` + o.clock.Now().UTC().Format("2006-01-02T15:04:05.000000Z") + `'`
		have[any](t)(o.Store().SQL().ExecContext(t.Context(), claimed))
		args, err := json.Marshal(o.Queue.Tasks()[len(o.Queue.Tasks())-1].Args)
		must(t, err)
		if err := o.Deliver(t.Context(), args); err == nil || len(post.taken()) != before {
			t.Errorf("while another is at it: %v, %d letters", err, len(post.taken())-before)
		}
		o.clock.pass(4 * time.Minute)
		must(t, o.Deliver(t.Context(), args))
		must(t, o.Deliver(t.Context(), args))
		if got := len(post.taken()) - before; got != 1 {
			t.Errorf("%d letters are out", got)
		}
	})
}

func TestWhoHasGoneOrChangedHisMindGetsNothing(t *testing.T) {
	post := openPostOffice(t, message.StartTLS)
	each(t, message.Options{Mail: post.MailServer}, func(t *testing.T, o *town) {
		before := len(post.taken())
		must(t, o.Choose(o.asHead, daily, 0))
		must(t, o.Choose(o.asStreet, message.Choice{Mode: message.Daily, Email: "street@wangxi.example", Language: message.Chinese}, 0))
		o.tell(t, due("a", message.Audience{Account: o.head}, message.Audience{Account: o.street}))
		must(t, o.Tick(t.Context(), nil))
		must(t, o.Choose(o.asHead, message.Choice{Mode: message.Off, Language: message.English}, 1))
		_, err := o.people.Disable(o.admin, o.street)
		must(t, err)
		o.work(t)
		if got := len(post.taken()) - before; got != 0 {
			t.Errorf("%d letters are out", got)
		}
		for _, d := range o.sent(t, message.SentQuery{}) {
			if d.State != message.Dropped {
				t.Errorf("it is %+v", d)
			}
		}
	})
}
