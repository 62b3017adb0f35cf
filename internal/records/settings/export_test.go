package settings

import (
	"entgo.io/ent/dialect/sql/schema"
)

// Tables are what a snapshot holds rows of.
func Tables() []*schema.Table { return tables }

// Columns are the names of those of the table that a snapshot holds.
func Columns(table *schema.Table) []string { return columns(table) }
