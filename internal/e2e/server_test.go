package e2e_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"luoshi/internal/store/storetest"
	"luoshi/internal/web/assets"
)

func TestMain(m *testing.M) {
	m.Run()
	closeBrowser()
	if folder, err := binaryFolder(); err == nil {
		_ = os.RemoveAll(folder)
	}
}

var binaryFolder = sync.OnceValues(func() (string, error) { return os.MkdirTemp("", "luoshi-e2e-") })

// binary is the program, built once, or the one to be tested that LUOSHI_BINARY names, such as that of a release.
var binary = sync.OnceValues(func() (string, error) {
	if path := os.Getenv("LUOSHI_BINARY"); path != "" {
		return path, nil
	}
	folder, err := binaryFolder()
	if err != nil {
		return "", err
	}
	path := filepath.Join(folder, "luoshi")
	said, err := exec.CommandContext(context.Background(), "go", "build", "-o", path, "luoshi/cmd/luoshi").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("building the program: %w: %s", err, said)
	}
	return path, nil
})

// site is a running demonstration.
type site struct {
	url, data, dsn string
	post           *postbox
}

// eachSite starts the demonstration on each database.
func eachSite(t *testing.T, test func(t *testing.T, s *site)) {
	t.Helper()
	if testing.Short() {
		t.Skip("a demonstration is settled and a browser used")
	}
	if err := assets.Missing(); err != nil {
		if os.Getenv("LUOSHI_REQUIRE_BROWSER") == "1" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	storetest.EachDSN(t, func(t *testing.T, dsn string) { test(t, start(t, dsn)) })
}

// start starts the demonstration on a database and waits until it has introduced itself.
func start(t *testing.T, dsn string) *site {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	s := &site{data: t.TempDir(), dsn: dsn, post: openPostbox(t)}
	listen := freeAddress(t)
	s.url = "http://" + listen
	process := exec.CommandContext(t.Context(), path, "demo", "--data", s.data, "--db", dsn, "--listen", listen,
		"--smtp-server", s.post.address, "--smtp-security", "none", "--smtp-from", "luoshi@wangxi.example",
		// The walk through all pages looks at more of them in a second than a person does.
		"--requests-address", "2000", "--requests-account", "1000")
	process.Cancel = func() error { return process.Process.Signal(syscall.SIGTERM) }
	process.WaitDelay = 30 * time.Second
	said, err := process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	process.Stderr = &lines{t: t}
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := process.Process.Signal(syscall.SIGTERM); err != nil {
			t.Error(err)
		}
		if err := process.Wait(); err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("the server ended with %v", err)
		}
	})
	scanner := bufio.NewScanner(said)
	for scanner.Scan() {
		if strings.Contains(scanner.Text(), s.url) {
			go func() { // what else it says must not block it
				for scanner.Scan() {
					continue
				}
			}()
			return s
		}
	}
	t.Fatal("the server ended before it was ready")
	return nil
}

// lines writes what the server complains of to the log of the test.
type lines struct{ t *testing.T }

func (l *lines) Write(p []byte) (int, error) {
	if l.t.Context().Err() == nil {
		l.t.Logf("server: %s", strings.TrimSpace(string(p)))
	}
	return len(p), nil
}

func freeAddress(t *testing.T) string {
	t.Helper()
	socket, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	return socket.Addr().String()
}
