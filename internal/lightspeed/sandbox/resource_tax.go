package sandbox

// taxResources are TaxCategory, with its rates for single classes, and TaxClass.
func taxResources() (categories, classes *resource) {
	classes = &resource{name: "TaxClass", sorts: []string{"taxClassID", "timeStamp"}}
	classes.fields = []field{
		col("taxClassID", kindInt, func(_ *Account, row int) value { return intValue(row + 1) }),
		col("name", kindText, func(a *Account, row int) value { return textValue(a.tax.classes[row].name) }),
		col("timeStamp", kindTime, func(a *Account, row int) value { return value{n: a.tax.classes[row].stamp} }),
	}
	classes.count = func(a *Account) int { return len(a.tax.classes) }
	classes.find = smallFind(classes)
	classes.narrow = narrowByID(classes)

	over := func(name string, k kind, get func(*taxCategoryClass) value) field {
		return col(name, k, func(a *Account, row int) value { return get(&a.tax.overrides[row]) })
	}
	overrides := &resource{name: "TaxCategoryClass", fields: []field{
		col("taxCategoryClassID", kindInt, func(_ *Account, row int) value { return intValue(row + 1) }),
		over("tax1Rate", kindExact, func(o *taxCategoryClass) value { return exactValue(o.rates.one) }),
		over("tax2Rate", kindExact, func(o *taxCategoryClass) value { return exactValue(o.rates.two) }),
		over("timeStamp", kindTime, func(o *taxCategoryClass) value { return value{n: o.stamp} }),
		over("taxCategoryID", kindInt, func(o *taxCategoryClass) value { return value{n: o.category} }),
		over("taxClassID", kindInt, func(o *taxCategoryClass) value { return value{n: o.class} }),
	}}

	categories = &resource{name: "TaxCategory", sorts: []string{"taxCategoryID", "timeStamp"}, write: []string{"admin"}}
	get := func(name string, k kind, get func(*taxCategory) value) field {
		return col(name, k, func(a *Account, row int) value { return get(&a.tax.categories[row]) })
	}
	categories.fields = []field{
		col("taxCategoryID", kindInt, func(_ *Account, row int) value { return intValue(row + 1) }),
		get("isTaxInclusive", kindBool, func(c *taxCategory) value { return boolValue(c.rates.inclusive) }),
		get("tax1Name", kindText, func(c *taxCategory) value { return textValue(c.name1) }),
		get("tax2Name", kindText, func(c *taxCategory) value { return textValue(c.name2) }),
		get("tax1Rate", kindExact, func(c *taxCategory) value { return exactValue(c.rates.one) }),
		get("tax2Rate", kindExact, func(c *taxCategory) value { return exactValue(c.rates.two) }),
		get("timeStamp", kindTime, func(c *taxCategory) value { return value{n: c.stamp} }),
	}
	categories.count = func(a *Account) int { return len(a.tax.categories) }
	categories.exists = func(a *Account, row int) bool { return !a.tax.categories[row].gone }
	categories.find = func(a *Account, id int64) (int, bool) {
		_, ok := a.tax.category(id)
		return int(id - 1), ok
	}
	categories.narrow = narrowByID(categories)
	categories.create, categories.update, categories.remove = createTaxCategory, updateTaxCategory, removeTaxCategory
	categories.relations = []*relation{{name: "TaxCategoryClasses", many: true, wrap: "TaxCategoryClasses",
		element: "TaxCategoryClass", target: overrides,
		rows: func(a *Account, row int, buf []int) []int {
			for i, o := range a.tax.overrides {
				if o.category == int64(row+1) {
					buf = append(buf, i)
				}
			}
			return buf
		},
		subs: []*relation{{name: "TaxClass", element: "TaxClass", target: classes,
			rows: oneRow(func(a *Account, row int) int { return int(a.tax.overrides[row].class) })}}}}
	return categories, classes
}
