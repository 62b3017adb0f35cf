package graph

// Resolver answers the root fields and the computed ones; see the files *.resolvers.go, one a topic.
type Resolver struct{ deps Deps }
