// Package testschema is a small executable GraphQL schema, with one field for each way an operation can behave, on which package
// graphqlhttp is tested.
package testschema

//go:generate go tool gqlgen generate
