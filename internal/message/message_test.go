package message_test

import (
	"reflect"
	"testing"

	"possync/internal/message"
)

func TestSay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		sentence string
		values   message.Values
		want     message.Message
	}{
		{"It is done.", nil, message.Plain("It is done.")},
		{"{n} of {all} items; {n} wait.", message.Values{"all": 9, "n": 2}, message.Message{
			Text: "2 of 9 items; 2 wait.", Parameters: []message.Parameter{{Name: "n", Value: "2"}, {Name: "all", Value: "9"}},
		}},
		{"Called {name}.", message.Values{"name": "{n} {name} {"}, message.Message{
			Text: "Called {n} {name} {.", Parameters: []message.Parameter{{Name: "name", Value: "{n} {name} {"}},
		}},
		{"No {value}, {", message.Values{"n": 1}, message.Plain("No {value}, {")},
	} {
		if got := message.Say(c.sentence, c.values); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q with %v says %+v, want %+v", c.sentence, c.values, got, c.want)
		}
	}
}

func TestAnd(t *testing.T) {
	t.Parallel()
	a := message.Say("{n} are held.", message.Values{"n": 2})
	b := message.Say("{n} of {all} wait.", message.Values{"n": 3, "all": 4})
	want := message.Message{Text: "2 are held. 3 of 4 wait.", Parameters: []message.Parameter{{Name: "n", Value: "2"}, {Name: "all", Value: "4"}}}
	if got := a.And(b); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
	if len(a.Parameters) != 1 || message.Plain("").And(a).Text != a.Text {
		t.Errorf("%+v", a)
	}
}
