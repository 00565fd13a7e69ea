// Package clamd asks a ClamAV daemon to look at a file, by its INSTREAM command over a socket.
package clamd

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"
)

const (
	// chunk is how much is sent at once.
	chunk = 64 << 10
	// patience is how long one file may take.
	patience = 2 * time.Minute
	// longestAnswer bounds what the daemon says.
	longestAnswer = 4096
)

// Scanner is a daemon at an address: “unix:/run/clamav/clamd.ctl” or “host:3310”.
type Scanner struct{ Address string }

// Scan tells what harmful thing the daemon finds in a file; nothing where it finds none.
func (s Scanner) Scan(ctx context.Context, _ string, content io.Reader) (found string, err error) {
	ctx, end := context.WithTimeout(ctx, patience)
	defer end()
	network, address := "tcp", s.Address
	if path, is := strings.CutPrefix(s.Address, "unix:"); is {
		network, address = "unix", path
	}
	conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
	if err != nil {
		return "", fmt.Errorf("clamd: %w", err)
	}
	defer func() { _ = conn.Close() }() // it was asked everything by then
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
	defer stop()
	if err := send(conn, content); err != nil {
		return "", fmt.Errorf("clamd: %w", err)
	}
	answer, err := bufio.NewReader(io.LimitReader(conn, longestAnswer)).ReadString(0)
	if err != nil {
		return "", fmt.Errorf("clamd: %w", err)
	}
	return verdict(strings.TrimRight(answer, "\x00"))
}

// send hands a file over in chunks with their lengths; one of length 0 ends it.
func send(w io.Writer, content io.Reader) error {
	if _, err := io.WriteString(w, "zINSTREAM\x00"); err != nil {
		return err
	}
	buffer := make([]byte, 4+chunk)
	for {
		n, err := io.ReadFull(content, buffer[4:])
		if n > 0 {
			binary.BigEndian.PutUint32(buffer, uint32(n)) //nolint:gosec // at most chunk
			if _, err := w.Write(buffer[:4+n]); err != nil {
				return err
			}
		}
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			_, err := w.Write(make([]byte, 4))
			return err
		case err != nil:
			return err
		}
	}
}

// verdict reads “stream: OK” and “stream: Eicar-Signature FOUND”; anything else is no verdict.
func verdict(answer string) (string, error) {
	said := strings.TrimPrefix(answer, "stream: ")
	if said == "OK" {
		return "", nil
	}
	if name, found := strings.CutSuffix(said, " FOUND"); found {
		return name, nil
	}
	return "", fmt.Errorf("clamd: %q is no verdict", answer)
}
