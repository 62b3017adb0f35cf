package export_test

import "context"

func contextWith(ctx context.Context, m mishap) context.Context {
	return context.WithValue(ctx, mishapKey{}, m)
}
