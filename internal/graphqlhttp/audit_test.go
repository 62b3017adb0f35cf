package graphqlhttp_test

import (
	"net/http/httptest"
	"os"
	"os/exec"
	"testing"
)

// TestAudits runs the audits of npm graphql-http where they are installed (cd audit && npm ci). TestSpecification holds the same rules
// without them.
func TestAudits(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("no node on this machine")
	}
	if _, err := os.Stat("audit/node_modules/graphql-http"); err != nil {
		t.Skip("audits not installed: cd audit && npm ci")
	}
	server := httptest.NewServer(newHandler(nil, nil))
	defer server.Close()
	out, err := exec.CommandContext(t.Context(), node, "audit/run.mjs", server.URL, token).CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	t.Logf("%s", out)
}
