// Package compat finds what in a new schema breaks clients that were written for an old one.
//
// A removal is not a break if the old schema announced it with @deprecated.
package compat

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// Breaks returns what breaks, a sentence each, sorted.
func Breaks(old, now *ast.Schema) []string {
	c := &comparison{}
	for name, def := range old.Types {
		if !def.BuiltIn && !strings.HasPrefix(name, "__") {
			c.definition(def, now.Types[name])
		}
	}
	slices.Sort(c.breaks)
	return c.breaks
}

type comparison struct {
	breaks []string
}

func (c *comparison) add(format string, args ...any) {
	c.breaks = append(c.breaks, fmt.Sprintf(format, args...))
}

func (c *comparison) definition(old, now *ast.Definition) {
	switch {
	case now == nil:
		c.add("type %s is gone", old.Name)
		return
	case old.Kind != now.Kind:
		c.add("type %s was %s and is %s", old.Name, old.Kind, now.Kind)
		return
	}
	for _, name := range old.Interfaces {
		if !slices.Contains(now.Interfaces, name) {
			c.add("type %s is no longer %s", old.Name, name)
		}
	}
	for _, name := range old.Types {
		if !slices.Contains(now.Types, name) {
			c.add("union %s has no %s any more", old.Name, name)
		}
	}
	for _, value := range old.EnumValues {
		if now.EnumValues.ForName(value.Name) == nil && !announced(value.Directives) {
			c.add("value %s.%s is gone", old.Name, value.Name)
		}
	}
	for _, field := range old.Fields {
		c.field(old, field, now.Fields.ForName(field.Name))
	}
	if old.Kind == ast.InputObject {
		for _, field := range now.Fields {
			if old.Fields.ForName(field.Name) == nil && field.Type.NonNull && field.DefaultValue == nil {
				c.add("input %s.%s is new and must be given", old.Name, field.Name)
			}
		}
	}
}

func (c *comparison) field(owner *ast.Definition, old, now *ast.FieldDefinition) {
	name := owner.Name + "." + old.Name
	if now == nil {
		if !announced(old.Directives) {
			c.add("field %s is gone", name)
		}
		return
	}
	if owner.Kind == ast.InputObject {
		if !accepts(now.Type, old.Type) {
			c.add("input %s was %s and is %s", name, old.Type, now.Type)
		}
		c.defaults("input "+name, old.DefaultValue, now.DefaultValue)
		return
	}
	if !answers(old.Type, now.Type) {
		c.add("field %s was %s and is %s", name, old.Type, now.Type)
	}
	for _, a := range old.Arguments {
		b := now.Arguments.ForName(a.Name)
		switch {
		case b == nil && !announced(a.Directives):
			c.add("argument %s(%s) is gone", name, a.Name)
		case b != nil && !accepts(b.Type, a.Type):
			c.add("argument %s(%s) was %s and is %s", name, a.Name, a.Type, b.Type)
		case b != nil:
			c.defaults(fmt.Sprintf("argument %s(%s)", name, a.Name), a.DefaultValue, b.DefaultValue)
		}
	}
	for _, b := range now.Arguments {
		if old.Arguments.ForName(b.Name) == nil && b.Type.NonNull && b.DefaultValue == nil {
			c.add("argument %s(%s) is new and must be given", name, b.Name)
		}
	}
	c.roles(name, old, now)
}

// defaults compares what is taken when nothing is given.
func (c *comparison) defaults(what string, old, now *ast.Value) {
	if old != nil && (now == nil || old.String() != now.String()) {
		c.add("%s had the default %s", what, old)
	}
}

// roles finds roles that have lost a field. A field without @allow is for all roles.
func (c *comparison) roles(name string, old, now *ast.FieldDefinition) {
	before, after := rolesOf(old), rolesOf(now)
	switch {
	case after == nil:
	case before == nil:
		c.add("field %s was for all roles and is for %s only", name, strings.Join(after, ", "))
	default:
		for _, role := range before {
			if !slices.Contains(after, role) {
				c.add("field %s is no longer for %s", name, role)
			}
		}
	}
}

func rolesOf(f *ast.FieldDefinition) []string {
	allow := f.Directives.ForName("allow")
	if allow == nil || allow.Arguments.ForName("roles") == nil {
		return nil
	}
	roles := []string{}
	for _, child := range allow.Arguments.ForName("roles").Value.Children {
		roles = append(roles, child.Value.Raw)
	}
	return roles
}

func announced(directives ast.DirectiveList) bool { return directives.ForName("deprecated") != nil }

// accepts reports whether an input of the type now takes everything that fitted the old type.
func accepts(now, old *ast.Type) bool {
	if now.NonNull && !old.NonNull {
		return false
	}
	if now.Elem != nil || old.Elem != nil {
		return now.Elem != nil && old.Elem != nil && accepts(now.Elem, old.Elem)
	}
	return now.NamedType == old.NamedType
}

// answers reports whether a client that expects the old type can read the new one.
func answers(old, now *ast.Type) bool {
	if old.NonNull && !now.NonNull {
		return false
	}
	if now.Elem != nil || old.Elem != nil {
		return now.Elem != nil && old.Elem != nil && answers(old.Elem, now.Elem)
	}
	return now.NamedType == old.NamedType
}
