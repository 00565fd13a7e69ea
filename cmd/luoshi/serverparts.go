package main

import (
	"context"
	"encoding/json"
	"time"

	"luoshi/internal/access/credential"
	"luoshi/internal/audit"
	"luoshi/internal/config"
	"luoshi/internal/job"
	"luoshi/internal/service/accounting"
	"luoshi/internal/service/assessment"
	"luoshi/internal/service/atlas"
	"luoshi/internal/service/bulletin"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/evidence"
	"luoshi/internal/service/identity"
	"luoshi/internal/service/intake"
	"luoshi/internal/service/livelihood"
	"luoshi/internal/service/message"
	"luoshi/internal/service/notify"
	"luoshi/internal/service/operations"
	"luoshi/internal/service/operations/archive"
	"luoshi/internal/service/peers"
	"luoshi/internal/service/planning"
	lights "luoshi/internal/service/progress"
	"luoshi/internal/service/publication"
	"luoshi/internal/service/reporting"
	"luoshi/internal/service/reporting/clamd"
	"luoshi/internal/service/supervision"
	"luoshi/internal/service/transfer"
	"luoshi/internal/web/operations/watch"
)

// makeServices makes the use cases of the core.
func (s *server) makeServices() {
	s.identity = identity.New(s.core, identity.Options{
		Terms: credential.SessionTerms{Idle: s.config.SessionIdle(), Longest: s.config.SessionLife()},
		OIDC:  s.identityProvider(), Logger: s.logger,
	})
	s.message = message.New(s.core, s.identity, message.Options{
		Origin: s.config.PublicURL(), Mail: s.mailServer(), Inside: s.config.WebhookInside(), Logger: s.logger,
	})
	s.intake = intake.New(s.core, s.blobs, intake.Options{})
	s.catalogue = catalogue.New(s.core)
	s.planning = planning.New(s.core, planning.Options{})
	s.reporting = reporting.New(s.core, s.blobs, reporting.Options{Scan: s.scan(), MaxBytes: s.config.EvidenceBytes(), Tell: s.message.Tell})
	s.progress = lights.New(s.core, s.reporting)
	s.livelihood = livelihood.New(s.core, s.planning, s.intake, s.blobs, livelihood.Options{Scan: s.scan(), Tell: s.message.Tell})
	s.assessment = assessment.New(s.core, assessment.Options{Livelihood: s.livelihood, Tell: s.message.Tell})
	s.orders = supervision.New(s.core, s.blobs, supervision.Options{Scan: s.scan(), MaxBytes: s.config.EvidenceBytes(), Lights: s.progress, Tell: s.message.Tell})
	s.atlas = atlas.New(s.core, s.progress)
	s.peers = peers.New(s.core, s.reporting)
	s.bulletins = bulletin.New(s.core, s.progress, s.reporting, bulletin.Options{Orders: s.orders, Livelihood: s.livelihood, Tell: s.message.Tell})
	s.public = publication.New(s.core, s.progress, s.reporting, publication.Options{
		Key: s.key.Public(), Files: s.blobs, Items: s.livelihood.Witnessed, Orders: s.orders, Mail: s.message, Tell: s.message.Tell, Origin: s.config.PublicURL(),
		Sign: func(ctx context.Context) error { return s.operations.SignHead(ctx) },
	})
	s.papers = accounting.New(s.core, s.blobs, s.progress, s.reporting, accounting.Options{
		Orders: s.orders, Peers: s.peers, Tell: s.message.Tell, Open: s.keyring().Open, Fonts: s.fonts(),
		Sign: func(ctx context.Context) error { return s.operations.SignHead(ctx) }, Narrator: narrator(s.config),
	})
	s.notify = notify.New(s.core, notify.Options{Origin: s.config.PublicURL(), Inside: s.config.WebhookInside(), Logger: s.logger})
	s.transfer = transfer.New(s.core, s.blobs, builtVersion())
	_, keep := s.config.Daily()
	s.operations = operations.New(s.core, operations.Parts{
		Jobs: s.queue, Key: s.key, Backups: s.config.Backups(), Keep: keep, Settings: shownSettings(s.config), Program: builtVersion(),
		Archive: archive.Source{
			Store: s.store, Blobs: s.blobs, KeyFile: s.config.KeyFile(), Settings: s.config.Text(), Program: builtVersion(),
		},
	})
}

