package app_test

import (
	"fmt"
	"testing"
)

// The units of orders that name no location are held in the shop of the register, also once that is another one.
func testRegisterMoves(t *testing.T, s *webshop) {
	s.shelf(19, 1, 0)
	s.sell(s.goods("moves", 19))
	held := func() string { return s.stockAt(19, "loc-1") + " " + s.stockAt(19, "loc-2") + " " + s.displays(19) }
	s.want("in the register's shop", held(), "1, 1: 0 0, 0: 0 false")
	move := func(shop int, want string) {
		t.Helper()
		if err := s.Account.MoveRegister(1, shop); err != nil {
			t.Fatal(err)
		}
		s.FullSync()
		s.Work()
		s.want(fmt.Sprint("in shop ", shop), held(), want)
	}
	move(2, "1, 0: 1 0, 1: 0 true")
	move(1, "1, 1: 0 0, 0: 0 false")
}
