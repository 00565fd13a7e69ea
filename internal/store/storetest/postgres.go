package storetest

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"

	"github.com/jackc/pgx/v5"
)

// server is a PostgreSQL server of this test binary alone.
type server struct {
	port string
	// alive is closed by the end of this process, however it ends; the keeper that reads the other end
	// then stops the server and removes its folder.
	alive io.WriteCloser

	mu        sync.Mutex
	databases int
}

var errAbsent = errors.New("PostgreSQL is not on this machine (Debian: apt-get install postgresql)")

// start starts the server when the first test asks for it.
var start = sync.OnceValues(func() (*server, error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(scratch(), "luoshi-postgres-")
	if err != nil {
		return nil, err
	}
	s := &server{}
	if err := errors.Join(s.init(bin, dir), s.keep(bin, dir)); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return s, nil
})

// scratch is the folder in which a server keeps its files: that of the system's memory where there is room. A database has
// a thousand files, which a disk takes ten times as long to make. Benchmarks measure with a disk.
func scratch() string {
	const memory, room = "/dev/shm", 2 << 30
	if benchmarks := flag.Lookup("test.bench"); benchmarks != nil && benchmarks.Value.String() != "" {
		return ""
	}
	var free syscall.Statfs_t
	if err := syscall.Statfs(memory, &free); err != nil || free.Bavail*uint64(free.Bsize) < room {
		return ""
	}
	return memory
}

// programs is the folder that holds initdb and pg_ctl: the newest that Debian has installed, or that of
// the path.
func programs() (string, error) {
	installed, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	slices.SortFunc(installed, func(a, b string) int { return release(a) - release(b) })
	if len(installed) > 0 {
		return filepath.Dir(installed[len(installed)-1]), nil
	}
	if path, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(path), nil
	}
	return "", errAbsent
}

func release(path string) int {
	n, _ := strconv.Atoi(strings.Split(path, "/")[4])
	return n
}

// init makes a server's folder and starts the server. Nothing of it outlives the tests, so it need not
// wait for the disk.
func (s *server) init(bin, dir string) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	_, s.port, err = net.SplitHostPort(listener.Addr().String())
	if err := errors.Join(err, listener.Close(), giveAway(dir)); err != nil {
		return err
	}
	data := filepath.Join(dir, "data")
	err = run(filepath.Join(bin, "initdb"), "-D", data, "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust", "-U", "luoshi", "--no-sync")
	if err != nil {
		return err
	}
	options := fmt.Sprintf("-p %s -k %s -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c max_connections=200", s.port, dir)
	return run(filepath.Join(bin, "pg_ctl"), "-D", data, "-l", filepath.Join(dir, "log"), "-o", options, "-w", "start")
}

// keep starts the process that cleans up behind this one.
func (s *server) keep(bin, dir string) error {
	script := fmt.Sprintf(`cat >/dev/null; %s -D %s -m immediate stop; rm -rf %s`,
		filepath.Join(bin, "pg_ctl"), filepath.Join(dir, "data"), dir)
	keeper := asPostgres("sh", "-c", script)
	// A process group of its own: an interrupted test run must not end the one who cleans up.
	keeper.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	pipe, err := keeper.StdinPipe()
	if err != nil {
		return err
	}
	s.alive = pipe
	return keeper.Start()
}

func run(name string, args ...string) error {
	command := asPostgres(name, args...)
	// The server inherits the output, so it must not be a pipe that somebody waits on.
	out, err := os.CreateTemp("", "luoshi-postgres-out-")
	if err != nil {
		return err
	}
	defer os.Remove(out.Name())
	defer out.Close()
	command.Stdout, command.Stderr = out, out
	if err := command.Run(); err != nil {
		said, _ := os.ReadFile(out.Name())
		return fmt.Errorf("%s: %w: %s", filepath.Base(name), err, said)
	}
	return nil
}

// asPostgres makes a command that runs as the user postgres where we are root, whom the server refuses.
func asPostgres(name string, args ...string) *exec.Cmd {
	command := exec.Command(name, args...)
	if os.Getuid() == 0 {
		command = exec.Command("runuser", append([]string{"-u", "postgres", "--", name}, args...)...)
	}
	command.Dir = "/"
	return command
}

// giveAway lets the user postgres own a folder where we are root.
func giveAway(dir string) error {
	if os.Getuid() != 0 {
		return nil
	}
	postgres, err := user.Lookup("postgres")
	if err != nil {
		return err
	}
	uid, _ := strconv.Atoi(postgres.Uid)
	gid, _ := strconv.Atoi(postgres.Gid)
	return os.Chown(dir, uid, gid)
}

func (s *server) dsn(database string) string {
	return fmt.Sprintf("postgres://luoshi@127.0.0.1:%s/%s?sslmode=disable", s.port, database)
}

// create makes an empty database and says how it is reached and dropped.
func (s *server) create(ctx context.Context) (dsn string, drop func() error, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.databases++
	name := fmt.Sprintf("test_%d", s.databases)
	if err := s.command(ctx, "CREATE DATABASE "+name); err != nil {
		return "", nil, err
	}
	return s.dsn(name), func() error {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.command(context.Background(), "DROP DATABASE "+name+" WITH (FORCE)")
	}, nil
}

func (s *server) command(ctx context.Context, statement string) error {
	conn, err := pgx.Connect(ctx, s.dsn("postgres"))
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, statement)
	return errors.Join(err, conn.Close(ctx))
}
