package graphtest

import (
	"fmt"
	"slices"
	"strings"
)

// UserErrors returns the findings that stand at a path of an answer's data, each as "CODE field/path".
func (c Caller) UserErrors(query string, variables map[string]any, path string) []string {
	c.t.Helper()
	list, _ := At(c.t, c.Tree(query, variables), path+".userErrors").([]any)
	found := []string{}
	for _, e := range list {
		object, _ := e.(map[string]any)
		var field []string
		steps, _ := object["field"].([]any)
		for _, step := range steps {
			field = append(field, fmt.Sprint(step))
		}
		if message, _ := object["message"].(string); message == "" {
			c.t.Errorf("%v has no message", object)
		}
		found = append(found, strings.TrimSpace(fmt.Sprintf("%v %s", object["code"], strings.Join(field, "/"))))
	}
	slices.Sort(found)
	return found
}
