package sandbox

import (
	"strings"
)

// createCategory is POST Category: a new last child of its parent, or a new root.
func createCategory(a *Account, in payload) (int, *reply) {
	const failure = "Category not created."
	name, _ := in.text("name")
	if strings.TrimSpace(name) == "" {
		return 0, badRequest(failure + " name cannot be blank.")
	}
	parent, _, err := in.scalar("parentID", kindInt)
	if err != nil {
		return 0, badRequest(failure + " " + err.Error())
	}
	if parent.n < 0 || parent.n > int64(len(a.cats)) {
		return 0, badRequest(failure + " parentID does not exist.")
	}
	return a.addCategory(name, int(parent.n)), nil
}

// addCategory stores a category below its parent, 0 = none, and returns its row. The numbers of the nested set that lie
// behind it move; the stamps of their categories do not.
func (a *Account) addCategory(name string, parent int) int {
	c := category{name: name, path: name, parent: parent, stamp: a.now()}
	if parent == 0 {
		for i := range a.cats {
			c.left = max(c.left, a.cats[i].right)
		}
		c.left++
	} else {
		above := a.cats[parent-1]
		c.path, c.depth, c.left = above.path+"/"+name, above.depth+1, above.right
		for i := range a.cats {
			if a.cats[i].left > c.left {
				a.cats[i].left += 2
			}
			if a.cats[i].right >= c.left {
				a.cats[i].right += 2
			}
		}
	}
	c.right = c.left + 1
	a.cats = append(a.cats, c)
	return len(a.cats) - 1
}

// updateCategory is PUT Category, which renames it, and so the paths below it.
func updateCategory(a *Account, row int, in payload) *reply {
	name, sent := in.text("name")
	if !sent {
		return nil
	}
	if strings.TrimSpace(name) == "" {
		return badRequest("Category not updated. name cannot be blank.")
	}
	a.cats[row].name, a.cats[row].stamp = name, a.now()
	for i := range a.cats { // parents come before their children
		c := &a.cats[i]
		if c.path = c.name; c.parent > 0 {
			c.path = a.cats[c.parent-1].path + "/" + c.name
		}
	}
	return nil
}

// createManufacturer is POST Manufacturer. Names need not be unique.
func createManufacturer(a *Account, in payload) (int, *reply) {
	name, _ := in.text("name")
	if strings.TrimSpace(name) == "" {
		return 0, badRequest("Manufacturer not created. name cannot be blank.")
	}
	return a.addManufacturer(name), nil
}

func (a *Account) addManufacturer(name string) int {
	a.makers = append(a.makers, manufacturer{name: name, stamp: a.now()})
	return len(a.makers) - 1
}

func updateManufacturer(a *Account, row int, in payload) *reply {
	name, sent := in.text("name")
	if !sent {
		return nil
	}
	if strings.TrimSpace(name) == "" {
		return badRequest("Manufacturer not updated. name cannot be blank.")
	}
	a.makers[row].name, a.makers[row].stamp = name, a.now()
	return nil
}
