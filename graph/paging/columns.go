package paging

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"
)

// Columns says which columns the fields of a type need, for the rows of a list. A field that is not named needs all of them, so that a
// new one is right before it is quick.
type Columns map[string][]string

// Asked returns the columns that the nodes of the list being resolved are asked for, or none if they need all.
func (c Columns) Asked(ctx context.Context) []string {
	if graphql.GetFieldContext(ctx) == nil {
		return nil
	}
	asked := []string{"id"}
	op := graphql.GetOperationContext(ctx)
	for _, edges := range graphql.CollectFieldsCtx(ctx, nil) {
		if edges.Name != "edges" {
			continue
		}
		for _, node := range graphql.CollectFields(op, edges.Selections, nil) {
			if node.Name != "node" {
				continue
			}
			for _, field := range graphql.CollectFields(op, node.Selections, []string{node.Definition.Type.Name(), "Node"}) {
				columns, known := c[field.Name]
				if !known {
					return nil
				}
				asked = append(asked, columns...)
			}
		}
	}
	slices.Sort(asked)
	return slices.Compact(asked)
}
