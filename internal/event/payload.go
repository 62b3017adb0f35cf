package event

import (
	"encoding/json"
	"fmt"
)

// maxPayload bounds a payload in bytes: PostgreSQL refuses 8,000 and more.
const maxPayload = 7900

// payload is what one notification says.
type payload struct {
	Origin string   `json:"o"`           // the bridge that sent it, which need not hear it again
	All    bool     `json:"a,omitempty"` // wake all subscribers
	Topics []string `json:"t,omitempty"`
}

// encode splits a payload into as few as the bound allows. A topic that does not fit wakes all subscribers.
func encode(p payload) ([]string, error) {
	wakeAll, empty := payload{Origin: p.Origin, All: true}, payload{Origin: p.Origin}
	if p.All {
		return pack(nil, wakeAll)
	}
	envelope, err := json.Marshal(empty)
	if err != nil {
		return nil, fmt.Errorf("encode wake-ups: %w", err)
	}
	overhead := len(envelope) + len(`,"t":[]`)
	var packed []string
	next, size := empty, overhead
	for _, topic := range p.Topics {
		text, err := json.Marshal(topic)
		if err != nil {
			return nil, fmt.Errorf("encode wake-ups: %w", err)
		}
		length := len(text) + len(",")
		if overhead+length > maxPayload {
			return pack(nil, wakeAll)
		}
		if size+length > maxPayload {
			if packed, err = pack(packed, next); err != nil {
				return nil, err
			}
			next, size = empty, overhead
		}
		next.Topics, size = append(next.Topics, topic), size+length
	}
	if len(next.Topics) == 0 {
		return packed, nil
	}
	return pack(packed, next)
}

func pack(packed []string, p payload) ([]string, error) {
	text, err := json.Marshal(p)
	if err != nil {
		return nil, fmt.Errorf("encode wake-ups: %w", err)
	}
	return append(packed, string(text)), nil
}

// decode reads a payload. What it cannot read comes from another version of the program: the safe answer is to wake all.
func decode(text string) payload {
	var p payload
	if err := json.Unmarshal([]byte(text), &p); err != nil || p.Origin == "" {
		return payload{All: true}
	}
	return p
}
