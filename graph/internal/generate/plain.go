package main

import (
	"regexp"
	"strings"
)

// marshalers are the forms of those functions of the generated code that write a value as it is.
var marshalers = []*regexp.Regexp{
	// an enum, or a scalar with a method of its own
	regexp.MustCompile(`func \(ec \*executionContext\) (marshalN[\w\p{L}]+)\(ctx context\.Context, sel ast\.SelectionSet, v [^*()]+\) graphql\.Marshaler \{
	return v
\}`),
	// a scalar that is never null
	regexp.MustCompile(`func \(ec \*executionContext\) (marshalN[\w\p{L}]+)\(ctx context\.Context, sel ast\.SelectionSet, v [^*()]+\) graphql\.Marshaler \{
	_ = sel
	res := (?:graphql\.Marshal(?:String|ID|Int|Int64|Boolean)|scalar\.Marshal(?:DateTime|Decimal|Cursor))\(v\)
	if res == graphql\.Null \{`),
	// one of these that may be null
	regexp.MustCompile(`func \(ec \*executionContext\) (marshalO[\w\p{L}]+)\(ctx context\.Context, sel ast\.SelectionSet, v \*[^*()]+\) graphql\.Marshaler \{
	if v == nil \{
		return graphql\.Null
	\}
(?:	return v|	_ = sel
	_ = ctx
	res := \w+\.Marshal\w+\(\*v\)
	return res)
\}`),
}

// field is a field that is a value of its object, up to what marshals it.
var field = regexp.MustCompile(`(func \(ec \*executionContext\) _\w+\(ctx context\.Context, field graphql\.CollectedField, obj \*?[\w.]+\) \(ret graphql\.Marshaler\) \{
)(	return graphql\.ResolveField\(
		ctx,
		ec\.OperationContext,
		field,
		func\(ctx context\.Context, field graphql\.CollectedField\) \(\*graphql\.FieldContext, error\) \{
			return ec\.fieldContext_\w+\(ctx, field\)
		\},
		func\(ctx context\.Context\) \(any, error\) \{
			return (obj\.\w+(?:\(\))?), nil
		\},
		nil,
		func\(ctx context\.Context, selections ast\.SelectionSet, v \S+\) graphql\.Marshaler \{
			return ec\.(marshal[\w\p{L}]+)\(ctx, selections, v\)
		\},
)`)

// findMarshalers adds the names of the functions that write a value as it is, each with the number of its form.
func findMarshalers(code string, found map[string]int) {
	for n, form := range marshalers {
		for _, match := range form.FindAllStringSubmatch(code, -1) {
			found[match[1]] = n
		}
	}
}

// plainFields has the fields that are values be written as they are, where package plain allows it, and counts them by the form of what
// marshals them.
func plainFields(code string, marshalers map[string]int, count map[int]int) (changed string) {
	return field.ReplaceAllStringFunc(code, func(text string) string {
		parts := field.FindStringSubmatch(text)
		begin, rest, value, marshal := parts[1], parts[2], parts[3], parts[4]
		form, ok := marshalers[marshal]
		if !ok {
			return text
		}
		count[form]++
		return begin + "\tif plain.Fields(ec.OperationContext) {\n\t\treturn ec." + marshal + "(ctx, nil, " + value + ")\n\t}\n" + rest
	})
}

// importing adds our packages that code uses now to its imports; found is false if it has none.
func importing(code string, packages ...string) (changed string, found bool) {
	imports, body, found := strings.Cut(code, "\n)\n")
	if !found {
		return code, false
	}
	end := "\n"
	if !strings.Contains(imports, "\t\"possync/") { // a group of its own
		end = "\n\n"
	}
	for _, name := range packages {
		end += "\t\"possync/graph/internal/" + name + "\"\n"
	}
	return imports + end + ")\n" + body, true
}
