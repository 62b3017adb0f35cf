package fault

import "log/slog"

// Security marks a line of the log as a security event: somebody was refused for want of authority. The event says in which way.
func Security(event string) slog.Attr { return slog.String("security", event) }
