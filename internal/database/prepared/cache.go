package prepared

import (
	"container/list"
	"errors"
)

const (
	maxLength = 16 << 10 // bytes of a statement that is kept; longer ones are those of bulk inserts
	maxSeen   = 1000     // statements that are remembered as seen once
)

// cache holds the prepared statements of one connection, and which statements the connection has seen once.
type cache struct {
	size  int
	byUse *list.List // of *entry, the one used last in front
	kept  map[string]*list.Element
	seen  map[string]struct{}
}

type entry struct {
	query string
	stmt  fullStmt
}

func newCache(size int) *cache {
	return &cache{size: size, byUse: list.New(), kept: map[string]*list.Element{}, seen: map[string]struct{}{}}
}

// get returns the query's statement, or nil.
func (c *cache) get(query string) fullStmt {
	e := c.kept[query]
	if e == nil {
		return nil
	}
	c.byUse.MoveToFront(e)
	return e.Value.(*entry).stmt
}

// again reports whether the query was seen before, and remembers it.
func (c *cache) again(query string) bool {
	if _, ok := c.seen[query]; ok {
		delete(c.seen, query)
		return true
	}
	c.remember(query)
	return false
}

// remember remembers that the query was seen once.
func (c *cache) remember(query string) {
	if len(c.seen) >= maxSeen {
		clear(c.seen)
	}
	c.seen[query] = struct{}{}
}

// add keeps the query's statement, and closes the one that was used longest ago when there are too many.
func (c *cache) add(query string, stmt fullStmt) error {
	c.kept[query] = c.byUse.PushFront(&entry{query, stmt})
	if len(c.kept) <= c.size {
		return nil
	}
	return c.drop(c.byUse.Back().Value.(*entry).query)
}

// drop closes the query's statement. The next time the query is seen it counts as seen once.
func (c *cache) drop(query string) error {
	e := c.kept[query]
	if e == nil {
		return nil
	}
	delete(c.kept, query)
	c.byUse.Remove(e)
	c.remember(query)
	return e.Value.(*entry).stmt.Close()
}

// close closes all statements.
func (c *cache) close() error {
	var all []error
	for query := range c.kept {
		all = append(all, c.drop(query))
	}
	return errors.Join(all...)
}
