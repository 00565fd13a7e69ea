package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/sqlitedialect"
	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// openSQLite opens one connection for writing and several for reading. SQLite has one writer at a time;
// writers of this program therefore queue in Go, in order, and only meet the database's own lock where
// another process writes.
func openSQLite(ctx context.Context, path string, options Options) (*Store, error) {
	if path == "" || path == ":memory:" {
		return nil, fault("sqlite.path", nil, "请写明数据库文件的路径，如 sqlite:luoshi.db。",
			"Name the database's file, as in sqlite:luoshi.db.")
	}
	if err := writable(path); err != nil {
		return nil, err
	}
	unlock, err := lockStart(ctx, path)
	if err != nil {
		return nil, err
	}
	s, err := startSQLite(ctx, path, options)
	return s, errors.Join(err, unlock())
}

func startSQLite(ctx context.Context, path string, options Options) (*Store, error) {
	s, err := connectSQLite(ctx, path, options)
	if err != nil {
		return nil, err
	}
	if err := s.migrate(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// The caches are in KiB and those of each connection: together they are a good part of the memory that a server takes,
// while the system keeps the file's pages at hand by itself.
func connectSQLite(ctx context.Context, path string, options Options) (*Store, error) {
	writer, err := sql.Open("sqlite", sqliteDSN(path, options, "_txlock=immediate&_pragma=cache_size(-16000)"))
	if err != nil {
		return nil, fmt.Errorf("store: open %s: %w", path, err)
	}
	writer.SetMaxOpenConns(1)
	if err := writer.PingContext(ctx); err != nil {
		return nil, errors.Join(sqliteFault(path, err), writer.Close())
	}
	reader, err := sql.Open("sqlite", sqliteDSN(path, options, "_pragma=query_only(1)&_pragma=cache_size(-6000)"))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("store: open %s: %w", path, err), writer.Close())
	}
	reader.SetMaxOpenConns(options.Connections)
	reader.SetMaxIdleConns(options.Connections)
	return &Store{
		dialect: SQLite, path: path, options: options, versions: map[string]int64{},
		writer: bun.NewDB(writer, sqlitedialect.New()),
		reader: bun.NewDB(reader, sqlitedialect.New()),
	}, nil
}

// startWait is how long a process that starts waits for another one that starts, and migrates perhaps.
const startWait = time.Minute

// lockStart lets one process at a time open and migrate a file. Turning a new file into one with a
// write-ahead log does not wait for others by itself, and neither do migrations. The lock is SQLite's
// own, on an empty file beside the database; it stays, because removing it would pull it from under
// those who wait.
func lockStart(ctx context.Context, path string) (unlock func() error, err error) {
	db, err := sql.Open("sqlite", waitingDSN(path+"-start", startWait))
	if err != nil {
		return nil, fmt.Errorf("store: open %s: %w", path, err)
	}
	db.SetMaxOpenConns(1)
	if _, err := db.ExecContext(ctx, "BEGIN EXCLUSIVE"); err != nil {
		return nil, errors.Join(sqliteFault(path, err), db.Close())
	}
	return db.Close, nil
}

// sqliteDSN sets what every connection needs. busy_timeout stands first, so that the pragmas behind it
// wait for a writer instead of failing.
func sqliteDSN(path string, options Options, more string) string {
	return waitingDSN(path, options.Wait) + "&_pragma=journal_mode(WAL)&_pragma=foreign_keys(1)&_pragma=synchronous(FULL)" +
		"&" + more
}

// waitingDSN names a file and sets only how long a connection waits for others.
func waitingDSN(path string, wait time.Duration) string {
	return "file:" + (&url.URL{Path: path}).EscapedPath() +
		"?_pragma=busy_timeout(" + strconv.FormatInt(wait.Milliseconds(), 10) + ")"
}

// writable tells in plain words why a file cannot be written, before SQLite says only that it cannot
// open it.
func writable(path string) error {
	dir := filepath.Dir(path)
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return fault("sqlite.no_folder", err, "数据库所在的文件夹不存在："+dir+"，请先建立。",
			"The folder of the database does not exist: "+dir+"; create it first.")
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fault("sqlite.not_writable", err, "数据库文件无法写入："+path+"，请检查权限。",
			"The database's file cannot be written: "+path+"; check its permissions.")
	}
	return f.Close()
}

func sqliteFault(path string, err error) error {
	var e *sqlite.Error
	if errors.As(err, &e) {
		switch e.Code() & 0xff {
		case lib.SQLITE_NOTADB, lib.SQLITE_CORRUPT:
			return fault("sqlite.damaged", err, "这不是数据库文件，或文件已损坏："+path+"，请用备份恢复。",
				"This is no database or it is damaged: "+path+"; restore a backup.")
		case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
			return fault("sqlite.busy", err, "数据库正被其他程序占用："+path+"，请稍后再试。",
				"Another program holds the database: "+path+"; try again later.")
		}
	}
	return fmt.Errorf("store: open %s: %w", path, err)
}

// busySQLite tells whether a transaction lost against another process and may be tried anew.
func busySQLite(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && (e.Code()&0xff == lib.SQLITE_BUSY || e.Code()&0xff == lib.SQLITE_LOCKED)
}

func takenSQLite(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code() == lib.SQLITE_CONSTRAINT_PRIMARYKEY
}
