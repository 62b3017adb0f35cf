package main

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/vektah/gqlparser/v2"

	"possync/graph"
)

func readme(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The settings and commands that the program takes are all in the README.
func TestREADMETellsEverySetting(t *testing.T) {
	text := readme(t)
	var cli CLI
	parser, err := kong.New(&cli)
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, command := range parser.Model.Children {
		if !strings.Contains(text, "`"+command.Name+"`") {
			t.Errorf("README.md does not tell of the command %s", command.Name)
		}
		for _, flag := range command.Flags {
			for _, tag := range []string{"setting", "secret"} {
				name := flag.Tag.Get(tag)
				if known[name] = true; name != "" && !strings.Contains(text, "`"+name+"`") {
					t.Errorf("README.md does not tell of %s", name)
				}
				if want := "--" + strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(name, "POSSYNC_"), "_", "-")); tag == "setting" &&
					name != "" && "--"+flag.Name != want && !strings.HasPrefix(name, "POSSYNC_SANDBOX_") {
					t.Errorf("%s is --%s, want %s", name, flag.Name, want)
				}
			}
		}
	}
	for _, name := range regexp.MustCompile("`(POSSYNC_[A-Z_]+)`").FindAllStringSubmatch(text, -1) {
		if !known[name[1]] {
			t.Errorf("README.md tells of %s, which is no setting", name[1])
		}
	}
}

// Every operation in the README is valid by the contract.
func TestREADMEExamplesAreValid(t *testing.T) {
	schema := graph.NewSchema(graph.Deps{}).Schema()
	bodies := regexp.MustCompile(`-d '(\{"query".*\})'`).FindAllStringSubmatch(readme(t), -1)
	if len(bodies) < 8 {
		t.Errorf("only %d examples found", len(bodies))
	}
	for _, body := range bodies {
		var request struct{ Query string }
		if err := json.Unmarshal([]byte(body[1]), &request); err != nil {
			t.Errorf("%s: %v", body[1], err)
			continue
		}
		if _, err := gqlparser.LoadQueryWithRules(schema, request.Query, nil); err != nil {
			t.Errorf("%s: %v", request.Query, err)
		}
	}
}

// Every folder that the README leads to is there.
func TestREADMEFoldersExist(t *testing.T) {
	for _, folder := range regexp.MustCompile("`((?:ent|graph|jobs|server|internal)/[a-z/]*)`").FindAllStringSubmatch(readme(t), -1) {
		if info, err := os.Stat("../" + folder[1]); err != nil || !info.IsDir() {
			t.Errorf("there is no folder %s", folder[1])
		}
	}
}
