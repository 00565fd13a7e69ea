package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"luoshi/internal/audit/signing"
	"luoshi/internal/service/publication/disclosed"
)

// publicSite is a public site that is checked from outside, as anyone can.
type publicSite struct {
	base   string
	client *http.Client
}

// Bounds of what a site may answer.
const (
	mostOfSite    = 1 << 20
	mostOfLog     = 64 << 20
	mostOfRecords = 1 << 30
	longestVisit  = 10 * time.Minute
)

// errUnreachable is the error of a site that cannot be asked, which says nothing about whether it tells the truth.
type errUnreachable struct {
	what  string
	cause error
}

func (e *errUnreachable) Error() string { return e.what + ": " + e.cause.Error() }

func (e *errUnreachable) Unwrap() error { return e.cause }

var errAnswer = errors.New("it answers with an error")

// get is a file of the site.
func (s *publicSite) get(ctx context.Context, name string, most int64) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, longestVisit)
	defer cancel()
	address := s.base + "/" + name
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return nil, &errUnreachable{address, err}
	}
	answer, err := s.client.Do(request)
	if err != nil {
		return nil, &errUnreachable{address, err}
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, &errUnreachable{address, fmt.Errorf("%w: %s", errAnswer, answer.Status)}
	}
	text, err := io.ReadAll(io.LimitReader(answer.Body, most+1))
	if err == nil && int64(len(text)) > most {
		err = fmt.Errorf("%w: more than %d bytes", errAnswer, most)
	}
	if err != nil {
		return nil, &errUnreachable{address, err}
	}
	return text, nil
}

func (s *publicSite) read(ctx context.Context, name string, most int64, into any) error {
	text, err := s.get(ctx, name, most)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, into); err != nil {
		return &errUnreachable{s.base + "/" + name, err}
	}
	return nil
}

// siteOf is the public site at an address that somebody typed.
func siteOf(typed string) (*publicSite, error) {
	address, err := url.Parse(strings.TrimRight(typed, "/"))
	if err != nil || address.Host == "" || address.Scheme != "http" && address.Scheme != "https" {
		return nil, commandError("audit.url.bad", typed)
	}
	address.RawQuery, address.Fragment = "", ""
	return &publicSite{base: address.String(), client: &http.Client{}}, nil
}

// verifySite checks a public site: that its heads are signed and continue each other and those that were kept elsewhere,
// and that all it tells of each plan is what the log says it told.
func (c *console) verifySite(ctx context.Context, cmd *cobra.Command, typed string) error {
	site, err := siteOf(typed)
	if err != nil {
		return err
	}
	names, _ := cmd.Flags().GetStringArray("head")
	kept, err := readHeads(names)
	if err != nil {
		return err
	}
	v := &siteCheck{console: c, ctx: ctx, site: site}
	if err := v.load(cmd); err != nil {
		var unreachable *errUnreachable
		if errors.As(err, &unreachable) {
			return commandError("audit.url.unreachable", unreachable.what, unreachable.cause)
		}
		return err
	}
	v.checkLog()
	for i, note := range kept {
		v.checkKept(names[i], note)
	}
	for _, p := range v.plans {
		v.checkPlan(p)
	}
	if v.broken > 0 {
		fmt.Fprintln(c.stdout, c.say("audit.url.broken", v.broken))
		return errFindings
	}
	fmt.Fprintln(c.stdout, c.say("audit.url.whole"))
	return nil
}

// siteCheck is a site under examination.
type siteCheck struct {
	*console
	ctx    context.Context
	site   *publicSite
	plans  []toldPlan
	log    disclosed.Log
	keys   signing.Keyring
	broken int
}

// toldPlan is what a site tells of a plan.
type toldPlan struct {
	disclosed.SitePlan
	proof   disclosed.EditionProof
	records [][]byte
}

func (v *siteCheck) say(key string, args ...any) {
	fmt.Fprintln(v.stdout, v.console.say(key, args...))
}

func (v *siteCheck) fail(key string, args ...any) {
	v.broken++
	v.say(key, args...)
}

