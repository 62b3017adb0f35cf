package sandbox

// itemMatrix is a style whose sizes and colours are items.
type itemMatrix struct {
	description               string
	category, maker, taxClass int32
	cost                      money
	set                       int // id of the attribute set
	stamp                     int64
}

// attributeSet names the attributes of the items of a matrix.
type attributeSet struct {
	name  string
	names [3]string
}

// The ids of the sets that every account has.
const (
	setColorSize = iota + 1
	setSize
	setColor
)

func attributeSets() []attributeSet {
	return []attributeSet{
		{"Color/Size", [3]string{"Color", "Size", ""}},
		{"Size", [3]string{"", "Size", ""}}, // the second attribute, as at Lightspeed
		{"Color", [3]string{"Color", "", ""}},
		{"3 Attributes", [3]string{"Attribute 1", "Attribute 2", "Attribute 3"}},
	}
}

func attributeSetOf(size, color string) int {
	switch {
	case color == "":
		return setSize
	case size == "":
		return setColor
	}
	return setColorSize
}

func attributeSetResource() *resource {
	sets := attributeSets()
	r := &resource{name: "ItemAttributeSet", sorts: []string{"itemAttributeSetID"}}
	text := func(name string, get func(attributeSet) string) field {
		return col(name, kindText, func(_ *Account, row int) value { return textValue(get(sets[row])) })
	}
	r.fields = []field{
		col("itemAttributeSetID", kindInt, func(_ *Account, row int) value { return intValue(row + 1) }),
		text("name", func(s attributeSet) string { return s.name }),
		text("attributeName1", func(s attributeSet) string { return s.names[0] }),
		text("attributeName2", func(s attributeSet) string { return s.names[1] }),
		text("attributeName3", func(s attributeSet) string { return s.names[2] }),
	}
	r.count = func(*Account) int { return len(sets) }
	r.find = smallFind(r)
	r.narrow = narrowByID(r)
	return r
}

// itemAttributesResource is what an item of a matrix has instead of the others, whose row it shares.
func itemAttributesResource(sets *resource) *resource {
	set := func(a *Account, row int) int { return attributeSetOf(a.items[row].size, a.items[row].color) }
	return &resource{name: "ItemAttributes", fields: []field{
		col("attribute1", kindText, func(a *Account, row int) value { return textValue(a.items[row].color) }),
		col("attribute2", kindText, func(a *Account, row int) value { return textValue(a.items[row].size) }),
		constant("attribute3", kindText, value{}),
		col("itemAttributeSetID", kindInt, func(a *Account, row int) value { return intValue(set(a, row)) }),
	}, relations: []*relation{{name: "ItemAttributeSet", element: "ItemAttributeSet", target: sets, rows: oneRow(set)}}}
}

func itemMatrixResource(categories, makers, classes *resource) *resource {
	r := &resource{name: "ItemMatrix", sorts: []string{"itemMatrixID", "timeStamp", "description"}}
	num := func(name string, k kind, get func(*itemMatrix) int64) field {
		return col(name, k, func(a *Account, row int) value { return value{n: get(&a.matrices[row])} })
	}
	r.fields = append([]field{
		col("itemMatrixID", kindInt, func(_ *Account, row int) value { return intValue(row + 1) }),
		col("description", kindText, func(a *Account, row int) value { return textValue(a.matrices[row].description) }),
		constant("tax", kindBool, value{n: 1}),
		num("defaultCost", kindDecimal, func(m *itemMatrix) int64 { return int64(m.cost) }),
		constant("itemType", kindText, textValue("default")),
		constant("serialized", kindBool, value{}),
		constant("modelYear", kindInt, value{}),
		constant("archived", kindBool, value{}),
		num("timeStamp", kindTime, func(m *itemMatrix) int64 { return m.stamp }),
		num("itemAttributeSetID", kindInt, func(m *itemMatrix) int64 { return int64(m.set) }),
		num("manufacturerID", kindInt, func(m *itemMatrix) int64 { return int64(m.maker) }),
		num("categoryID", kindInt, func(m *itemMatrix) int64 { return int64(m.category) }),
		num("taxClassID", kindInt, func(m *itemMatrix) int64 { return int64(m.taxClass) }),
	}, zeros("defaultVendorID", "seasonID", "departmentID")...)
	r.count = func(a *Account) int { return len(a.matrices) }
	r.find = smallFind(r)
	r.narrow = narrowByID(r)
	one := func(name string, target *resource, id func(*itemMatrix) int32) *relation {
		return &relation{name: name, element: name, target: target,
			rows: oneRow(func(a *Account, row int) int { return int(id(&a.matrices[row])) })}
	}
	r.relations = []*relation{
		one("Category", categories, func(m *itemMatrix) int32 { return m.category }),
		one("Manufacturer", makers, func(m *itemMatrix) int32 { return m.maker }),
		one("TaxClass", classes, func(m *itemMatrix) int32 { return m.taxClass }),
		{name: "ItemAttributeSet", element: "ItemAttributeSet", target: attributeSetResource(),
			rows: oneRow(func(a *Account, row int) int { return a.matrices[row].set })},
	}
	return r
}
