package bulkset

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	"entgo.io/ent/dialect/sql/schema"
	"entgo.io/ent/schema/field"
)

// column is one of a table, with the field of ent's struct that has its values.
type column struct {
	*schema.Column
	field   int
	sqlType string // PostgreSQL's
}

// fieldsOf finds the columns of a table in a struct, all but the site's.
func fieldsOf(table *schema.Table, row reflect.Type) ([]column, error) {
	byName := map[string]int{}
	for i := range row.NumField() {
		name, _, _ := strings.Cut(row.Field(i).Tag.Get("json"), ",")
		byName[name] = i
	}
	var columns []column
	for _, c := range table.Columns {
		if c.Name == siteColumn {
			continue
		}
		i, ok := byName[c.Name]
		sqlType := sqlTypes[c.Type]
		if !ok || sqlType == "" {
			return nil, fmt.Errorf("bulkset: %s has no column %s of a known type", row, c.Name)
		}
		columns = append(columns, column{c, i, sqlType})
	}
	return columns, nil
}

var sqlTypes = map[field.Type]string{
	field.TypeString: Text, field.TypeBool: "BOOLEAN", field.TypeInt: BigInt, field.TypeInt64: BigInt,
	field.TypeTime: "TIMESTAMPTZ", field.TypeJSON: "JSONB",
}

// value is what a row has, as database/sql takes it; nil = nothing.
func (c column) value(row reflect.Value) (any, error) {
	v := row.Field(c.field)
	switch v.Kind() {
	case reflect.Pointer, reflect.Slice:
		if v.IsNil() {
			return nil, nil
		}
	}
	if c.Type == field.TypeJSON {
		return json.Marshal(v.Interface())
	}
	v = reflect.Indirect(v)
	switch c.Type {
	case field.TypeString:
		return v.String(), nil
	case field.TypeBool:
		return v.Bool(), nil
	case field.TypeTime:
		return v.Interface(), nil
	default:
		return v.Int(), nil
	}
}

// array writes the values of rows as an array of PostgreSQL.
func (c column) array(rows []reflect.Value) (string, error) {
	text := make([]byte, 1, 16*len(rows))
	text[0] = '{'
	for i, row := range rows {
		if i > 0 {
			text = append(text, ',')
		}
		value, err := c.value(row)
		if err != nil {
			return "", err
		}
		switch v := value.(type) {
		case nil:
			text = append(text, "NULL"...)
		case string:
			text = appendQuoted(text, v)
		case []byte:
			text = appendQuoted(text, string(v))
		case bool:
			text = strconv.AppendBool(text, v)
		case int64:
			text = strconv.AppendInt(text, v, 10)
		case time.Time:
			text = append(v.AppendFormat(append(text, '"'), "2006-01-02 15:04:05.999999Z07:00"), '"')
		}
	}
	return string(append(text, '}')), nil
}

func appendQuoted(text []byte, s string) []byte {
	text = append(text, '"')
	for i := range len(s) {
		if s[i] == '"' || s[i] == '\\' {
			text = append(text, '\\')
		}
		text = append(text, s[i])
	}
	return append(text, '"')
}
