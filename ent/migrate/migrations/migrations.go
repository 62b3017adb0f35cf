// Package migrations holds the versioned migration files of both databases; applied ones never change.
package migrations

import "embed"

// Files has the folders postgres and sqlite, each with its atlas.sum.
//
//go:embed postgres sqlite
var Files embed.FS
