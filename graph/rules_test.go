package graph_test

import (
	"bufio"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
)

// The rules of the schema that a machine can check. What does not keep to one is named in testdata/rules.txt, with the reason.
const exceptionsFile = "testdata/rules.txt"

// rule is one rule: it reports each part of the schema that breaks it, by the name that the exceptions use.
type rule struct {
	name  string
	check func(s *ast.Schema, broken func(part, why string))
}

var rules = []rule{
	{"name", ruleNames}, {"description", ruleDescriptions}, {"node", ruleNodes}, {"reference", ruleReferences}, {"list", ruleLists},
	{"truncated", ruleTruncated}, {"connection", ruleConnections}, {"bound", ruleBounds}, {"mutation", ruleMutations}, {"revision", ruleRevisions},
	{"scalar", ruleScalars}, {"time", ruleTimes}, {"deprecated", ruleDeprecated}, {"code", ruleCodes}, {"message", ruleMessages},
}

func TestRules(t *testing.T) {
	t.Parallel()
	allowed, used := exceptions(t), map[string]bool{}
	s := schema()
	for _, r := range rules {
		r.check(s, func(part, why string) {
			key := r.name + " " + part
			if used[key] = true; allowed[key] == "" {
				t.Errorf("%s: %s", key, why)
			}
		})
	}
	for key := range allowed {
		if !used[key] {
			t.Errorf("%s: %s keeps to the rule, or is not there: strike it out", exceptionsFile, key)
		}
	}
}

// exceptions reads the file: lines of a rule, a part and the reason.
func exceptions(t *testing.T) map[string]string {
	t.Helper()
	file, err := os.Open(exceptionsFile)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	found := map[string]string{}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		words := strings.SplitN(line, " ", 3)
		if len(words) < 3 || len(words[2]) < 10 {
			t.Fatalf("%s: %q has no reason", exceptionsFile, line)
		}
		if key := words[0] + " " + words[1]; found[key] != "" {
			t.Errorf("%s: %s is there twice", exceptionsFile, key)
		} else {
			found[key] = words[2]
		}
	}
	return found
}

// Each rule finds what breaks it.
func TestRulesFindWhatBreaksThem(t *testing.T) {
	t.Parallel()
	s := parse(t, `
		"What is read." type Query { "Things." things(first: Int): [Thing] "A page." pages(first: Int): ThingConnection! Bad: String mail: Thing }
		"What is changed." type Mutation { "Does it." thing(id: ID!): Thing }
		"A page." type ThingConnection { edges: [Thing!]! pageInfo: Int totalCount: Int! }
		type Thing { "Id." id: ID! "A reference." otherId: ID! "When." changed: DateTime! "How much." price: Float! "A day." day: Date
			"At most 10." parts: [Thing!]! "Old." old: Int @deprecated(reason: "no longer") "A code." code: String! "Grows." revision: Int! "Texts." texts: [String] "What is wrong." message: String! "An amount." total: Decimal }
		"An input." input ThingInput { "Ids of things." ids: [ID!]! "At most 300." keys: [String!] }
		"Instant." scalar DateTime "Day." scalar Date "Number." scalar Decimal
		"Values." enum kinds { "One." one }`)
	for _, r := range rules {
		if r.name == "revision" { // which needs a payload that keeps to the others
			continue
		}
		found := 0
		r.check(s, func(string, string) { found++ })
		if found == 0 {
			t.Errorf("the rule %s finds nothing wrong", r.name)
		}
	}
	found := 0
	ruleRevisions(parse(t, `type Query { a: Int } type Mutation { editThing(input: EditThingInput!): EditThingPayload! }
		input EditThingInput { name: String } type EditThingPayload { thing: Thing } type Thing { revision: Int! }`), func(string, string) { found++ })
	if found != 1 {
		t.Errorf("the rule revision finds %d", found)
	}
}

