package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/spf13/cobra"
)

func newServe(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use: c.say("serve.use"), Short: c.say("serve.short"), Long: c.say("serve.long"), Example: c.say("serve.example"),
		Args: arguments(0, 0), DisableFlagsInUseLine: true,
	}
	c.addSettings(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) (err error) {
		boundMemory()
		cfg, err := settings(cmd)
		if err != nil {
			return err
		}
		s, err := openServer(cmd.Context(), cfg, c.logger(cfg))
		if err != nil {
			return err
		}
		defer func() {
			if closing := s.close(); closing != nil {
				err = closing
			}
		}()
		return c.serve(cmd.Context(), s)
	}
	return cmd
}

// serve runs an open server until the context ends, and stops it orderly then.
func (c *console) serve(ctx context.Context, s *server) error {
	running, err := s.start(ctx)
	if err != nil {
		return err
	}
	s.logger.Info("serving", "address", running.address, "public", s.config.PublicURL(), "database", string(s.store.Dialect()),
		"version", builtVersion())
	if err := c.begin(ctx, s); err != nil {
		return errors.Join(err, running.end(context.WithoutCancel(ctx)))
	}
	return running.wait(ctx)
}

// begin creates the first administrator. The password is shown to the person at the terminal, this once, and nowhere
// else.
func (c *console) begin(ctx context.Context, s *server) error {
	first, err := s.identity.Begin(ctx)
	if err != nil {
		return fmt.Errorf("the first start: %w", err)
	}
	if first != nil {
		fmt.Fprintln(c.stderr, c.say("serve.first", s.config.PublicURL(), first.Name, first.Password.Reveal()))
	}
	return nil
}

// running is a server that answers.
type running struct {
	server  *server
	address string // of the socket, with the port that was got
	http    []*http.Server
	failed  chan error
	signed  chan struct{} // closed when the last head of the log is signed
	stop    context.CancelFunc
}

// What a connection may take; how long pages may take they say themselves.
const (
	headerTime  = 10 * time.Second
	readTime    = 5 * time.Minute // of the largest upload over a slow line
	writeTime   = 10 * time.Minute
	idleTime    = 2 * time.Minute
	headerBytes = 64 << 10
	drainTime   = 20 * time.Second // for requests and jobs to come to their end
	signEvery   = time.Minute
)

// start begins to answer, to do jobs and to sign heads of the log. Nothing of it ends by the context alone.
func (s *server) start(ctx context.Context) (*running, error) {
	handler, err := s.handler()
	if err != nil {
		return nil, err
	}
	r := &running{server: s, failed: make(chan error, 2), signed: make(chan struct{})}
	if r.address, err = r.listen(ctx, s.config.Listen(), handler); err != nil {
		return nil, err
	}
	if listen, token := s.config.Metrics(); listen != "" {
		apart := http.NewServeMux()
		apart.Handle("GET /metrics", s.metrics.Handler(token))
		if _, err := r.listen(ctx, listen, apart); err != nil {
			return nil, errors.Join(err, r.shut(ctx))
		}
	}
	if err := s.queue.Start(ctx, s.kinds()...); err != nil {
		return nil, errors.Join(err, r.shut(ctx))
	}
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	r.stop = stop
	go r.keepSigning(background)
	return r, nil
}

// listen begins to answer at an address.
func (r *running) listen(ctx context.Context, address string, handler http.Handler) (string, error) {
	socket, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return "", fmt.Errorf("listen at %s: %w", address, err)
	}
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: idleTime,
		MaxHeaderBytes: headerBytes, ErrorLog: slog.NewLogLogger(r.server.logger.Handler(), slog.LevelDebug),
		TLSConfig: &tls.Config{MinVersion: tls.VersionTLS12},
	}
	r.http = append(r.http, server)
	cert, key := r.server.config.TLS()
	go func() {
		serving := func() error { return server.Serve(socket) }
		if cert != "" {
			serving = func() error { return server.ServeTLS(socket, cert, key) }
		}
		if err := serving(); !errors.Is(err, http.ErrServerClosed) {
			r.failed <- fmt.Errorf("serve at %s: %w", address, err)
		}
	}()
	return socket.Addr().String(), nil
}

// keepSigning signs heads of the log while the server runs, and once more when it stops.
func (r *running) keepSigning(ctx context.Context) {
	defer close(r.signed)
	ticker := time.NewTicker(signEvery)
	defer ticker.Stop()
	r.server.core.Log().KeepSigning(ctx, r.server.store.Within, ticker.C, func(err error) {
		r.server.logger.Error("signing the audit log", "error", err)
	}, r.server.key)
}

// wait waits for the end of the context, or for the server to fail, and stops: first the answers, then the jobs, and
// last a head of the log is signed that covers all of it.
func (r *running) wait(ctx context.Context) error {
	var failed error
	select {
	case <-ctx.Done():
	case failed = <-r.failed:
	}
	r.server.logger.Info("stopping")
	if err := errors.Join(failed, r.end(context.WithoutCancel(ctx))); err != nil {
		return err
	}
	return errStopped
}

func (r *running) end(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, drainTime)
	defer cancel()
	r.server.health.Leave()
	err := errors.Join(r.shut(ctx), r.server.queue.Stop(ctx))
	r.stop()
	<-r.signed
	return err
}

// shut lets requests come to their end, and cuts off those that do not.
func (r *running) shut(ctx context.Context) error {
	var err error
	for _, server := range r.http {
		if server.Shutdown(ctx) != nil {
			err = errors.Join(err, server.Close())
		}
	}
	return err
}
