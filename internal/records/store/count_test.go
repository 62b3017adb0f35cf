package store

import "testing"

func TestCountRows(t *testing.T) {
	for query, want := range map[string]string{
		`SELECT COUNT("pos_items"."id") FROM "pos_items" WHERE "a" = $1`: `SELECT COUNT(*) FROM "pos_items" WHERE "a" = $1`,
		"SELECT COUNT(`pos_items`.`id`) FROM `pos_items`":                "SELECT COUNT(*) FROM `pos_items`",
		`SELECT COUNT(DISTINCT "pos_items"."id") FROM "pos_items"`:       `SELECT COUNT(DISTINCT "pos_items"."id") FROM "pos_items"`,
		`SELECT COUNT("pos_items"."brand") FROM "pos_items"`:             `SELECT COUNT("pos_items"."brand") FROM "pos_items"`,
		`SELECT "id", "site_id" FROM "pos_items"`:                        `SELECT "id", "site_id" FROM "pos_items"`,
		`SELECT COUNT(`: `SELECT COUNT(`,
	} {
		if got := countRows(query); got != want {
			t.Errorf("%s\nbecomes %s\nwant    %s", query, got, want)
		}
	}
}
