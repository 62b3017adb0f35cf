package lightspeed

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"

	"github.com/shopspring/decimal"
)

// send writes a record, or reads one by its id, and returns the record in the answer. body may be nil. The path of rq is below
// the account's.
func send[T any](ctx context.Context, a *Account, rq call, resource string, body any, convert func(*row) T) (T, error) {
	var out T
	path, err := a.path(rq.path)
	if err != nil {
		return out, err
	}
	full := a.call(rq.method, path, rq.query)
	full.retryable, full.size, full.cost = rq.retryable, rq.size, rq.cost
	if body != nil {
		if full.body, err = encode(body); err != nil {
			return out, fmt.Errorf("encode %s: %w", resource, err)
		}
	}
	full.accept = func(_ http.Header, answer []byte) error {
		got, err := decodeOne(answer, resource, convert)
		if err == nil {
			out = got
		}
		return err
	}
	return out, a.client.do(ctx, full)
}

// decodeOne reads an answer with a single record. An answer that counts none is [ErrNotFound]: for an unknown id Lightspeed
// may answer 200 without a record.
func decodeOne[T any](body []byte, resource string, convert func(*row) T) (T, error) {
	var none T
	answer, err := parse(body)
	if err != nil {
		return none, malformed("%s: %v", resource, err)
	}
	content, _ := answer.get(resource)
	attributes, _ := answer.get("@attributes")
	if count, _ := attributes.get("count"); content.isEmpty() && len(count) > 0 && string(count.text()) == "0" {
		return none, fmt.Errorf("%s: %w: the answer holds none", resource, ErrNotFound)
	}
	if !content.isObject() {
		return none, malformed("no %s in the answer", resource)
	}
	var r row
	r.read(content)
	out := convert(&r)
	return out, r.whyMalformed(resource)
}

// encode writes a body without the escapes for HTML.
func encode(v any) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSpace(buf.Bytes()), nil
}

// amount is money in a body, as exact decimal text: a JSON number may lose digits.
type amount decimal.Decimal

func (a amount) MarshalJSON() ([]byte, error) {
	return []byte(strconv.Quote(decimal.Decimal(a).String())), nil
}

// Costs in drips by the rules of 2026-03 (https://developers.lightspeedhq.com/retail/introduction/ratelimits/).
const (
	costOfRead   = 1.4 // of a sale, with its lines and payments
	costOfWrite  = 1.0
	costOfSale   = 2.0
	costOfEnd    = 3.0 // in addition, when the body completes a sale
	costOfNested = 0.5 // for each record within the body
)

// id writes a number as a string, as Lightspeed does.
func id(n int64) string { return strconv.FormatInt(n, 10) }
