package graphqlhttp

import "net/http"

func isUpgrade(r *http.Request) bool { return r.Header.Get("Upgrade") != "" }

func (h *Handler) serveWebSocket(w http.ResponseWriter, r *http.Request) {
	httpResponse{w: w, media: mediaJSON}.bad(r.Context(), newBadRequest(http.StatusNotImplemented, CodeBadUserInput, "not yet"))
}
