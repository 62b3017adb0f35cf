package database

var PostgresDSN = postgresDSN
