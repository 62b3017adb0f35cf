//go:build unix && !linux

package main

import "syscall"

// endWithParent does nothing here: only Linux tells a child that its parent was killed.
func endWithParent(syscall.Signal) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{}
}
