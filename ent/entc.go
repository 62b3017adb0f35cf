//go:build ignore

// Command entc generates package ent from the schema; `make generate` runs it.
package main

import (
	"log"

	"entgo.io/contrib/entgql"
	"entgo.io/ent/entc"
	"entgo.io/ent/entc/gen"
)

func main() {
	// The SDL is written by hand: the extension gives pages, cursors and node look-ups only.
	graphql, err := entgql.NewExtension()
	if err != nil {
		log.Fatalf("entgql: %v", err)
	}
	err = entc.Generate("./schema",
		&gen.Config{
			Features: []gen.Feature{
				gen.FeatureUpsert, gen.FeatureLock, gen.FeatureModifier, gen.FeatureExecQuery,
				gen.FeatureIntercept, gen.FeatureVersionedMigration, gen.FeatureSnapshot,
			},
		},
		entc.Extensions(graphql), entc.TemplateDir("./template"))
	if err != nil {
		log.Fatalf("generate: %v", err)
	}
}