var (
	pascal    = regexp.MustCompile(`^[A-Z][A-Za-z0-9]*$`)
	camel     = regexp.MustCompile(`^[a-z][A-Za-z0-9]*$`)
	screaming = regexp.MustCompile(`^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$`)
	secret    = regexp.MustCompile(`(?i)token|secret|password|verifier|authorization$`)
	verb      = regexp.MustCompile(`^(acknowledge|add|cancel|capture|change|complete|confirm|connect|create|delete|disconnect|dismiss|edit|erase|exchange|export|go|import|link|mark|pause|` +
		`record|refresh|refund|register|reject|remove|reorder|restore|resume|retry|revoke|save|send|set|start|undo|unlink|update|void|withdraw)[A-Z]`)
	announced = regexp.MustCompile("^Use `[A-Za-z.() ,]+`\\. Removal on 20\\d\\d-\\d\\d-\\d\\d\\.$")
	atMost    = regexp.MustCompile(`(?i)at most ([\d,]+)|1 to ([\d,]+)|first ([\d,]+)|last ([\d,]+)`)
)

// eachField calls fn for each field of our types.
func eachField(s *ast.Schema, fn func(def *ast.Definition, f *ast.FieldDefinition, name string)) {
	for _, def := range ours(s) {
		for _, f := range rootFields(def) {
			fn(def, f, def.Name+"."+f.Name)
		}
	}
}

func ruleNames(s *ast.Schema, broken func(part, why string)) {
	for _, def := range ours(s) {
		if !pascal.MatchString(def.Name) {
			broken(def.Name, "a type is PascalCase")
		}
		for _, value := range def.EnumValues {
			if !screaming.MatchString(value.Name) {
				broken(def.Name+"."+value.Name, "a value is SCREAMING_SNAKE")
			}
		}
	}
	eachField(s, func(def *ast.Definition, f *ast.FieldDefinition, name string) {
		if !camel.MatchString(f.Name) {
			broken(name, "a field is camelCase")
		}
		for _, a := range f.Arguments {
			if !camel.MatchString(a.Name) {
				broken(name+"("+a.Name+")", "an argument is camelCase")
			}
		}
		if secret.MatchString(f.Name) {
			broken(name, "it sounds like a secret")
		}
		if def == s.Mutation && !verb.MatchString(f.Name) {
			broken(name, "a mutation begins with a verb, which a regular expression here lists")
		}
	})
}

func ruleDescriptions(s *ast.Schema, broken func(part, why string)) {
	check := func(part, text string) {
		if text = strings.TrimSpace(text); len(text) < 5 || !strings.HasSuffix(text, ".") {
			broken(part, fmt.Sprintf("the description is no sentence: %q", text))
		}
	}
	for _, def := range ours(s) {
		check(def.Name, def.Description)
		for _, value := range def.EnumValues {
			check(def.Name+"."+value.Name, value.Description)
		}
	}
	eachField(s, func(_ *ast.Definition, f *ast.FieldDefinition, name string) {
		check(name, f.Description)
		for _, a := range f.Arguments {
			check(name+"("+a.Name+")", a.Description)
		}
	})
}

func ruleNodes(s *ast.Schema, broken func(part, why string)) {
	for _, def := range ours(s) {
		id := def.Fields.ForName("id")
		if def.Kind == ast.Object && id != nil && !implements(def, "Node") {
			broken(def.Name, "an object with an id is a Node")
		}
		if implements(def, "Node") && (id == nil || id.Type.String() != "ID!") {
			broken(def.Name, "a Node has id: ID!")
		}
	}
}

func implements(def *ast.Definition, name string) bool {
	for _, i := range def.Interfaces {
		if i == name {
			return true
		}
	}
	return false
}

func ruleReferences(s *ast.Schema, broken func(part, why string)) {
	eachField(s, func(def *ast.Definition, f *ast.FieldDefinition, name string) {
		foreign := strings.HasPrefix(f.Name, "lightspeed") && f.Type.Name() == "String"
		switch {
		case def.Kind == ast.Object && strings.HasSuffix(f.Name, "Id") && !foreign:
			broken(name, "refer to our object itself, and to another program's by a String whose name says whose it is")
		case def.Kind == ast.InputObject && f.Type.Name() == "ID" && !strings.HasSuffix(f.Name, "Id") && !strings.HasSuffix(f.Name, "Ids"):
			broken(name, "an id in an input is named so")
		}
	})
}

