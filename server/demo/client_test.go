package demo_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"possync/server/demo"
)

type answers []string

// RoundTrip implements http.RoundTripper: each request gets the next answer.
func (a *answers) RoundTrip(*http.Request) (*http.Response, error) {
	body := (*a)[0]
	*a = (*a)[1:]
	return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(strings.NewReader(body))}, nil
}

// What the server had no time for is sent again when it says; other errors are not.
func TestClientSendsAgain(t *testing.T) {
	const (
		throttled = `{"errors":[{"message":"Later.","extensions":{"code":"THROTTLED","retryAfter":7}}]}`
		slow      = `{"errors":[{"message":"Too slow.","extensions":{"code":"TIMEOUT"}}]}`
		done      = `{"data":{"setup":{"complete":true}}}`
		wrong     = `{"errors":[{"message":"Wrong.","extensions":{"code":"BAD_USER_INPUT"}}]}`
	)
	for name, tt := range map[string]struct {
		sent   answers
		took   time.Duration
		failed string
	}{
		"at once":       {answers{done}, 0, ""},
		"twice":         {answers{throttled, slow, done}, 8 * time.Second, ""},
		"wrong":         {answers{wrong, done}, 0, "Wrong."},
		"never":         {append(answers{}, strings.Split(strings.Repeat(slow+"\n", 10), "\n")...), 9 * time.Second, "Too slow."},
		"wrong in time": {answers{throttled, wrong}, 7 * time.Second, "Wrong."},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				client := demo.Client{HTTP: &http.Client{Transport: &tt.sent}}
				err := client.Do(t.Context(), "{ setup { complete } }", nil, nil)
				if (err == nil) != (tt.failed == "") || err != nil && !strings.Contains(err.Error(), tt.failed) {
					t.Errorf("got %v, want %q", err, tt.failed)
				}
				if took := time.Since(began); took != tt.took {
					t.Errorf("took %v, want %v", took, tt.took)
				}
			})
		})
	}
}
