package main

import "syscall"

// endWithParent makes the kernel signal a child when the thread that started it ends, as it does when this program is
// killed.
func endWithParent(signal syscall.Signal) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Pdeathsig: signal}
}
