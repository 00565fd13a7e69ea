// Command luoshi reads government plans and reports, checks their figures and follows their promises.
package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"syscall"

	"luoshi/document/fault"
)

// The exit statuses of the command.
const (
	statusDone        = 0
	statusFindings    = 1   // check found what --fail-on asks for
	statusBad         = 2   // bad usage, or an input that could not be read
	statusInterrupted = 130 // as a shell expects after Ctrl-C
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

// run is the whole command: it returns the exit status and touches no stream but those given.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	c := &console{
		lang: languageOf(args), stdin: stdin, stdout: stdout, stderr: stderr,
	}
	root := newRoot(c)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	switch {
	case errors.Is(err, errStopped):
		return statusDone
	case ctx.Err() != nil:
		c.report(c.say("interrupted"))
		return statusInterrupted
	case err == nil:
		return statusDone
	case errors.Is(err, errFindings):
		return statusFindings
	case errors.Is(err, errReported):
		return statusBad
	}
	c.report(c.explain(err))
	return statusBad
}

// errStopped ends a server that was told to stop and did so in order.
var errStopped = errors.New("stopped")

// errReported ends a command whose faults have all been written to stderr.
var errReported = errors.New("faults were reported")

// explain is the error in the user's language.
func (c *console) explain(err error) string {
	var f *fault.Fault
	if errors.As(err, &f) {
		return f.Message(string(c.lang))
	}
	if message, ok := c.explainServer(err); ok {
		return message
	}
	return c.usageMessage(err)
}
