//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"possync/internal/database"
)

const (
	startTimeout = 60 * time.Second
	stopTimeout  = 10 * time.Second
	folderPrefix = "possync-postgres-"
)

// server is a running PostgreSQL that nobody will miss.
type server struct {
	url    string
	folder string
	lock   *os.File // held while the folder is in use
	cmd    *exec.Cmd
	ended  chan struct{} // closed when the process has ended
}

// startServer makes a cluster in a new temporary folder and starts it; account is the user to run as, nil for ours.
func startServer(ctx context.Context, bin string, account *syscall.Credential) (_ *server, err error) {
	temp := openTemp(account)
	sweep(temp)
	s := &server{}
	if s.folder, err = os.MkdirTemp(temp, folderPrefix); err != nil {
		return nil, fmt.Errorf("make the server's folder: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.stop())
		}
	}()
	if s.lock, err = lockFolder(s.folder); err != nil {
		return nil, err
	}
	if account != nil {
		if err := os.Chown(s.folder, int(account.Uid), int(account.Gid)); err != nil {
			return nil, fmt.Errorf("give the server its folder: %w", err)
		}
	}
	initdb := s.program(account, filepath.Join(bin, "initdb"), "--pgdata="+s.data(), "--username=postgres", "--auth=trust",
		"--no-sync", "--encoding=UTF8", "--locale=C")
	if out, err := initdb.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w\n%s", err, lastLines(out, 5))
	}
	for range 5 { // between finding a free port and listening on it, another may take it
		if err = s.start(ctx, bin, account); err == nil {
			return s, nil
		}
		if ctx.Err() != nil {
			break
		}
	}
	return nil, err
}

func (s *server) data() string { return filepath.Join(s.folder, "data") }

// program prepares one of PostgreSQL's programs to run as account, apart from our terminal's signals.
func (s *server) program(account *syscall.Credential, path string, args ...string) *exec.Cmd {
	cmd := exec.Command(path, args...)
	cmd.Dir = s.folder
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + s.folder, "LC_ALL=C", "TZ=UTC"}
	cmd.SysProcAttr = endWithParent(syscall.SIGQUIT) // at once and without a last checkpoint
	cmd.SysProcAttr.Setpgid = true
	cmd.SysProcAttr.Credential = account
	return cmd
}

// start starts the server on a free port and waits until it answers.
func (s *server) start(ctx context.Context, bin string, account *syscall.Credential) error {
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
	s.cmd = s.program(account, filepath.Join(bin, "postgres"), args...)
	s.cmd.Stdout, s.cmd.Stderr = log, log
	if err := s.cmd.Start(); err != nil {
		return fmt.Errorf("start postgres: %w", err)
	}
	cmd, ended := s.cmd, make(chan struct{})
	s.ended = ended
	go func() { defer close(ended); _ = cmd.Wait() }() // how it ended is in its log
	if err := s.awaitAnswer(ctx); err != nil {
		out, _ := os.ReadFile(log.Name())
		return errors.Join(fmt.Errorf("start postgres: %w\n%s", err, lastLines(out, 5)), s.end())
	}
	return nil
}

func (s *server) awaitAnswer(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	for {
		db, err := database.Open(ctx, s.url, database.WithMaxConns(1))
		if err == nil {
			return db.Close()
		}
		select {
		case <-s.ended:
			return errors.New("it ended at once")
		case <-ctx.Done():
			return fmt.Errorf("no answer: %w (%w)", ctx.Err(), err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// stop ends the server and removes its folder.
func (s *server) stop() error {
	err := errors.Join(s.end(), os.RemoveAll(s.folder))
	if s.lock != nil {
		err = errors.Join(err, s.lock.Close())
	}
	return err
}

// end ends the process, more and more firmly: a fast shutdown, an immediate one, a kill.
func (s *server) end() error {
	if s.cmd == nil || s.cmd.Process == nil {
		return nil
	}
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGQUIT, syscall.SIGKILL} {
		_ = s.cmd.Process.Signal(signal) // it may have ended already
		select {
		case <-s.ended:
			return nil
		case <-time.After(stopTimeout):
		}
	}
	return fmt.Errorf("process %d does not end", s.cmd.Process.Pid)
}

func freePort() (int, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, fmt.Errorf("find a free port: %w", err)
	}
	defer func() { _ = listener.Close() }()
	return listener.Addr().(*net.TCPAddr).Port, nil
}

// lockFolder marks a folder as in use for as long as the file is open, which the kernel ends with the process.
func lockFolder(folder string) (*os.File, error) {
	lock, err := os.OpenFile(filepath.Join(folder, "lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock the server's folder: %w", err)
	}
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(fmt.Errorf("lock the server's folder: %w", err), lock.Close())
	}
	return lock, nil
}

// sweep removes the folders of servers whose program was killed before it could.
func sweep(temp string) {
	folders, _ := filepath.Glob(filepath.Join(temp, folderPrefix+"*")) // the pattern is well formed
	for _, folder := range folders {
		if _, err := os.Stat(filepath.Join(folder, "lock")); err != nil {
			continue // not ours, or only just being made
		}
		lock, err := lockFolder(folder)
		if err != nil {
			continue // in use
		}
		_ = os.RemoveAll(folder)
		_ = lock.Close()
	}
}
