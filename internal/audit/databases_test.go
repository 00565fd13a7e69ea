package audit_test

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/dialect/sqlitedialect"
	_ "modernc.org/sqlite"

	"luoshi/internal/audit/migrations"
)

func TestMain(m *testing.M) {
	if dsn := os.Getenv(writerEnv); dsn != "" {
		writeUntilKilled(dsn)
		return
	}
	m.Run()
	server.stop()
}

// onEachDatabase runs a test on an empty log in SQLite and in PostgreSQL.
func onEachDatabase(t *testing.T, test func(t *testing.T, dsn string, db *bun.DB)) {
	t.Run("sqlite", func(t *testing.T) {
		dsn := "sqlite:" + filepath.Join(t.TempDir(), "log.db")
		test(t, dsn, prepared(t, dsn))
	})
	t.Run("postgres", func(t *testing.T) {
		dsn := server.newDatabase(t)
		test(t, dsn, prepared(t, dsn))
	})
}

// prepared opens the database and makes its tables.
func prepared(tb testing.TB, dsn string) *bun.DB {
	tb.Helper()
	db, err := open(dsn)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = db.Close() })
	folder, dialect := "sqlite", goose.DialectSQLite3
	if strings.HasPrefix(dsn, "postgres") {
		folder, dialect = "postgres", goose.DialectPostgres
	}
	files, err := fs.Sub(migrations.Files, folder)
	if err != nil {
		tb.Fatal(err)
	}
	provider, err := goose.NewProvider(dialect, db.DB, files)
	if err != nil {
		tb.Fatal(err)
	}
	if _, err := provider.Up(tb.Context()); err != nil {
		tb.Fatal(err)
	}
	return db
}

// open connects as the server does: SQLite with WAL, each commit synced, writers taking their lock at once.
func open(dsn string) (*bun.DB, error) {
	if path, ok := strings.CutPrefix(dsn, "sqlite:"); ok {
		db, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)"+
			"&_pragma=synchronous(FULL)&_txlock=immediate")
		if err != nil {
			return nil, err
		}
		return bun.NewDB(db, sqlitedialect.New()), nil
	}
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, err
	}
	config.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(20)
	return bun.NewDB(db, pgdialect.New()), nil
}

// postgres is one server for all tests of the package, started when the first of them asks for it.
type postgres struct {
	start   sync.Once
	folder  string
	address string
	missing string // why there is no server
	bin     string
	made    int
	mu      sync.Mutex
}

var server postgres

// newDatabase is the address of an empty database. Without PostgreSQL the test is skipped, or fails where
// LUOSHI_REQUIRE_POSTGRES is set.
func (p *postgres) newDatabase(tb testing.TB) string {
	tb.Helper()
	p.start.Do(func() {
		if err := p.run(); err != nil {
			p.missing = err.Error()
		}
	})
	if p.missing != "" && os.Getenv("LUOSHI_REQUIRE_POSTGRES") == "1" {
		tb.Fatal("PostgreSQL is required: " + p.missing)
	}
	if p.missing != "" {
		tb.Skip("no PostgreSQL: " + p.missing)
	}
	p.mu.Lock()
	p.made++
	name := fmt.Sprintf("log%d", p.made)
	p.mu.Unlock()
	db, err := open(p.address + "/postgres")
	if err != nil {
		tb.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(tb.Context(), "CREATE DATABASE "+name); err != nil {
		tb.Fatal(err)
	}
	return p.address + "/" + name
}

func (p *postgres) run() error {
	initdb, err := findTool("initdb")
	if err != nil {
		return err
	}
	p.bin = filepath.Dir(initdb)
	if p.folder, err = os.MkdirTemp("", "luoshi-audit-pg"); err != nil {
		return err
	}
	if err := p.giveFolder(); err != nil {
		return err
	}
	port, err := freePort()
	if err != nil {
		return err
	}
	data := filepath.Join(p.folder, "data")
	if err := p.tool("initdb", "-D", data, "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust", "-U", "luoshi"); err != nil {
		return err
	}
	options := fmt.Sprintf("-p %d -k %s -c listen_addresses=127.0.0.1", port, p.folder)
	if err := p.tool("pg_ctl", "-D", data, "-l", filepath.Join(p.folder, "log"), "-o", options, "-w", "start"); err != nil {
		return err
	}
	p.address = fmt.Sprintf("postgres://luoshi@127.0.0.1:%d", port)
	return nil
}

// giveFolder hands the folder to the user postgres where the tests run as root, whom the server refuses.
func (p *postgres) giveFolder() error {
	if os.Getuid() != 0 {
		return nil
	}
	owner, err := user.Lookup("postgres")
	if err != nil {
		return err
	}
	uid, err := strconv.Atoi(owner.Uid)
	if err != nil {
		return err
	}
	return os.Chown(p.folder, uid, -1)
}

func (p *postgres) tool(name string, args ...string) error {
	args = append([]string{filepath.Join(p.bin, name)}, args...)
	if os.Getuid() == 0 {
		args = append([]string{"runuser", "-u", "postgres", "--"}, args...)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, args[0], args[1:]...)
	command.Dir = p.folder
	if output, err := command.CombinedOutput(); err != nil && name != "pg_ctl" {
		return fmt.Errorf("%s: %w: %s", name, err, output)
	} else if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func (p *postgres) stop() {
	if p.address != "" {
		_ = p.tool("pg_ctl", "-D", filepath.Join(p.folder, "data"), "-m", "immediate", "stop")
	}
	if p.folder != "" {
		_ = os.RemoveAll(p.folder)
	}
}

func findTool(name string) (string, error) {
	if path, err := exec.LookPath(name); err == nil {
		if real, err := filepath.EvalSymlinks(path); err == nil {
			return filepath.Join(filepath.Dir(real), name), nil
		}
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	if len(found) == 0 {
		return "", fmt.Errorf("%s is not installed", name)
	}
	return found[len(found)-1], nil
}

func freePort() (int, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port, nil
}
