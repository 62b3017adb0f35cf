package lightspeed

import (
	"fmt"
	"testing"
)

// The merchant names the attributes; the sets that every account has are known without their names.
func TestItemAttributes(t *testing.T) {
	for fields, want := range map[string]struct {
		size, color string
		sent        bool
	}{
		`"ItemAttributes":{"attribute1":"Black","attribute2":" M ","attribute3":"","itemAttributeSetID":"9","ItemAttributeSet":{"attributeName1":"Frame colour","attributeName2":"SIZE (EU)","attributeName3":""}}`: {"M", "Black", true},
		`"ItemAttributes":{"attribute1":"M","attribute2":"Black","itemAttributeSetID":"1","ItemAttributeSet":{"attributeName1":"Size","attributeName2":"Color"}}`:                                                   {"M", "Black", true},
		`"ItemAttributes":{"attribute1":"Black","attribute2":"M","itemAttributeSetID":"1"}`:                                                                                                                         {"M", "Black", true},
		`"ItemAttributes":{"attribute1":"","attribute2":"M","itemAttributeSetID":2,"ItemAttributeSet":""}`:                                                                                                          {"M", "", true},
		`"ItemAttributes":{"attribute1":"Black","itemAttributeSetID":"3"}`:                                                                                                                                          {"", "Black", true},
		`"ItemAttributes":{"attribute1":"Black","attribute2":"M","attribute3":"Tall","itemAttributeSetID":"4"}`:                                                                                                     {"", "", true},
		`"ItemAttributes":{"attribute1":"52","ItemAttributeSet":{"attributeName1":"Wheel"},"itemAttributeSetID":"1"}`:                                                                                               {"", "", true},
		`"ItemAttributes":""`:                      {"", "", true},
		`"ItemAttributes":null`:                    {"", "", false},
		`"itemMatrixID":"7"`:                       {"", "", false},
		`"itemMatrixID":"0"`:                       {"", "", true},
		`"itemMatrixID":"0","ItemAttributes":null`: {"", "", true},
		`"itemMatrixID":"7","ItemAttributes":[]`:   {"", "", true},
	} {
		d, err := decodePage(itemPage(plainItem(1, ","+fields)), "Item", itemRow)
		if err != nil || len(d.rows) != 1 {
			t.Errorf("%s: %v, %v", fields, d.unreadable, err)
			continue
		}
		i := d.rows[0]
		if i.Attributes.Size() != want.size || i.Attributes.Color() != want.color || i.HasAttributes != want.sent {
			t.Errorf("%s: %+v, sent %v", fields, i.Attributes, i.HasAttributes)
		}
	}
}

func TestItemTypes(t *testing.T) {
	for fields, want := range map[string]string{
		`"itemType":""`: "default", `"itemType":"default"`: "default", `"itemType":"Box"`: "box", `"itemType":"assembly","serialized":"true"`: "assembly",
		`"itemType":"default","serialized":"true"`: "serialized", `"itemType":"non_inventory"`: "non_inventory", `"itemType":"serialized"`: "serialized",
	} {
		d, err := decodePage(itemPage(plainItem(1, ","+fields)), "Item", itemRow)
		if err != nil || len(d.rows) != 1 || d.rows[0].ItemType != want {
			t.Errorf("%s: %+v, %v", fields, d, err)
		}
	}
}

func TestItemComponents(t *testing.T) {
	fields := `,"itemType":"box","ItemComponents":{"ItemComponent":{"itemComponentID":"1","quantity":"12.0","componentGroup":"0","assemblyItemID":"1","componentItemID":"44"}}`
	d, err := decodePage(itemPage(plainItem(1, fields)), "Item", itemRow)
	if err != nil || fmt.Sprint(d.rows[0].Components) != "[{44 12}]" || !d.rows[0].HasComponents {
		t.Errorf("%+v, %v", d, err)
	}
	for fields, sent := range map[string]bool{
		`"itemType":"box"`: false, `"itemType":"serialized_assembly","ItemComponents":null`: false, `"itemType":"assembly","ItemComponents":""`: true,
		`"itemType":"default"`: true,
	} {
		d, err := decodePage(itemPage(plainItem(1, ","+fields)), "Item", itemRow)
		if err != nil || len(d.rows) != 1 || len(d.rows[0].Components) != 0 || d.rows[0].HasComponents != sent {
			t.Errorf("%s: %+v, %v", fields, d, err)
		}
	}
}
