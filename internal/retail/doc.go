// Package retail holds the business rules as pure functions: product codes, matching, display, prices, orders and their
// sales, schedules, setup, and the states of runs and exports.
//
// Nothing here reads a clock, a network or a database. Enums are stored as the GraphQL API spells them.
package retail
