package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
)

func openPostgres(ctx context.Context, dsn string, options Options) (*Store, error) {
	config, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		// The parser's words would repeat the address with its password.
		return nil, fault("postgres.address", nil, "PostgreSQL 的地址写法有误，应为 postgres://用户:密码@主机:端口/库名。",
			"The address of PostgreSQL is malformed; write postgres://user:password@host:port/name.")
	}
	// bun writes the values into its statements, so no statement comes twice and preparing it would only
	// cost a round trip.
	config.ConnConfig.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol
	config.MaxConns = int32(options.Connections)
	host := fmt.Sprintf("%s:%d", config.ConnConfig.Host, config.ConnConfig.Port)
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("store: open PostgreSQL at %s: %w", host, err)
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, postgresFault(host, config.ConnConfig.Database, err)
	}
	db := stdlib.OpenDBFromPool(pool)
	db.SetMaxOpenConns(options.Connections)
	bunDB := bun.NewDB(db, pgdialect.New())
	s := &Store{dialect: Postgres, options: options, versions: map[string]int64{}, writer: bunDB, reader: bunDB, pool: pool}
	if err := s.migrate(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func postgresFault(host, database string, err error) error {
	var refused *pgconn.PgError
	if !errors.As(err, &refused) {
		return fault("postgres.unreachable", err, "连接不上数据库服务器 "+host+"，请检查地址、网络和服务是否启动。",
			"The database server at "+host+" cannot be reached; check the address, the network and that it runs.")
	}
	switch refused.Code {
	case "28P01", "28000":
		return fault("postgres.refused", err, "数据库服务器 "+host+" 拒绝登录，请检查用户名和密码。",
			"The database server at "+host+" refuses the login; check user and password.")
	case "3D000":
		return fault("postgres.no_database", err, "数据库服务器 "+host+" 上没有名为 "+database+" 的数据库，请先建立。",
			"The database server at "+host+" has no database "+database+"; create it first.")
	}
	return fmt.Errorf("store: open PostgreSQL at %s: %w", host, err)
}

// lostPostgres tells whether a transaction lost against another one and may be tried anew.
func lostPostgres(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && (e.Code == "40001" || e.Code == "40P01" || e.Code == "55P03")
}

func takenPostgres(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && e.Code == "23505"
}