// kinds are the kinds of work that the server does in the background.
func (s *server) kinds() []job.Kind {
	kinds := []job.Kind{
		{Name: intake.ReadKind, Do: s.intake.Read, May: intake.ReadMay, Attempts: 3, Limit: 10 * time.Minute},
		{Name: lights.ComputeKind, Do: s.progress.Compute, May: lights.ComputeMay, Attempts: 5},
		{Name: lights.DailyKind, Do: s.progress.Compute, May: lights.ComputeMay, Attempts: 5, Every: time.Hour},
		{Name: reporting.TickKind, Do: s.reporting.Tick, May: reporting.TickMay, Every: 10 * time.Minute},
		{Name: supervision.TickKind, Do: s.orders.Tick, May: supervision.TickMay, Every: 30 * time.Minute},
		{Name: publication.RenewKind, Do: s.public.Work, May: publication.RenewMay, Attempts: 5},
		{Name: publication.LetterKind, Do: s.public.Letter, May: publication.LetterMay, Limit: 2 * time.Minute},
		{Name: publication.TickKind, Do: s.public.Tick, May: publication.TickMay, Every: 30 * time.Minute},
		{Name: notify.DeliverTask, Do: s.notify.Deliver, May: notify.Caller().May, Limit: time.Minute},
		{Name: "notify.tidy", Do: s.notify.Tidy, May: notify.Caller().May, Every: 6 * time.Hour},
		{Name: message.DeliverKind, Do: s.message.Deliver, Limit: 2 * time.Minute},
		{Name: message.TickKind, Do: s.message.Tick, Every: 10 * time.Minute},
		{Name: "api.forget", Do: s.programs.Forget, Every: 6 * time.Hour},
		{Name: "identity.tidy", Do: plain(s.identity.Tidy), Every: 6 * time.Hour},
		{Name: operations.VerifyKind, Do: s.operations.Verify, May: operations.VerifyMay, Attempts: 3, Limit: time.Hour},
		{Name: operations.BackupKind, Do: s.operations.RunBackup, May: operations.BackupMay, Attempts: 3, Limit: 6 * time.Hour},
	}
	if daily, _ := s.config.Daily(); daily {
		kinds = append(kinds, job.Kind{
			Name: operations.DailyKind, Do: s.operations.RunDaily, May: operations.BackupMay, Attempts: 3, Limit: 6 * time.Hour, Every: 24 * time.Hour,
		})
	}
	return kinds
}

// scan asks the virus scanner of the settings; nil where they name none.
func (s *server) scan() evidence.Scan {
	if s.config.Scan() == "" {
		return nil
	}
	return clamd.Scanner{Address: s.config.Scan()}.Scan
}

// shownSettings are the settings as pages may show them.
func shownSettings(cfg *config.Config) []operations.Setting {
	var shown []operations.Setting
	for _, v := range cfg.Values() {
		shown = append(shown, operations.Setting{
			Group: v.Setting.Group, Words: v.Setting.Words, Origin: v.Origin.Words(v.Setting.Name), Name: v.Setting.Name, Value: v.Shown(),
		})
	}
	return shown
}

// plain is work that needs no arguments.
func plain(do func(ctx context.Context) error) func(context.Context, json.RawMessage) error {
	return func(ctx context.Context, _ json.RawMessage) error { return do(ctx) }
}

// gauges are the numbers of the server that are not counted as they come.
func (s *server) gauges(ctx context.Context) ([]watch.Gauge, error) {
	counts, err := s.queue.Counts(ctx)
	if err != nil {
		return nil, err
	}
	size, err := audit.Size(ctx, s.store.View(ctx))
	if err != nil {
		return nil, err
	}
	jobs := watch.Gauge{Name: "luoshi_jobs", Help: "Jobs by state."}
	for _, state := range operations.JobStates {
		jobs.Samples = append(jobs.Samples, watch.Sample{Labels: []string{"state", string(state)}, Value: float64(counts[state])})
	}
	entries := watch.Gauge{Name: "luoshi_audit_entries", Help: "Entries of the audit log.", Total: true}
	entries.Samples = []watch.Sample{{Value: float64(size)}}
	info := watch.Gauge{Name: "luoshi_info", Help: "The version of the program and the database that it works on."}
	info.Samples = []watch.Sample{{Labels: []string{"version", builtVersion(), "database", string(s.store.Dialect())}, Value: 1}}
	return append(s.pools(), jobs, entries, info), nil
}

// pools are what the connections to the database are doing.
func (s *server) pools() []watch.Gauge {
	open := watch.Gauge{Name: "luoshi_database_connections", Help: "Connections to the database, by pool and use."}
	waits := watch.Gauge{Name: "luoshi_database_waits_total", Help: "How often a connection was waited for.", Total: true}
	waited := watch.Gauge{Name: "luoshi_database_waited_seconds_total", Help: "How long connections were waited for.", Total: true}
	for _, name := range []string{"all", "read", "write"} {
		pool, used := s.store.Pools()[name]
		if !used {
			continue
		}
		open.Samples = append(open.Samples,
			watch.Sample{Labels: []string{"pool", name, "use", "busy"}, Value: float64(pool.InUse)},
			watch.Sample{Labels: []string{"pool", name, "use", "idle"}, Value: float64(pool.Idle)})
		waits.Samples = append(waits.Samples, watch.Sample{Labels: []string{"pool", name}, Value: float64(pool.WaitCount)})
		waited.Samples = append(waited.Samples, watch.Sample{Labels: []string{"pool", name}, Value: pool.WaitDuration.Seconds()})
	}
	return []watch.Gauge{open, waits, waited}
}
