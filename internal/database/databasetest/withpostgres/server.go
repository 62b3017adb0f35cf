//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"possync/internal/database"
)

const (
	startTimeout = 60 * time.Second
	folderPrefix = "possync-postgres-"
)

// server is a running PostgreSQL that nobody will miss.
type server struct {
	url     string
	folder  string
	account *syscall.Credential // whom it runs as; nil for the present user
	end     func()              // ends the process and waits for it
}

// startServer makes a cluster in a new temporary folder and starts it.
func startServer(ctx context.Context, bin string) (_ *server, err error) {
	s := &server{end: func() {}}
	if s.account, err = serverAccount(); err != nil {
		return nil, err
	}
	if s.folder, err = os.MkdirTemp("", folderPrefix); err != nil {
		return nil, fmt.Errorf("make the server's folder: %w", err)
	}
	defer func() {
		if err != nil {
			s.stop()
		}
	}()
	if s.account != nil {
		if err := os.Chown(s.folder, int(s.account.Uid), int(s.account.Gid)); err != nil {
			return nil, fmt.Errorf("give the server its folder: %w", err)
		}
	}
	initdb := s.program(ctx, filepath.Join(bin, "initdb"), "--pgdata="+s.data(), "--username=postgres", "--auth=trust",
		"--no-sync", "--encoding=UTF8", "--locale=C")
	if out, err := initdb.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w\n%s", err, lastLines(out, 5))
	}
	for range 5 { // between finding a free port and listening on it, another may take it
		if err = s.start(ctx, bin); err == nil || ctx.Err() != nil {
			break
		}
	}
	return s, err
}

func (s *server) data() string { return filepath.Join(s.folder, "data") }

// serverAccount returns the user that the server runs as, or nil for the present one. PostgreSQL refuses to run as root.
func serverAccount() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		account, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, errUser := strconv.ParseUint(account.Uid, 10, 32)
		gid, errGroup := strconv.ParseUint(account.Gid, 10, 32)
		if errUser == nil && errGroup == nil && uid != 0 {
			return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
		}
	}
	return nil, errors.New("PostgreSQL does not run as root, and there is neither a user postgres nor nobody")
}

// program prepares one of PostgreSQL's programs to run as the account, apart from our terminal's signals, until ctx ends.
func (s *server) program(ctx context.Context, path string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Dir = s.folder
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + s.folder, "LC_ALL=C", "TZ=UTC"}
	cmd.SysProcAttr = endWithParent(syscall.SIGQUIT) // at once and without a last checkpoint
	cmd.SysProcAttr.Setpgid = true
	cmd.SysProcAttr.Credential = s.account
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGQUIT) }
	cmd.WaitDelay = 10 * time.Second // then it is killed
	return cmd
}

// start starts the server on a free port and waits until it answers. It runs until s.end, not until ctx ends: the command may
// still need it then.
func (s *server) start(ctx context.Context, bin string) error {
	port, err := freePort()
	if err != nil {
		return err
	}
	s.url = "postgres://postgres@127.0.0.1:" + strconv.Itoa(port) + "/postgres?sslmode=disable"
	args := []string{"-D", s.data(), "-p", strconv.Itoa(port)}
	for _, setting := range []string{
		"listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200", "shared_buffers=256MB",
		"fsync=off", "synchronous_commit=off", "full_page_writes=off",
	} {
		args = append(args, "-c", setting)
	}
	log, err := os.Create(filepath.Join(s.folder, "server.log"))
	if err != nil {
		return fmt.Errorf("make the server's log: %w", err)
	}
	defer func() { _ = log.Close() }() // the server has its own handle
	life, cancel := context.WithCancel(context.WithoutCancel(ctx))
	cmd := s.program(life, filepath.Join(bin, "postgres"), args...)
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Start(); err != nil {
		cancel()
		return fmt.Errorf("start postgres: %w", err)
	}
	ended := make(chan struct{})
	go func() { defer close(ended); _ = cmd.Wait() }() // how it ended is in its log
	s.end = func() { cancel(); <-ended }
	if err := s.awaitAnswer(ctx, ended); err != nil {
		s.end()
		out, _ := os.ReadFile(log.Name())
		return fmt.Errorf("start postgres: %w\n%s", err, lastLines(out, 5))
	}
	return nil
}

func (s *server) awaitAnswer(ctx context.Context, ended <-chan struct{}) error {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	for {
		db, err := database.Open(ctx, s.url, database.WithMaxConns(1))
		if err == nil {
			return db.Close()
		}
		select {
		case <-ended:
			return errors.New("it ended at once")
		case <-ctx.Done():
			return fmt.Errorf("no answer: %w (%w)", ctx.Err(), err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// stop ends the server and removes its folder.
func (s *server) stop() {
	s.end()
	_ = os.RemoveAll(s.folder) // what is left is in the system's folder for what is temporary
}

func freePort() (int, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, fmt.Errorf("find a free port: %w", err)
	}
	defer func() { _ = listener.Close() }()
	return listener.Addr().(*net.TCPAddr).Port, nil
}