// ruleLists: lists are never null and hold no nulls; one of objects is a connection, or stands on the list of short ones.
func ruleLists(s *ast.Schema, broken func(part, why string)) {
	eachField(s, func(def *ast.Definition, f *ast.FieldDefinition, name string) {
		if f.Type.Elem == nil {
			return
		}
		payload, below := strings.HasSuffix(def.Name, "Payload"), s.Types[f.Type.Name()]
		switch {
		case !f.Type.Elem.NonNull:
			broken(name, "its elements may be null")
		case !f.Type.NonNull && def.Kind == ast.Object && !payload: // what a payload shows is null when there are errors
			broken(name, "a list is empty rather than null")
		case def.Kind == ast.Object && !below.IsLeafType() && !payload && f.Name != "edges" && f.Name != "userErrors" && f.Name != "messageParameters" && boundOf(f.Description) == 0:
			broken(name, "a list is a connection, or says how long it can be, or is a short one for a reason")
		}
	})
}

// boundOf returns the bound that a description states, 0 = none.
func boundOf(description string) int {
	m := atMost.FindStringSubmatch(description)
	if m == nil {
		return 0
	}
	n, _ := strconv.Atoi(strings.ReplaceAll(strings.Join(m[1:], ""), ",", ""))
	return n
}

// ruleTruncated: a list that may leave something out says whether it does, and how much there is.
func ruleTruncated(s *ast.Schema, broken func(part, why string)) {
	eachField(s, func(def *ast.Definition, f *ast.FieldDefinition, name string) {
		if def.Kind != ast.Object || f.Type.Elem == nil || strings.HasSuffix(def.Name, "Payload") || boundOf(f.Description) == 0 {
			return
		}
		if flag := def.Fields.ForName(f.Name + "Truncated"); flag == nil || flag.Type.String() != "Boolean!" {
			broken(name, "it has no flag "+f.Name+"Truncated: Boolean!")
		}
		count := def.Fields.ForName(strings.TrimSuffix(f.Name, "s") + "Count")
		if count == nil || count.Type.String() != "Int!" {
			broken(name+"(count)", "it has no "+strings.TrimSuffix(f.Name, "s")+"Count: Int!")
		}
	})
}

func ruleConnections(s *ast.Schema, broken func(part, why string)) {
	for _, def := range ours(s) {
		relay := def.Fields.ForName("edges") != nil && def.Fields.ForName("pageInfo") != nil && def.Fields.ForName("totalCount") != nil
		if strings.HasSuffix(def.Name, "Connection") != relay {
			broken(def.Name, "Relay's paged lists, and nothing else, end in Connection")
		}
	}
	eachField(s, func(_ *ast.Definition, f *ast.FieldDefinition, name string) {
		if !strings.HasSuffix(f.Type.Name(), "Connection") {
			return
		}
		var names []string
		for _, a := range f.Arguments {
			names = append(names, a.Name)
		}
		if want := "after first before last where orderBy"; strings.Join(names, " ") != want {
			broken(name, fmt.Sprintf("it takes %v, want %s", names, want))
		}
	})
}

// maxInputs is how many elements a list in an input can have.
const maxInputs = 250

// ruleBounds: the description of a list in an input or an argument states its bound. A list of values of an enum has that of the enum.
func ruleBounds(s *ast.Schema, broken func(part, why string)) {
	check := func(name, description string, typ *ast.Type) {
		if typ.Elem == nil || s.Types[typ.Name()].Kind == ast.Enum {
			return
		}
		if n := boundOf(description); n == 0 || n > maxInputs {
			broken(name, fmt.Sprintf("the description states no bound of %d elements or less", maxInputs))
		}
	}
	eachField(s, func(def *ast.Definition, f *ast.FieldDefinition, name string) {
		if def.Kind == ast.InputObject {
			check(name, f.Description, f.Type)
		}
		for _, a := range f.Arguments {
			check(name+"("+a.Name+")", a.Description, a.Type)
		}
	})
}

func ruleMutations(s *ast.Schema, broken func(part, why string)) {
	for _, f := range rootFields(s.Mutation) {
		name, field := strings.ToUpper(f.Name[:1])+f.Name[1:], "Mutation."+f.Name
		if f.Type.String() != name+"Payload!" {
			broken(field, "it answers with "+f.Type.String())
		}
		if f.Directives.ForName("allow") == nil {
			broken(field+"(allow)", "nothing says who may use it")
		}
		if n := len(f.Arguments); n > 1 || n == 1 && (f.Arguments[0].Name != "input" || f.Arguments[0].Type.String() != name+"Input!") {
			broken(field+"(input)", "it takes something other than input: "+name+"Input!")
		}
		payload := s.Types[f.Type.Name()]
		if userErrors := payload.Fields.ForName("userErrors"); userErrors == nil || userErrors.Type.String() != "[UserError!]!" {
			broken(payload.Name, "a payload has userErrors: [UserError!]!")
		}
		for _, f := range rootFields(payload) {
			if f.Type.NonNull && f.Name != "results" && f.Name != "userErrors" {
				broken(payload.Name+"."+f.Name, "it cannot be null when there are errors")
			}
		}
	}
}

