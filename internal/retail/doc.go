// Package retail holds the shop's rules as pure functions: what a product code is, which item is which product, what a
// website shows and why, what money is, when a sync is due, what setup still lacks, and the words in which runs are told.
//
// Nothing here reads a clock, a network or a database. Its enums are stored as they are spelled in the GraphQL API.
package retail
