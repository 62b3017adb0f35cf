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
)

// Client calls the API as any program would: over HTTP, with a token.
type Client struct {
	URL   string // of the server
	Token string
	HTTP  *http.Client // nil = one with a timeout of 30 seconds
}

// Do runs an operation and decodes its data. Errors of the answer, and user errors in the payload of a mutation, are
// errors here.
func (c Client) Do(ctx context.Context, query string, variables map[string]any, data any) error {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		return fmt.Errorf("encode a request: %w", err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.URL+"/graphql", bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("make a request: %w", err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+c.Token)
	client := c.HTTP
	if client == nil {
		client = &http.Client{Timeout: 30 * time.Second}
	}
	response, err := client.Do(request)
	if err != nil {
		return fmt.Errorf("call the API: %w", err)
	}
	defer func() { _ = response.Body.Close() }()
	var answer struct {
		Data   json.RawMessage
		Errors []struct{ Message string }
	}
	if err := json.NewDecoder(io.LimitReader(response.Body, 8<<20)).Decode(&answer); err != nil {
		return fmt.Errorf("read the API's response (HTTP status %d): %w", response.StatusCode, err)
	}
	var problems []string
	for _, e := range answer.Errors {
		problems = append(problems, e.Message)
	}
	problems = append(problems, userErrors(answer.Data)...)
	if len(problems) > 0 {
		return errors.New("the API rejected the request: " + strings.Join(problems, "; "))
	}
	if data == nil {
		return nil
	}
	if err := json.Unmarshal(answer.Data, data); err != nil {
		return fmt.Errorf("decode the API's response: %w", err)
	}
	return nil
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