// ruleRevisions: who changes something that has a revision can say which one they have read.
func ruleRevisions(s *ast.Schema, broken func(part, why string)) {
	for _, f := range rootFields(s.Mutation) {
		if len(f.Arguments) == 0 {
			continue
		}
		input := s.Types[f.Arguments[0].Type.Name()]
		for _, shown := range rootFields(s.Types[f.Type.Name()]) {
			def := s.Types[shown.Type.Name()]
			if shown.Type.Elem == nil && def.Fields.ForName("revision") != nil && input.Fields.ForName("expectedRevision") == nil {
				broken("Mutation."+f.Name, "its input has no expectedRevision")
			}
		}
	}
}

func ruleScalars(s *ast.Schema, broken func(part, why string)) {
	eachField(s, func(def *ast.Definition, f *ast.FieldDefinition, name string) {
		switch {
		case f.Type.Name() == "Float":
			broken(name, "numbers are Int or Decimal")
		case def.Kind == ast.Object && f.Type.Name() == "Decimal" && def.Name != "Money" && !strings.Contains(strings.ToLower(f.Name), "quantity"):
			broken(name, "an amount of money is a Money")
		}
	})
}

// ruleTimes: the name of an instant ends in At, that of a date in Date, and no other's does.
func ruleTimes(s *ast.Schema, broken func(part, why string)) {
	eachField(s, func(_ *ast.Definition, f *ast.FieldDefinition, name string) {
		if f.Directives.ForName("deprecated") != nil {
			return
		}
		typ := f.Type.Name()
		switch {
		case (typ == "DateTime") != (f.Name == "at" || strings.HasSuffix(f.Name, "At")):
			broken(name, "the name of an instant ends in At, and no other's does")
		case (typ == "Date") != (f.Name == "date" || strings.HasSuffix(f.Name, "Date")):
			broken(name, "the name of a date ends in Date, and no other's does")
		}
	})
}

func ruleDeprecated(s *ast.Schema, broken func(part, why string)) {
	check := func(part string, list ast.DirectiveList) {
		if d := list.ForName("deprecated"); d != nil {
			if reason := d.Arguments.ForName("reason"); reason == nil || !announced.MatchString(reason.Value.Raw) {
				broken(part, "the reason is not: Use `x`. Removal on YYYY-MM-DD.")
			}
		}
	}
	for _, def := range ours(s) {
		for _, value := range def.EnumValues {
			check(def.Name+"."+value.Name, value.Directives)
		}
	}
	eachField(s, func(_ *ast.Definition, f *ast.FieldDefinition, name string) {
		check(name, f.Directives)
		for _, a := range f.Arguments {
			check(name+"("+a.Name+")", a.Directives)
		}
	})
}

// ruleMessages: a message comes with a code, and with the figures and names in it, so that a page can say it in another language.
func ruleMessages(s *ast.Schema, broken func(part, why string)) {
	for _, def := range ours(s) {
		said := def.Fields.ForName("message")
		if def.Kind != ast.Object || said == nil || said.Type.String() != "String!" {
			continue
		}
		if f := def.Fields.ForName("messageParameters"); f == nil || f.Type.String() != "[MessageParameter!]!" {
			broken(def.Name, "it has no messageParameters: [MessageParameter!]!")
		}
		coded := false
		for _, f := range def.Fields {
			coded = coded || s.Types[f.Type.Name()].Kind == ast.Enum && f.Type.NonNull
		}
		if !coded {
			broken(def.Name+"(code)", "no enum says what the message is about")
		}
	}
}

// ruleCodes: a code is an enum, whose descriptions are its labels.
func ruleCodes(s *ast.Schema, broken func(part, why string)) {
	eachField(s, func(def *ast.Definition, f *ast.FieldDefinition, name string) {
		if def.Kind == ast.Object && f.Name == "code" && f.Directives.ForName("deprecated") == nil && s.Types[f.Type.Name()].Kind != ast.Enum {
			broken(name, "a code is an enum")
		}
	})
}
