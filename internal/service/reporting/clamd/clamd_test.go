package clamd_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"net"
	"strings"
	"testing"

	"luoshi/internal/service/reporting/clamd"
)

// daemon answers as ClamAV does, and finds what holds “EICAR”.
func daemon(t *testing.T, answer func(content []byte) string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			if content, ok := received(conn); ok {
				_, _ = io.WriteString(conn, answer(content)+"\x00")
			}
			_ = conn.Close()
		}
	}()
	return l.Addr().String()
}

func received(conn net.Conn) ([]byte, bool) {
	in := bufio.NewReader(conn)
	if command, err := in.ReadString(0); err != nil || command != "zINSTREAM\x00" {
		return nil, false
	}
	var content bytes.Buffer
	for {
		var length [4]byte
		if _, err := io.ReadFull(in, length[:]); err != nil {
			return nil, false
		}
		n := binary.BigEndian.Uint32(length[:])
		if n == 0 {
			return content.Bytes(), true
		}
		if _, err := io.CopyN(&content, in, int64(n)); err != nil {
			return nil, false
		}
	}
}

func TestScan(t *testing.T) {
	address := daemon(t, func(content []byte) string {
		switch {
		case bytes.Contains(content, []byte("EICAR")):
			return "stream: Eicar-Signature FOUND"
		case len(content) > 200_000:
			return "INSTREAM size limit exceeded. ERROR"
		}
		return "stream: OK"
	})
	for name, c := range map[string]struct {
		content, found string
		fails          bool
	}{
		"clean":          {content: "一份报表"},
		"empty":          {},
		"long and clean": {content: strings.Repeat("x", 150_000)},
		"harmful":        {content: strings.Repeat("x", 70_000) + "EICAR", found: "Eicar-Signature"},
		"too long":       {content: strings.Repeat("x", 300_000), fails: true},
	} {
		t.Run(name, func(t *testing.T) {
			found, err := clamd.Scanner{Address: address}.Scan(t.Context(), "a.txt", strings.NewReader(c.content))
			if found != c.found || (err != nil) != c.fails {
				t.Errorf("found %q, %v", found, err)
			}
		})
	}
}

func TestADaemonThatIsNotThereIsAnError(t *testing.T) {
	if _, err := (clamd.Scanner{Address: "unix:" + t.TempDir() + "/none"}).Scan(t.Context(), "a", strings.NewReader("a")); err == nil {
		t.Error("nobody looked, and nothing is said of it")
	}
	ctx, end := context.WithCancel(t.Context())
	end()
	if _, err := (clamd.Scanner{Address: "127.0.0.1:1"}).Scan(ctx, "a", strings.NewReader("a")); err == nil {
		t.Error("nobody waited, and nothing is said of it")
	}
}
