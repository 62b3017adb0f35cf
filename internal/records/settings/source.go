package settings

import (
	"container/list"
	"context"
	"fmt"
	"sync"

	"possync/ent"
	"possync/ent/syncstate"
	"possync/internal/tenant"
)

// Source keeps the snapshots of the sites that were last asked for. It is safe for concurrent use. A nil source keeps nothing.
type Source struct {
	client  *ent.Client
	maxKept int

	mu     sync.Mutex
	kept   map[string]*list.Element // by site
	recent list.List                // of entries, the last asked for first
}

type entry struct {
	siteID   string
	snapshot *Snapshot
}

// Kept is how many sites a source should keep where nothing else is known: a snapshot has some ten thousand bytes.
const Kept = 10_000

// NewSource returns a source on the client of a store, not of a transaction, that keeps the snapshots of at most so many sites.
func NewSource(client *ent.Client, most int) *Source {
	return &Source{client: client, maxKept: most, kept: map[string]*list.Element{}}
}

// Get returns the acting site's settings as the client sees them: a transaction sees what it has changed. What is kept serves as
// long as the revision is still the one in the database, which one indexed read shows.
func (s *Source) Get(ctx context.Context, client *ent.Client) (*Snapshot, error) {
	siteID, err := tenant.Site(ctx)
	if err != nil {
		return nil, err
	}
	kept := s.find(siteID)
	if kept == nil {
		return s.read(ctx, client)
	}
	var found []Version
	query := client.SyncState.Query().Select(syncstate.FieldID, syncstate.FieldSettingsRevision)
	if err := query.Scan(ctx, &found); err != nil {
		return nil, fmt.Errorf("read the revision of the settings: %w", err)
	}
	if len(found) == 1 && found[0] == kept.Version {
		return kept, nil
	}
	return s.read(ctx, client)
}

// At is Get for who has read the site's state already; nil = it has none, because it is not registered.
func (s *Source) At(ctx context.Context, client *ent.Client, state *ent.SyncState) (*Snapshot, error) {
	siteID, err := tenant.Site(ctx)
	if err != nil {
		return nil, err
	}
	if state == nil {
		return newSnapshot(document{}), nil
	}
	return s.of(ctx, client, siteID, Version{state.ID, state.SettingsRevision})
}

// Of is Get for who has read the version of the settings, as of a registered site, with its lock.
func (s *Source) Of(ctx context.Context, client *ent.Client, version Version) (*Snapshot, error) {
	siteID, err := tenant.Site(ctx)
	if err != nil {
		return nil, err
	}
	return s.of(ctx, client, siteID, version)
}

func (s *Source) of(ctx context.Context, client *ent.Client, siteID string, version Version) (*Snapshot, error) {
	if kept := s.find(siteID); kept != nil && kept.Version == version {
		return kept, nil
	}
	return s.read(ctx, client)
}

// read keeps what it has read, unless that may be a transaction's own, which no one else may ever see.
func (s *Source) read(ctx context.Context, client *ent.Client) (*Snapshot, error) {
	snapshot, err := Read(ctx, client)
	if err != nil || s == nil || client != s.client || snapshot.Version == (Version{}) {
		return snapshot, err
	}
	siteID, err := tenant.Site(ctx)
	if err != nil {
		return nil, err
	}
	s.keep(siteID, snapshot)
	return snapshot, nil
}

// find returns what is kept of the site; nil = nothing.
func (s *Source) find(siteID string) *Snapshot {
	if s == nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	element, ok := s.kept[siteID]
	if !ok {
		return nil
	}
	s.recent.MoveToFront(element)
	return element.Value.(*entry).snapshot
}

// Forget drops all that is kept, as after a restore of the database: a revision may mean something else now.
func (s *Source) Forget() {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kept = map[string]*list.Element{}
	s.recent.Init()
}

func (s *Source) keep(siteID string, snapshot *Snapshot) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if element, ok := s.kept[siteID]; ok {
		held := element.Value.(*entry)
		old, fresh := held.snapshot.Version, snapshot.Version
		if old.State != fresh.State || old.Revision < fresh.Revision { // who read earlier may come later
			held.snapshot = snapshot
		}
		return
	}
	s.kept[siteID] = s.recent.PushFront(&entry{siteID, snapshot})
	for len(s.kept) > s.maxKept {
		last := s.recent.Back()
		delete(s.kept, s.recent.Remove(last).(*entry).siteID)
	}
}
