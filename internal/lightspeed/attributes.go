package lightspeed

import (
	"strings"
)

// ItemAttributes are what distinguishes an item from the others of its matrix, such as its size and its colour. Names
// says what the Values are, in the merchant's words.
type ItemAttributes struct {
	Names, Values [attributeCount]string
}

const attributeCount = 3

// standardNames are the names of the attributes in the sets that every account has. They stand in for names that did not
// come along.
func standardNames(itemAttributeSetID int64) [attributeCount]string {
	switch itemAttributeSetID {
	case 1:
		return [attributeCount]string{"Color", "Size", ""}
	case 2:
		return [attributeCount]string{"", "Size", ""}
	case 3:
		return [attributeCount]string{"Color", "", ""}
	}
	return [attributeCount]string{}
}

// itemAttributes reads the relation ItemAttributes with ItemAttributeSet in it, and whether it is there.
func itemAttributes(r *row) (a ItemAttributes, sent bool) {
	v, ok := r.field("ItemAttributes")
	if !ok || v.isEmpty() {
		return a, ok && string(v) != "null"
	}
	var values, set row
	values.read(v)
	names, _ := values.field("ItemAttributeSet")
	set.read(names)
	for i, number := range [...]string{"1", "2", "3"} {
		a.Values[i] = values.optText("attribute" + number)
		a.Names[i] = set.optText("attributeName" + number)
	}
	if a.Names == [attributeCount]string{} {
		a.Names = standardNames(values.optID("itemAttributeSetID"))
	}
	for _, err := range []error{values.err, set.err} {
		if err != nil && r.err == nil {
			r.err = err
		}
	}
	return a, true
}

// Size is the value of the attribute that is a size; "" = there is none.
func (a ItemAttributes) Size() string { return a.named("size") }

// Color is the value of the attribute that is a colour; "" = there is none.
func (a ItemAttributes) Color() string { return a.named("color", "colour") }

func (a ItemAttributes) named(names ...string) string {
	for i, name := range a.Names {
		for _, wanted := range names {
			if strings.Contains(strings.ToLower(name), wanted) {
				return strings.TrimSpace(a.Values[i])
			}
		}
	}
	return ""
}
