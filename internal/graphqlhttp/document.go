package graphqlhttp

import (
	"context"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

const (
	// cachedDocuments is how many documents are kept parsed. A document of the token limit takes about 200 kB.
	cachedDocuments = 128
	// cachedBytes is the length from which a text is not kept, because programs send the same few short documents.
	cachedBytes = 16 << 10
)

// documents parses and checks documents, and keeps those that are valid and within the limits.
type documents struct {
	schema *ast.Schema
	limits Limits
	cache  *lru.Cache[string, *ast.QueryDocument]
}

func newDocuments(schema *ast.Schema, l Limits) *documents {
	cache, err := lru.New[string, *ast.QueryDocument](cachedDocuments)
	if err != nil {
		panic("graphqlhttp: " + err.Error()) // only for a size below 1
	}
	return &documents{schema: schema, limits: l, cache: cache}
}

// load returns the document of a text, or why it is rejected.
func (d *documents) load(text string) (*ast.QueryDocument, gqlerror.List) {
	if doc, ok := d.cache.Get(text); ok {
		return doc, nil
	}
	if len(text) > d.limits.DocBytes {
		return nil, singleError(CodeComplexityLimit, "The document is too long. Send values as variables.")
	}
	source := &ast.Source{Input: text}
	if tooManyTokens(source, d.limits.Tokens) {
		return nil, singleError(CodeComplexityLimit, "The document is too long.")
	}
	doc, err := parser.ParseQueryWithTokenLimit(source, d.limits.Tokens)
	if err != nil {
		return nil, gqlerror.List{gqlerror.WrapIfUnwrapped(err)}
	}
	if len(doc.Operations) == 0 {
		return nil, singleError(CodeBadUserInput, "The document has no operation.")
	}
	if list := checkShape(doc, d.limits); list != nil {
		return nil, list
	}
	if list := validator.ValidateWithRules(d.schema, doc, rulesWithoutSuggestions()); len(list) > 0 {
		return nil, locateLiterals(list, doc)
	}
	if len(text) <= cachedBytes {
		d.cache.Add(text, doc)
	}
	return doc, nil
}

// rulesWithoutSuggestions are the specification's rules, in the form that suggests no names where there is one. Other suggestions are
// removed from the message.
func rulesWithoutSuggestions() *rules.Rules {
	r := rules.NewDefaultRules()
	r.RemoveRule(rules.FieldsOnCorrectTypeRule.Name)
	r.AddRule(rules.FieldsOnCorrectTypeRuleWithoutSuggestions.Name, rules.FieldsOnCorrectTypeRuleWithoutSuggestions.RuleFunc)
	r.RemoveRule(rules.ScalarLeafsRule.Name)
	r.AddRule(rules.ScalarLeafsRuleWithoutSuggestions.Name, rules.ScalarLeafsRuleWithoutSuggestions.RuleFunc)
	return r
}

// choose returns the operation to run.
func choose(doc *ast.QueryDocument, name string) (*ast.OperationDefinition, gqlerror.List) {
	if name == "" && len(doc.Operations) > 1 {
		return nil, singleError(CodeBadUserInput, "The document has several operations. Set operationName to the one to run.")
	}
	op := doc.Operations.ForName(name)
	if op == nil {
		return nil, singleError(CodeBadUserInput, "The document has no operation of that name.")
	}
	return op, nil
}

type documentKey struct{}

// preparsed is the executor's query cache. It has the document that was loaded already, so that nothing is parsed or validated twice.
type preparsed struct{}

func (preparsed) Get(ctx context.Context, _ string) (*ast.QueryDocument, bool) {
	doc, ok := ctx.Value(documentKey{}).(*ast.QueryDocument)
	return doc, ok
}

func (preparsed) Add(context.Context, string, *ast.QueryDocument) {}
