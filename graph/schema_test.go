package graph_test

import (
	"flag"
	"os"
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

// The enums are those of the code, value for value.
func TestEnums(t *testing.T) {
	t.Parallel()
	code := map[string][]string{
		"LinkState": retail.LinkState("").Values(), "SetupCode": retail.SetupCode("").Values(), "CostBasis": retail.CostBasis("").Values(),
		"RequiredIdentifiers": retail.RequiredIdentifiers("").Values(), "MatchState": retail.MatchState("").Values(),
		"ReasonCode": retail.ReasonCode("").Values(), "RunState": retail.RunState("").Values(), "RunPhase": retail.RunPhase("").Values(),
		"RunKind": retail.RunKind("").Values(), "RunTrigger": retail.RunTrigger("").Values(), "WaitReason": retail.WaitReason("").Values(),
		"AlertEmailMode": retail.AlertEmailMode("").Values(), "AlertEmailKind": retail.AlertEmailKind("").Values(),
		"AlertEmailState": retail.AlertEmailState("").Values(), "EmailProblem": retail.EmailProblem("").Values(),
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
		"CustomerDataNeed": retail.CustomerDataNeed("").Values(),
		"AlertCode":        retail.AlertCode("").Values(), "ExportReasonCode": retail.ExportReasonCode("").Values(), "SyncErrorCode": retail.RunErrorCode("").Values(),
		"RowProblem":         retail.RowProblem("").Values(),
		"ImportOrderOutcome": orderimport.Outcome("").Values(),
	}
	for _, field := range rootFields(schema().Mutation) {
		code["AuditAction"] = append(code["AuditAction"], auditing.Action(field.Name))
	}
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

func parse(t *testing.T, text string) *ast.Schema {
	t.Helper()
	s, err := gqlparser.LoadSchema(&ast.Source{Input: text})
	if err != nil {
		t.Fatal(err)
	}
	return s
}
