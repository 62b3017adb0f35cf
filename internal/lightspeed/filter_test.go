package lightspeed

import "testing"

func TestFilterOf(t *testing.T) {
	for text, want := range map[string]string{
		"IN,5": "IN,", "in,[1,2]": "in,", "In ,5": "In ,", ">=,1": ">=,", "~,WEB%": "~,", "!=,": "!=,", "><,1,2": "><,",
		"": "", "WEB-1": "", "IN5": "", "IN": "", "WEB,IN,5": "", "5,IN": "", ">5": "", ",5": "", "INN,5": "",
	} {
		if got := FilterOf(text); got != want {
			t.Errorf("%q begins with the filter %q, want %q", text, got, want)
		}
	}
}
