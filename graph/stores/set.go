// Package stores maps Lightspeed's shops to the website's locations, as one set, and sets the reserve stock of locations.
package stores

import (
	"context"

	"possync/ent"
	"possync/graph/sitedata"
)

// Set is all pairs of a site.
type Set struct {
	Revision int
	Mappings []*ent.StoreMapping // by the location's name
}

// Read returns the set as it is now: empty, as revision 1, for a site that is not registered yet.
func Read(ctx context.Context) (*Set, error) {
	set := &Set{Revision: 1, Mappings: []*ent.StoreMapping{}}
	site, err := sitedata.Site(ctx)
	if err != nil || site == nil {
		return set, err
	}
	set.Revision = site.MappingRevision
	pairs, err := sitedata.Pairs(ctx)
	for _, p := range pairs {
		set.Mappings = append(set.Mappings, p.Mapping)
	}
	return set, err
}
