package graph

import (
	"bytes"
	"context"
	"fmt"
	"net/http"

	"github.com/vektah/gqlparser/v2/formatter"

	"possync/graph/download"
	"possync/internal/fault"
)

// SDL is the schema in its own language, as docs/schema.graphql has it.
func SDL() string {
	var text bytes.Buffer
	formatter.NewFormatter(&text).FormatSchema(NewSchema(Deps{}).Schema())
	return text.String()
}

// schemaFile is the schema as a file.
func schemaFile() download.File {
	text := SDL()
	return download.File{
		Header: http.Header{
			"Content-Type":        {"text/plain; charset=utf-8"},
			"Content-Disposition": {`inline; filename="schema.graphql"`},
		},
		Prepare: func(rawQuery string, w http.ResponseWriter) (download.Content, error) {
			if rawQuery != "" {
				return nil, fault.New(fault.BadInput, "The schema has no parameters.")
			}
			return func(_ context.Context, page func(func() error) error) error {
				return page(func() error {
					if _, err := w.Write([]byte(text)); err != nil {
						return fmt.Errorf("send the schema: %w", err)
					}
					return nil
				})
			}, nil
		},
	}
}
