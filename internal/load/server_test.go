package load_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// binary is the program, built once.
var binary = sync.OnceValues(func() (string, error) {
	folder, err := os.MkdirTemp("", "luoshi-load-")
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

func TestMain(m *testing.M) {
	m.Run()
	if !built {
		return
	}
	if path, err := binary(); err == nil {
		_ = os.RemoveAll(filepath.Dir(path))
	}
}

// built tells whether the program was built.
var built bool

// boundless is a limit of requests that nobody meets: what is measured is how fast the server answers, not how many
// answers it grants.
const boundless = "1000000"

// server is a running server.
type server struct {
	url     string
	started time.Duration // from the start of the program until it was ready
	process *os.Process
	stop    func()
}

// launch starts a server with settings and waits until it is ready.
func launch(b *testing.B, settings map[string]string) *server {
	b.Helper()
	path, err := binary()
	built = true
	if err != nil {
		b.Fatal(err)
	}
	listen := freeAddress(b)
	// Everybody comes from an address of one's own, as from an office's proxy.
	arguments := []string{"serve", "--listen", listen, "--proxy", "--log-level", "error",
		"--requests-address", boundless, "--requests-account", boundless, "--requests-api", boundless}
	for name, value := range settings {
		arguments = append(arguments, "--"+name, value)
	}
	process := exec.CommandContext(b.Context(), path, arguments...)
	process.Cancel = func() error { return process.Process.Signal(syscall.SIGTERM) }
	process.Stderr = os.Stderr
	begun := time.Now()
	if err := process.Start(); err != nil {
		b.Fatal(err)
	}
	s := &server{url: "http://" + listen, process: process.Process}
	s.stop = sync.OnceFunc(func() {
		_ = process.Process.Signal(syscall.SIGTERM)
		_ = process.Wait()
	})
	b.Cleanup(s.stop)
	again := time.NewTicker(5 * time.Millisecond)
	defer again.Stop()
	for time.Since(begun) < time.Minute {
		if ready(b, s.url) {
			s.started = time.Since(begun)
			return s
		}
		<-again.C
	}
	b.Fatal("the server is not ready after a minute")
	return nil
}

func ready(b *testing.B, url string) bool {
	b.Helper()
	request, err := http.NewRequestWithContext(b.Context(), http.MethodGet, url+"/readyz", http.NoBody)
	if err != nil {
		b.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return false
	}
	return answer.Body.Close() == nil && answer.StatusCode == http.StatusOK
}

func freeAddress(b *testing.B) string {
	b.Helper()
	socket, err := (&net.ListenConfig{}).Listen(b.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	defer socket.Close()
	return socket.Addr().String()
}

var peak = regexp.MustCompile(`VmHWM:\s+(\d+) kB`)

// forget lets memory tell of what is needed from now on.
func (s *server) forget(b *testing.B) {
	b.Helper()
	const resetPeak = "5" // see proc(5)
	if err := os.WriteFile(filepath.Join("/proc", strconv.Itoa(s.process.Pid), "clear_refs"), []byte(resetPeak), 0); err != nil {
		b.Logf("the peak of memory is that since the start: %v", err)
	}
}

// memory is the most that the server has needed so far, or since forget, in MB; 0 where the system does not tell.
func (s *server) memory() float64 {
	status, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(s.process.Pid), "status"))
	if err != nil {
		return 0
	}
	found := peak.FindSubmatch(status)
	if found == nil {
		return 0
	}
	kilobytes, _ := strconv.Atoi(string(found[1])) // digits alone
	return float64(kilobytes) / 1024
}

// ticks are how often the system counts the time of processors, in a second.
const ticks = 100

// work is how long the server's processors have worked so far; 0 where the system does not tell. Unlike the time that an
// answer takes, it does not depend on who else uses the machine.
func (s *server) work() time.Duration {
	status, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(s.process.Pid), "stat"))
	if err != nil {
		return 0
	}
	// The name in brackets may hold spaces; the times are the 12th and 13th field behind it.
	_, behind, _ := strings.Cut(string(status), ") ")
	fields := strings.Fields(behind)
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * time.Second / ticks
}
