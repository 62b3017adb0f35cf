// Package graphqlhttp serves a gqlgen executable schema over HTTP, server-sent events and graphql-transport-ws, exactly by their
// specifications, and rejects hostile documents before they run.
//
// It works for any schema. An operation passes these checks in this order, and each rejection is a GraphQL error with one of the codes
// of [Code]:
//
//	credentials → size → JSON (values, levels) → tokens → shape (fields, depth, aliases, directives, root fields, cycles)
//	→ validation → variables (levels, list lengths) → coercion → page sizes → cost → execution
//
// The shape is checked before validation, in linear time and each fragment once, because the validation rule for merging fields takes
// quadratic time and expands fragments.
//
// # Specifications
//
//   - GraphQL over HTTP (https://graphql.github.io/graphql-over-http/draft/): POST of application/json, and GET for queries, answered
//     as application/json (a request error is 200) or application/graphql-response+json (a request error is 400 and has no data
//     entry). GET needs the Authorization header too, and its responses are never stored, so neither cross-site requests nor caches
//     get data by it.
//   - GraphQL over Server-Sent Events, distinct connections mode (https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md):
//     when the client accepts text/event-stream. The token's expiry ends the stream with an UNAUTHENTICATED event.
//   - GraphQL over WebSocket (https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md), subprotocol graphql-transport-ws,
//     credentials in connection_init's payload.
//
// # Close codes of a WebSocket
//
//	1001 the server is stopping                 4400 a message that the protocol does not know
//	1009 a message above the body limit   4401 subscribe before the acknowledgement
//	1013 too many streams of one principal      4403 credentials rejected or expired
//	4406 another subprotocol                    4408 no connection_init in time
//	4409 an id that is in use                   4429 a second connection_init
//
// Expired credentials close with 4403 and not 4401, because clients treat 4401 as an error of their own that no retry fixes. On 4403 they
// fetch a new token and connect again.
package graphqlhttp
