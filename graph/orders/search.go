package orders

import (
	"slices"
	"strings"
	"unicode"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"
)

// likeEscaper takes their meaning from the characters that mean something in a pattern.
var likeEscaper = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// contains finds rows that have the text in one of the columns, whatever its case.
//
// Both databases fold the case of ASCII letters in a pattern, and of others only sometimes (PostgreSQL by its locale, SQLite
// never). So those are looked for in each of the spellings that people use.
func contains(text string, columns ...string) func(*sql.Selector) {
	spellings := []string{text, strings.ToLower(text), strings.ToUpper(text), title(text)}
	if strings.IndexFunc(text, func(r rune) bool { return r > unicode.MaxASCII }) < 0 {
		spellings = spellings[:1]
	}
	slices.Sort(spellings)
	spellings = slices.Compact(spellings)
	return func(s *sql.Selector) {
		operator := " LIKE "
		if s.Dialect() == dialect.Postgres {
			operator = " ILIKE "
		}
		var any []*sql.Predicate
		for _, column := range columns {
			for _, spelling := range spellings {
				any = append(any, sql.P(func(b *sql.Builder) {
					b.Ident(s.C(column)).WriteString(operator).Arg("%" + likeEscaper.Replace(spelling) + "%").WriteString(` ESCAPE '\'`)
				}))
			}
		}
		s.Where(sql.Or(any...))
	}
}

// title writes the first letter of each word large and the others small.
func title(text string) string {
	before := ' '
	return strings.Map(func(r rune) rune {
		start := !unicode.IsLetter(before)
		before = r
		if start {
			return unicode.ToTitle(r)
		}
		return unicode.ToLower(r)
	}, text)
}
