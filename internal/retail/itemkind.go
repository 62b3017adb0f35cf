package retail

import "io"

// ItemKind is what sort of item Lightspeed keeps: its itemType.
type ItemKind string

// The kinds of items.
const (
	ItemDefault            ItemKind = "DEFAULT"             // is counted
	ItemNonInventory       ItemKind = "NON_INVENTORY"       // has no stock: it can be sold without a count
	ItemSerialized         ItemKind = "SERIALIZED"          // is counted; each unit has a serial number
	ItemBox                ItemKind = "BOX"                 // a box of several units of another item
	ItemAssembly           ItemKind = "ASSEMBLY"            // is made of other items
	ItemSerializedAssembly ItemKind = "SERIALIZED_ASSEMBLY" // is made of other items; each unit has a serial number
)

// Values lists the spellings.
func (ItemKind) Values() []string {
	return spellings(ItemDefault, ItemNonInventory, ItemSerialized, ItemBox, ItemAssembly, ItemSerializedAssembly)
}

// MarshalGQL writes the value as GraphQL.
func (v ItemKind) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *ItemKind) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }

// MadeOf reports whether such an item is made of others.
func (v ItemKind) MadeOf() bool {
	return v == ItemBox || v == ItemAssembly || v == ItemSerializedAssembly
}

// Component is an item that a box or an assembly contains.
type Component struct {
	ItemID int64 `json:"item"`  // Lightspeed's id
	Units  int64 `json:"units"` // in one box or assembly
}
