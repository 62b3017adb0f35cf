// Package graphqlhttp serves a gqlgen executable schema over POST, server-sent events and graphql-transport-ws, exactly by their
// specifications, and rejects hostile documents before they run.
//
// It does not depend on the schema. An operation passes these checks in this order, and each rejection is a GraphQL error with a
// code of the closed set below:
//
//	credentials → size → JSON (values, levels) → tokens → shape (fields, depth, aliases, directives, root fields, cycles)
//	→ validation → variables (levels, list lengths) → coercion → page sizes → cost → execution
//
// The shape is measured in time linear in the document, each fragment once, and before validation, because the rule that fields
// can be merged is quadratic in fields and expands fragments.
//
// # Specifications
//
//   - GraphQL over HTTP (https://graphql.github.io/graphql-over-http/draft/): POST of application/json, and GET for queries, answered
//     as application/json (a request error is 200) or application/graphql-response+json (a request error is 400 and has no data
//     entry). GET needs the Authorization header like everything else and its answers are never stored, so it opens no door for
//     cross-site requests or caches.
//   - GraphQL over Server-Sent Events, distinct connections mode (https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md):
//     when the client accepts text/event-stream. The token's expiry ends the stream with an UNAUTHENTICATED event.
//   - GraphQL over WebSocket (https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md), subprotocol graphql-transport-ws,
//     credentials in connection_init's payload.
//
// # Close codes of a WebSocket
//
//	1001 the server is stopping                 4400 a message that the protocol does not know
//	1009 a message larger than the body limit   4401 subscribe before the acknowledgement
//	1013 too many streams of one principal      4403 credentials refused, or their time is over
//	4406 another subprotocol                    4408 no connection_init in time
//	4409 an id that is in use                   4429 a second connection_init
//
// Expired credentials close with 4403 and not 4401 because clients take 4401 for their own error that no retry fixes, and 4403
// for a call to fetch a new token and connect again.
package graphqlhttp
