package orderacts

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"possync/ent"
	"possync/ent/clientmutation"
	"possync/graph/orders"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
)

const maxKey = 200 // characters of a client's key

// Call is a mutation as a client sent it.
type Call struct {
	Mutation string
	Key      *string // the client's own; nil = the call is not remembered
	Input    any     // without the key
}

// Once does an action, unless the client has sent the same key before: then nothing happens again, and the answer is the order
// as it now is. The same key with another input is an error. A call that has errors changes nothing and is not remembered, so
// the key can be sent again.
func Once(ctx context.Context, by Actor, call Call, act func() (*orders.Order, usererror.List, error)) (*orders.Order, usererror.List, error) {
	if call.Key == nil {
		return act()
	}
	if _, err := unitofwork.Lock(ctx); err != nil { // so that two calls with one key take turns
		return nil, nil, err
	}
	var found usererror.List
	key := found.Text(*call.Key, usererror.Bounds{Least: 1, Most: maxKey, Bytes: maxKey}, "clientMutationKey")
	if found.Any() {
		return nil, found, nil
	}
	hash, err := hashOf(call.Input)
	if err != nil {
		return nil, nil, err
	}
	client := unitofwork.Client(ctx)
	before, err := client.ClientMutation.Query().Where(clientmutation.Mutation(call.Mutation), clientmutation.Key(key)).Only(ctx)
	switch {
	case err == nil && before.InputHash == hash:
		again, err := orders.ByID(ctx, []string{before.Answer})
		if err != nil || len(again) == 0 {
			return nil, nil, err
		}
		return again[0], nil, nil
	case err == nil && before.InputHash == "":
		found.Add(usererror.KeyReused, "This key was used before, and what it was used with was erased together with the customer's data. Load the order "+
			"to see what was done, and use a new key for each change.", "clientMutationKey")
		return nil, found, nil
	case err == nil:
		found.Add(usererror.KeyReused, "This key was used before with another input. Use a new key for each change.", "clientMutationKey")
		return nil, found, nil
	case !ent.IsNotFound(err):
		return nil, nil, fmt.Errorf("look for an earlier call: %w", err)
	}
	order, found, err := act()
	if err != nil || found.Any() {
		return order, found, err
	}
	err = client.ClientMutation.Create().SetMutation(call.Mutation).SetKey(key).SetInputHash(hash).SetAnswer(order.ID).
		SetCreatedAt(by.Now).Exec(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("remember the call: %w", err)
	}
	return order, nil, nil
}

// hashOf is equal for inputs that say the same.
func hashOf(input any) (string, error) {
	text, err := json.Marshal(input)
	if err != nil {
		return "", fmt.Errorf("read the input: %w", err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}
