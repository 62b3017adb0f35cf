// Package message makes what is said to people from sentences with named places, and keeps what was put into them, so that a page can say
// the same in another language.
package message

import (
	"fmt"
	"strings"
)

// Parameter is a value that a message has.
type Parameter struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Values are what is put into a sentence, by their names.
type Values map[string]any

// Message is a sentence, and the values in it.
type Message struct {
	Text       string
	Parameters []Parameter // in the order in which the sentence first has them
}

// Say fills the places of a sentence, which are names in braces. A place without a value stays as it is, and what the values themselves
// have in braces is not filled.
func Say(sentence string, values Values) Message {
	var m Message
	var text strings.Builder
	known := map[string]bool{}
	for rest := sentence; ; {
		before, after, found := strings.Cut(rest, "{")
		text.WriteString(before)
		if !found {
			break
		}
		name, next, closed := strings.Cut(after, "}")
		value, given := values[name]
		if !closed || !given {
			text.WriteString("{")
			rest = after
			continue
		}
		said := fmt.Sprint(value)
		text.WriteString(said)
		if !known[name] {
			known[name] = true
			m.Parameters = append(m.Parameters, Parameter{Name: name, Value: said})
		}
		rest = next
	}
	m.Text = text.String()
	return m
}

// Plain is a sentence without values.
func Plain(text string) Message { return Message{Text: text} }

// And is a message with the other's sentence after its own. Of a value that both have under one name it keeps its own.
func (m Message) And(other Message) Message {
	joined := Message{Text: strings.TrimSpace(m.Text + " " + other.Text), Parameters: append([]Parameter{}, m.Parameters...)}
	for _, p := range other.Parameters {
		if !joined.has(p.Name) {
			joined.Parameters = append(joined.Parameters, p)
		}
	}
	return joined
}

func (m Message) has(name string) bool {
	for _, p := range m.Parameters {
		if p.Name == name {
			return true
		}
	}
	return false
}
