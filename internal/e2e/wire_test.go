package e2e_test

import (
	"io"
	"net"
	"strings"
	"sync"
	"testing"
)

// wire is a connection to a server that can be cut.
type wire struct {
	to     string
	socket net.Listener

	mu   sync.Mutex
	down bool
	deaf bool
	ends map[net.Conn]bool
}

// over is the site at the other end of a wire.
func (s *site) over(t *testing.T) (*site, *wire) {
	t.Helper()
	socket, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{to: strings.TrimPrefix(s.url, "http://"), socket: socket, ends: map[net.Conn]bool{}}
	t.Cleanup(func() {
		socket.Close()
		w.cut(true)
	})
	go w.serve()
	far := *s
	far.url = "http://" + socket.Addr().String()
	return &far, w
}

// deafen keeps back what the server answers from now on.
func (w *wire) deafen() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.deaf = true
}

// answers are what reaches the near end of a connection.
type answers struct {
	*wire
	near net.Conn
}

func (a answers) Write(p []byte) (int, error) {
	a.mu.Lock()
	deaf := a.deaf
	a.mu.Unlock()
	if deaf {
		return len(p), nil
	}
	return a.near.Write(p)
}

// cut breaks every connection and keeps new ones from being made, or lets them be made again.
func (w *wire) cut(down bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.down, w.deaf = down, false
	for end := range w.ends {
		end.Close()
	}
	clear(w.ends)
}

func (w *wire) serve() {
	for {
		near, err := w.socket.Accept()
		if err != nil {
			return // the test is over
		}
		far, err := net.Dial("tcp", w.to)
		if err != nil || !w.hold(near, far) {
			near.Close()
			continue
		}
		go func() {
			_, _ = io.Copy(far, near) // it ends with either end
			far.Close()
		}()
		go func() {
			_, _ = io.Copy(answers{w, near}, far) // as above
			near.Close()
		}()
	}
}

// hold remembers the two ends of a connection, unless the wire is cut.
func (w *wire) hold(near, far net.Conn) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.down {
		far.Close()
		return false
	}
	w.ends[near], w.ends[far] = true, true
	return true
}
