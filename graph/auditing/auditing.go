// Package auditing writes for each mutation that changes something what was done, by whom and as which role: an entry of the audit log,
// in the mutation's own transaction.
//
// Nobody has to call it. A field of a mutation that has written anything gets an entry, whatever it is; what the packages below note with
// [auditlog.Note] goes into it, and so do the outcomes of the rows of a batch.
package auditing

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/99designs/gqlgen/graphql"

	"possync/ent"
	"possync/graph/usererror"
	"possync/internal/audit"
	"possync/internal/clock"
	"possync/internal/graphqlhttp"
	"possync/internal/pid"
	"possync/internal/records/auditlog"
	"possync/internal/records/store"
	"possync/internal/tenant"
)

// Extension is the gqlgen extension that watches what mutations do. The unit of work calls Begin and End around each attempt.
type Extension struct{ Clock clock.Clock }

var (
	_ graphql.HandlerExtension = Extension{}
	_ graphql.FieldInterceptor = Extension{}
)

type logKey struct{}

// log is what the fields of one mutation have done.
type log struct{ entries []auditlog.Entry }

// Begin returns the context of a mutation whose fields are watched.
func (Extension) Begin(ctx context.Context) context.Context {
	return context.WithValue(ctx, logKey{}, &log{})
}

// End writes what they did.
func (e Extension) End(ctx context.Context) error {
	l, ok := ctx.Value(logKey{}).(*log)
	if !ok {
		return nil
	}
	return auditlog.Append(ctx, ent.FromContext(ctx), e.Clock.Now(), l.entries...)
}

// ExtensionName implements graphql.HandlerExtension.
func (Extension) ExtensionName() string { return "Auditing" }

// Validate implements graphql.HandlerExtension.
func (Extension) Validate(graphql.ExecutableSchema) error { return nil }

// InterceptField implements graphql.FieldInterceptor. The fields of a mutation take turns, see package unitofwork.
func (Extension) InterceptField(ctx context.Context, next graphql.Resolver) (any, error) {
	l, ok := ctx.Value(logKey{}).(*log)
	fc := graphql.GetFieldContext(ctx)
	if !ok || fc == nil || fc.Object != "Mutation" || fc.Field.Name == "__typename" {
		return next(ctx)
	}
	ctx, notes := auditlog.Collect(ctx)
	ctx, writes := store.WithWrites(ctx)
	payload, err := next(ctx)
	if err != nil || !writes.Any() {
		return payload, err
	}
	who, _ := tenant.FromContext(ctx)
	l.entries = append(l.entries, auditlog.Entry{
		Action: Action(fc.Field.Name), Actor: who.UserID, Role: string(who.Role), RequestID: graphqlhttp.RequestID(ctx),
		Target:  target(fc.Field.ArgumentMap(graphql.GetOperationContext(ctx).Variables)["input"]),
		Changes: append(notes.Changes, outcomes(payload)...), More: notes.More,
	})
	return payload, nil
}

// Action returns the action of a mutation's field: that of updateImportSettings is UPDATE_IMPORT_SETTINGS.
func Action(field string) string {
	var b strings.Builder
	for _, r := range field {
		if unicode.IsUpper(r) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToUpper(r))
	}
	return b.String()
}

// targets are the input fields that name what a mutation is about, the most telling first.
var targets = []string{"orderId", "orderIds", "posItemId", "posItemIds", "productIds", "decisionId", "syncRunId", "alertId", "statusId"}

// target returns the one id that an input names as what is changed, or "".
func target(input any) string {
	fields, _ := input.(map[string]any)
	for _, name := range targets {
		id, ok := fields[name].(string)
		if list, isList := fields[name].([]any); isList && len(list) == 1 {
			id, ok = list[0].(string)
		}
		if _, valid := pid.Prefix(id); ok && valid && len(id) <= maxID && usererror.Storable(id) {
			return id
		}
	}
	return ""
}

const maxID = 64 // bytes

// outcomes counts what became of the rows of a batch, and says what was refused of an act that changed something all the same, as a
// wrong code uses up an attempt.
func outcomes(payload any) []audit.Change {
	v := reflect.Indirect(reflect.ValueOf(payload))
	if v.Kind() != reflect.Struct {
		return nil
	}
	var changes []audit.Change
	if refused := codes(v); len(refused) > 0 {
		changes = append(changes, audit.Change{Field: "Refused", After: strings.Join(refused, ", ")})
	}
	results := v.FieldByName("Results")
	if !results.IsValid() || results.Kind() != reflect.Slice {
		return changes
	}
	counts := map[string]int{}
	for i := range results.Len() {
		row := reflect.Indirect(results.Index(i))
		switch outcome := row.FieldByName("Outcome"); {
		case outcome.IsValid():
			name := strings.ToLower(fmt.Sprint(outcome.Interface()))
			counts[strings.ToUpper(name[:1])+name[1:]]++
		case len(codes(row)) > 0:
			counts["Refused"]++
		default:
			counts["Done"]++
		}
	}
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		changes = append(changes, audit.Change{Field: name, After: strconv.Itoa(counts[name])})
	}
	return changes
}

// codes returns the codes of the user errors of a payload or of a result.
func codes(v reflect.Value) []string {
	field := v.FieldByName("UserErrors")
	if !field.IsValid() {
		return nil
	}
	errs, _ := field.Interface().([]*usererror.Error)
	var list []string
	for _, e := range errs {
		list = append(list, string(e.Code))
	}
	slices.Sort(list)
	return slices.Compact(list)
}
