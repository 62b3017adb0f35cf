package retail

import "fmt"

// Message says for shop staff what happened to an order and what to do. The params are those with which the notice was raised;
// it is empty for a notice that is worked out and not raised.
func (v NoticeCode) Message(params map[string]string) string {
	switch v {
	case NoticeTextCut:
		return fmt.Sprintf("These texts of the order were too long to be stored, and were cut: %s. The website has them in full.", params["fields"])
	default:
		return ""
	}
}
