package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
)

// CopyTo writes a copy of a SQLite database as it stands at this moment into a new file, while others go
// on writing, and checks the copy. A copy that is not sound is removed.
func (s *Store) CopyTo(ctx context.Context, path string) error {
	if s.dialect != SQLite {
		return fault("copy.sqlite_only", nil, "只有 SQLite 数据库可以复制为文件，PostgreSQL 请用导出备份。",
			"Only a SQLite database can be copied to a file; export a backup of PostgreSQL instead.")
	}
	if _, err := os.Lstat(path); err == nil {
		return fault("copy.exists", nil, "备份文件已经存在："+path+"，请换一个名字。",
			"The file of the backup exists already: "+path+"; choose another name.")
	}
	if err := s.vacuumInto(ctx, path); err != nil {
		return errors.Join(sqliteFault(path, err), removeIfThere(path))
	}
	if err := Sound(ctx, path); err != nil {
		return errors.Join(err, removeIfThere(path))
	}
	return nil
}

func removeIfThere(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

func (s *Store) vacuumInto(ctx context.Context, path string) error {
	db, err := sql.Open("sqlite", sqliteDSN(s.path, s.options, "_txlock=deferred"))
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", path)
	return errors.Join(err, db.Close())
}

// Sound tells whether a file is a whole SQLite database.
func Sound(ctx context.Context, path string) error {
	if _, err := os.Stat(path); err != nil {
		return fault("sqlite.absent", err, "找不到数据库文件："+path+"。", "There is no database at "+path+".")
	}
	db, err := sql.Open("sqlite", waitingDSN(path, Options{}.filled().Wait)+"&mode=ro")
	if err != nil {
		return fmt.Errorf("store: open %s: %w", path, err)
	}
	var said string
	err = db.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&said)
	if err = errors.Join(err, db.Close()); err != nil {
		return sqliteFault(path, err)
	}
	if said != "ok" {
		return fault("sqlite.damaged", errors.New(said), "数据库文件已损坏："+path+"，请用备份恢复。",
			"The database is damaged: "+path+"; restore a backup.")
	}
	return nil
}
