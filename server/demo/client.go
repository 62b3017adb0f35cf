package demo

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"possync/internal/graphqlhttp"
)

// Client calls the API as any program would: over HTTP, with a token.
type Client struct {
	URL   string // of the server
	Token string
	HTTP  *http.Client // nil = one with a timeout of 30 seconds
}

// tries is how often an operation is sent that the server had no time for.
const tries = 10

// Do runs an operation and decodes its data. Errors of the answer, and user errors in the payload of a mutation, are
// errors here. What the server had no time for has changed nothing, and is sent again when it says.
func (c Client) Do(ctx context.Context, query string, variables map[string]any, data any) error {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		return fmt.Errorf("encode a request: %w", err)
	}
	for n := 1; ; n++ {
		later, err := c.send(ctx, body, data)
		if later == 0 || n == tries {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(later):
		}
	}
}

// send sends a request. If the server had no time for it, later is how long to wait before it is sent again.
func (c Client) send(ctx context.Context, body []byte, data any) (later time.Duration, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.URL+"/graphql", bytes.NewReader(body))
	if err != nil {
		return 0, fmt.Errorf("make a request: %w", err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+c.Token)
	client := c.HTTP
	if client == nil {
		client = &http.Client{Timeout: 30 * time.Second}
	}
	response, err := client.Do(request)
	if err != nil {
		return 0, fmt.Errorf("call the API: %w", err)
	}
	defer func() { _ = response.Body.Close() }()
	var answer struct {
		Data   json.RawMessage
		Errors []struct {
			Message    string
			Extensions struct {
				Code       string
				RetryAfter int // seconds
			}
		}
	}
	if err := json.NewDecoder(io.LimitReader(response.Body, 8<<20)).Decode(&answer); err != nil {
		return 0, fmt.Errorf("read the API's response (HTTP status %d): %w", response.StatusCode, err)
	}
	var problems []string
	for _, e := range answer.Errors {
		problems = append(problems, e.Message)
		if e.Extensions.Code == string(graphqlhttp.CodeThrottled) || e.Extensions.Code == string(graphqlhttp.CodeTimeout) {
			later = time.Duration(max(e.Extensions.RetryAfter, 1)) * time.Second
		}
	}
	problems = append(problems, userErrors(answer.Data)...)
	if len(problems) > 0 {
		return later, errors.New("the API rejected the request: " + strings.Join(problems, "; "))
	}
	if data == nil {
		return 0, nil
	}
	if err := json.Unmarshal(answer.Data, data); err != nil {
		return 0, fmt.Errorf("decode the API's response: %w", err)
	}
	return 0, nil
}

// userErrors collects the messages under userErrors, wherever in the data they are.
func userErrors(data json.RawMessage) []string {
	var value any
	if json.Unmarshal(data, &value) != nil {
		return nil // no data: the errors say why
	}
	var found []string
	var walk func(value any)
	walk = func(value any) {
		switch v := value.(type) {
		case []any:
			for _, element := range v {
				walk(element)
			}
		case map[string]any:
			for key, element := range v {
				list, ok := element.([]any)
				if key != "userErrors" || !ok {
					walk(element)
					continue
				}
				for _, e := range list {
					if fields, ok := e.(map[string]any); ok {
						found = append(found, fmt.Sprint(fields["message"]))
					}
				}
			}
		}
	}
	walk(value)
	return found
}
