package graph_test

import (
	"flag"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"possync/graph"
	"possync/graph/auditing"
	"possync/graph/internal/compat"
	"possync/graph/orderimport"
	"possync/graph/preview"
	"possync/graph/productimport"
	"possync/graph/usererror"
	"possync/internal/records/auditlog"
	"possync/internal/retail"
)

// ours are the schema's own types.
func ours(s *ast.Schema) []*ast.Definition {
	var list []*ast.Definition
	for _, def := range s.Types {
		if !def.BuiltIn && !strings.HasPrefix(def.Name, "__") {
			list = append(list, def)
		}
	}
	slices.SortFunc(list, func(a, b *ast.Definition) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// Everything says what it is.
func TestDescriptions(t *testing.T) {
	t.Parallel()
	s := schema()
	check := func(what, text string) {
		t.Helper()
		if text = strings.TrimSpace(text); len(text) < 5 || !strings.HasSuffix(text, ".") {
			t.Errorf("%s has no description that is a sentence: %q", what, text)
		}
	}
	for _, def := range ours(s) {
		check(def.Name, def.Description)
		for _, field := range rootFields(def) {
			check(def.Name+"."+field.Name, field.Description)
			for _, a := range field.Arguments {
				check(def.Name+"."+field.Name+"("+a.Name+")", a.Description)
			}
		}
		for _, value := range def.EnumValues {
			check(def.Name+"."+value.Name, value.Description)
		}
	}
}

var (
	pascal    = regexp.MustCompile(`^[A-Z][A-Za-z0-9]*$`)
	camel     = regexp.MustCompile(`^[a-z][A-Za-z0-9]*$`)
	screaming = regexp.MustCompile(`^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$`)
	moment    = regexp.MustCompile(`^(at|asOf|.*(At|AsOf|Since|From))$`)
	secret    = regexp.MustCompile(`(?i)token|secret|password|verifier|authorization$`)
)

// foreign are the ids of things that are neither ours nor Lightspeed's.
var foreign = map[string]bool{"Viewer.userId": true, "AuditEvent.requestId": true}

func TestNames(t *testing.T) {
	t.Parallel()
	for _, def := range ours(schema()) {
		if !pascal.MatchString(def.Name) {
			t.Errorf("type %s is not PascalCase", def.Name)
		}
		for _, value := range def.EnumValues {
			if !screaming.MatchString(value.Name) {
				t.Errorf("value %s.%s is not SCREAMING_SNAKE", def.Name, value.Name)
			}
		}
		for _, field := range rootFields(def) {
			name := def.Name + "." + field.Name
			if !camel.MatchString(field.Name) {
				t.Errorf("field %s is not camelCase", name)
			}
			for _, a := range field.Arguments {
				if !camel.MatchString(a.Name) {
					t.Errorf("argument %s(%s) is not camelCase", name, a.Name)
				}
			}
			if isMoment := field.Type.Name() == "DateTime"; isMoment != moment.MatchString(field.Name) {
				t.Errorf("%s is a %s: an instant's name ends in At, AsOf, Since or From, and no other's does", name, field.Type)
			}
			if field.Type.Name() == "Float" && def.Name != "PosBudget" && def.Name != "BudgetSample" {
				t.Errorf("%s is a Float: amounts are Decimal", name)
			}
			if secret.MatchString(field.Name) {
				t.Errorf("%s sounds like a secret", name)
			}
			reference := strings.HasSuffix(field.Name, "Id") && def.Kind == ast.Object && !foreign[name]
			if reference && (!strings.HasPrefix(field.Name, "lightspeed") || field.Type.Name() != "String") {
				t.Errorf("%s: refer to our object itself, and to Lightspeed's by a String", name)
			}
		}
	}
}

// Lists are never null and hold no nulls, but for nodes that are not there.
func TestLists(t *testing.T) {
	t.Parallel()
	for _, def := range ours(schema()) {
		for _, field := range rootFields(def) {
			if field.Type.Elem == nil || def.Name == "Query" && field.Name == "nodes" {
				continue
			}
			if !field.Type.Elem.NonNull {
				t.Errorf("%s.%s is %s: its elements may be null", def.Name, field.Name, field.Type)
			}
			// What a payload shows is null when there are errors.
			if !field.Type.NonNull && def.Kind == ast.Object && !strings.HasSuffix(def.Name, "Payload") {
				t.Errorf("%s.%s is %s: a list is empty rather than null", def.Name, field.Name, field.Type)
			}
		}
	}
}

func TestConnections(t *testing.T) {
	t.Parallel()
	s := schema()
	for _, def := range ours(s) {
		relay := def.Fields.ForName("edges") != nil && def.Fields.ForName("pageInfo") != nil && def.Fields.ForName("totalCount") != nil
		if strings.HasSuffix(def.Name, "Connection") != relay {
			t.Errorf("%s: Relay's paged lists, and nothing else, end in Connection", def.Name)
		}
		for _, field := range rootFields(def) {
			if !strings.HasSuffix(field.Type.Name(), "Connection") {
				continue
			}
			var names []string
			for _, a := range field.Arguments {
				names = append(names, a.Name)
			}
			if want := "after first before last where orderBy"; strings.Join(names, " ") != want {
				t.Errorf("%s.%s takes %v, want %s", def.Name, field.Name, names, want)
			}
		}
	}
}

func TestMutationShapes(t *testing.T) {
	t.Parallel()
	s := schema()
	for _, field := range rootFields(s.Mutation) {
		name := strings.ToUpper(field.Name[:1]) + field.Name[1:]
		if field.Type.String() != name+"Payload!" {
			t.Errorf("%s answers with %s", field.Name, field.Type)
		}
		want := name + "Input!"
		if field.Name == "disconnectLightspeed" { // it took no input at first, so that clients may leave it out
			want = name + "Input"
		}
		if n := len(field.Arguments); n > 1 || n == 1 && (field.Arguments[0].Name != "input" || field.Arguments[0].Type.String() != want) {
			t.Errorf("%s takes something other than input: %s", field.Name, want)
		}
		payload := s.Types[field.Type.Name()]
		for _, f := range rootFields(payload) {
			switch {
			case f.Name == "userErrors":
				if f.Type.String() != "[UserError!]!" {
					t.Errorf("%s.userErrors is %s", payload.Name, f.Type)
				}
			case f.Type.NonNull && f.Name != "results":
				t.Errorf("%s.%s cannot be null when there are errors", payload.Name, f.Name)
			}
		}
		if payload.Fields.ForName("userErrors") == nil {
			t.Errorf("%s has no userErrors", payload.Name)
		}
	}
}

// The enums are those of the code, value for value.
func TestEnums(t *testing.T) {
	t.Parallel()
	code := map[string][]string{
		"LinkState": retail.LinkState("").Values(), "SetupCode": retail.SetupCode("").Values(), "CostBasis": retail.CostBasis("").Values(),
		"RequiredIdentifiers": retail.RequiredIdentifiers("").Values(), "MatchState": retail.MatchState("").Values(),
		"ReasonCode": retail.ReasonCode("").Values(), "RunState": retail.RunState("").Values(), "RunPhase": retail.RunPhase("").Values(),
		"RunKind": retail.RunKind("").Values(), "RunTrigger": retail.RunTrigger("").Values(), "WaitReason": retail.WaitReason("").Values(),
		"BarcodeLinks": retail.BarcodeLinks("").Values(), "MatchReason": retail.MatchReason("").Values(),
		"MatchBasis": retail.MatchBasis("").Values(), "MatchVerdict": retail.DecisionKind("").Values(),
		"DriftField": retail.DriftField("").Values(), "DriftCause": retail.DriftCause("").Values(),
		"PriceProblemCode": retail.PriceProblem("").Values(), "UserErrorCode": usererror.Code("").Values(), "PreviewEffect": preview.Effect("").Values(), "ImportOutcome": productimport.Outcome("").Values(),
		"LineKind": retail.LineKind("").Values(), "FulfilledBy": retail.FulfilledBy("").Values(), "PaymentState": retail.PaymentState("").Values(), "OrderPaymentState": retail.OrderPaymentState("").Values(),
		"ExportState": retail.ExportState("").Values(), "ExportTrigger": retail.ExportTrigger("").Values(),
		"SupplierLines": retail.SupplierLines("").Values(), "OpenOrders": retail.OpenOrders("").Values(),
		"ItemKind":      retail.ItemKind("").Values(),
		"UnlinkedLines": retail.UnlinkedLines("").Values(), "TaxHandling": retail.TaxHandling("").Values(),
		"BlockerCode": retail.BlockerCode("").Values(), "OrderNoticeCode": retail.NoticeCode("").Values(),
		"ImportOrderOutcome": orderimport.Outcome("").Values(),
	}
	for _, field := range rootFields(schema().Mutation) {
		code["AuditAction"] = append(code["AuditAction"], auditing.Action(field.Name))
	}
	code["AuditAction"] = append(code["AuditAction"], auditlog.Connected)
	generated := map[string]bool{ // made from the schema, or of a library
		"Role": true, "Acknowledgement": true, "OrderDirection": true, "ProductOrderField": true, "PosItemOrderField": true, "SyncRunOrderField": true,
		"PreviewItemOrderField": true, "DriftOrderField": true, "SettingChangeOrderField": true,
		"OrderOrderField": true, "DownloadFile": true, "AuditEventOrderField": true,
	}
	for _, def := range ours(schema()) {
		if def.Kind != ast.Enum || generated[def.Name] {
			continue
		}
		var values []string
		for _, v := range def.EnumValues {
			values = append(values, v.Name)
		}
		want := slices.Sorted(slices.Values(code[def.Name]))
		if slices.Sort(values); !slices.Equal(values, want) {
			t.Errorf("enum %s has %v, the code %v", def.Name, values, want)
		}
	}
}

var release = flag.Bool("release", false, "take the present schema as the released one")

const releasedFile = "testdata/released.graphql"

// notAdditions are the changes that were made without an announcement, with their reason.
var notAdditions = map[string]string{
	"input ProductInput.active had the default true": "a feed that left fields out cleared them, and took the products off the website",
}

// Nothing that the last release promised is broken, unless it was announced or is one of the changes named above.
func TestReleasedSchema(t *testing.T) {
	t.Parallel()
	if *release {
		if err := os.WriteFile(releasedFile, []byte(graph.SDL()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	released, err := os.ReadFile(releasedFile)
	if err != nil {
		t.Fatal(err)
	}
	old, err := gqlparser.LoadSchema(&ast.Source{Name: releasedFile, Input: string(released)})
	if err != nil {
		t.Fatal(err)
	}
	for _, broken := range compat.Breaks(old, schema()) {
		if notAdditions[broken] != "" {
			continue
		}
		t.Errorf("%s: announce it with @deprecated for one release first", broken)
	}
}

// The published schema is the present one, and reads as the same.
func TestPublishedSchema(t *testing.T) {
	t.Parallel()
	published, err := os.ReadFile("../docs/schema.graphql")
	if err != nil {
		t.Fatal(err)
	}
	if string(published) != graph.SDL() {
		t.Error("docs/schema.graphql is not the schema: run make generate")
	}
	again, err := gqlparser.LoadSchema(&ast.Source{Input: string(published)})
	if err != nil {
		t.Fatal(err)
	}
	if broken := append(compat.Breaks(again, schema()), compat.Breaks(schema(), again)...); len(broken) > 0 {
		t.Errorf("it reads differently: %v", broken)
	}
}
