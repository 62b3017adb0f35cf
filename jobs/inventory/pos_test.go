package inventory_test

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"

	"possync/internal/lightspeed/sandbox"
	"possync/jobs/jobstest"
)

// servePOS is the other process of the benchmarks: it prints its address and serves until its input ends.
func servePOS(items int) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	pos := &sandbox.Server{Options: sandbox.Options{
		Items: items, Shops: 3, Seed: 1, Clock: stopped{start()}, Clients: jobstest.Clients(), NoGzip: true,
	}}
	pos.Now() // builds the catalogue
	fmt.Println("http://" + listener.Addr().String())
	go func() { _ = http.Serve(listener, pos) }()
	_, _ = io.Copy(io.Discard, os.Stdin)
}
