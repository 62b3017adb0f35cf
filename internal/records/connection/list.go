package connection

import (
	"context"
	"fmt"

	"possync/ent"
	"possync/ent/lightspeedlink"
	"possync/ent/site"
	"possync/internal/retail"
)

// listPage is how many connections List reads at a time.
const listPage = 1000

// List calls fn for the connection of each site that ever had one, by the platform's keys of the sites, whose rows are in the
// connections' edges. With states it lists the connections in one of them. It reads across the sites: ctx must be the
// system's.
func List(ctx context.Context, client *ent.Client, fn func(*ent.LightspeedLink) error, states ...retail.LinkState) error {
	for after := ""; ; {
		query := client.LightspeedLink.Query().WithSite().Where(lightspeedlink.HasSiteWith(site.KeyGT(after))).
			Order(lightspeedlink.BySiteField(site.FieldKey)).Limit(listPage)
		if len(states) > 0 {
			query.Where(lightspeedlink.StateIn(states...))
		}
		page, err := query.All(ctx)
		if err != nil {
			return fmt.Errorf("list the links: %w", err)
		}
		for _, link := range page {
			if err := fn(link); err != nil {
				return err
			}
			after = link.Edges.Site.Key
		}
		if len(page) < listPage {
			return nil
		}
	}
}