// load asks for everything, the log last: so that it has every head that something else speaks of.
func (v *siteCheck) load(cmd *cobra.Command) error {
	var site disclosed.Site
	if err := v.site.read(v.ctx, "site.json", mostOfSite, &site); err != nil {
		return err
	}
	for _, p := range site.Plans {
		told, err := v.tell(p)
		if err != nil {
			return err
		}
		v.plans = append(v.plans, told)
	}
	if err := v.site.read(v.ctx, "log.json", mostOfLog, &v.log); err != nil {
		return err
	}
	return v.loadKeys(cmd)
}

// tell asks what the site tells of a plan. Where another edition comes between the proof and the records, it asks again.
func (v *siteCheck) tell(p disclosed.SitePlan) (toldPlan, error) {
	told := toldPlan{SitePlan: p}
	for range 2 {
		told.proof = disclosed.EditionProof{}
		if err := v.site.read(v.ctx, p.Proof, mostOfLog, &told.proof); err != nil {
			return told, err
		}
		text, err := v.site.get(v.ctx, p.Records, mostOfRecords)
		if err != nil {
			return told, err
		}
		told.records = bytes.Split(bytes.TrimSuffix(text, []byte("\n")), []byte("\n"))
		if int64(len(told.records)) == told.proof.Edition.Leaves {
			break
		}
	}
	return told, nil
}

// loadKeys takes the public keys of a file, or else the one that the site itself names, which proves less.
func (v *siteCheck) loadKeys(cmd *cobra.Command) error {
	if cmd.Flags().Changed("key") {
		_, keys, err := auditKeys(cmd)
		v.keys = keys
		return err
	}
	key, err := signing.ParsePublicKey(v.log.Key)
	if err != nil {
		return commandError("audit.url.no_key")
	}
	v.keys = signing.Keyring{key}
	v.say("audit.url.own_key", key.String())
	return nil
}

func (v *siteCheck) checkLog() {
	last, err := v.log.Verify(v.keys)
	if err != nil {
		v.fail("audit.url.log_broken", err)
		return
	}
	v.say("audit.url.log", len(v.log.Heads), last.Number, last.Size, clock(last.Time))
}

// checkKept holds the log against a head that was kept elsewhere.
func (v *siteCheck) checkKept(name, note string) {
	kept, err := v.log.Knows(v.keys, note)
	if errors.Is(err, disclosed.ErrUnknown) {
		err = v.checkGrowth(kept)
	}
	if err != nil {
		v.fail("audit.url.head_broken", name, err)
		return
	}
	v.say("audit.url.head", name, kept.Number, kept.Size)
}

// checkGrowth asks for the way from a head that the site does not list to its last one.
func (v *siteCheck) checkGrowth(kept signing.Head) error {
	var grown disclosed.SignedHead
	if err := v.site.read(v.ctx, "growth.json?from="+strconv.FormatInt(kept.Size, 10), mostOfLog, &grown); err != nil {
		return err
	}
	last, err := v.keys.Open(grown.Note)
	if err != nil {
		return err
	}
	return v.keys[0].Suite().Hashing().VerifyConsistency(kept.Size, last.Size, kept.Root, last.Root, grown.Path)
}

// checkPlan checks what the site tells of a plan.
func (v *siteCheck) checkPlan(p toldPlan) {
	head, entry, err := p.proof.Verify(v.keys)
	if err == nil {
		_, err = v.log.Knows(v.keys, p.proof.Log.Head)
	}
	if err == nil {
		err = p.proof.Edition.VerifyRecords(v.keys[0].Suite().Hashing(), p.records)
	}
	if err == nil {
		err = p.heading()
	}
	if err != nil {
		v.fail("audit.url.plan_broken", p.Title, err)
		if errors.Is(err, disclosed.ErrNotPart) {
			v.nameAltered(p)
		}
		return
	}
	v.say("audit.url.plan", p.Title, p.proof.Edition.Number, len(p.records)-1, entry.Sequence, head.Number)
}
