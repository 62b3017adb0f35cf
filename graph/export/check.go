package export

import (
	"context"

	"possync/ent"
	"possync/graph/settings"
	"possync/graph/sitedata"
	"possync/graph/usererror"
	"possync/internal/message"
)

// maxRoutes is how many pickup locations may have their own register.
const maxRoutes = 250

// edit is a change of the settings to check.
type edit struct {
	old, changed *ent.ExportSettings
	oldRoutes    map[string]string // the registers' ids by those of pickup locations
	routes       []*RouteChange    // nil = unchanged
}

// check checks the settings after a change. An earlier choice that is now archived may stay: the checklist reports it, and it
// is no reason to refuse another change. But switching the export on needs everything to be valid.
func check(ctx context.Context, found *usererror.List, e edit) error {
	old, changed := e.old, e.changed
	employees, err := sitedata.Employees(ctx)
	if err != nil {
		return err
	}
	registers, err := sitedata.Registers(ctx)
	if err != nil {
		return err
	}
	statuses, err := sitedata.Statuses(ctx)
	if err != nil {
		return err
	}
	locations, err := sitedata.Locations(ctx)
	if err != nil {
		return err
	}
	c := checker{
		found: found, switchedOn: changed.Enabled && !old.Enabled,
		employees: sitedata.Index(employees, func(e *ent.Employee) string { return e.ID }),
		registers: sitedata.Index(registers, func(r *ent.Register) string { return r.ID }),
		locations: sitedata.Index(locations, func(l *ent.Location) string { return l.ID }),
	}
	c.employee(changed.EmployeeID, old.EmployeeID)
	if c.settingsRead(changed.RegisterID, old.RegisterID) {
		c.register(*changed.RegisterID, "registerId")
	}
	if changed.StatusAfterID != nil && !settings.SameID(changed.StatusAfterID, old.StatusAfterID) {
		switch status := sitedata.Index(statuses, func(s *ent.OrderStatus) string { return s.ID })[*changed.StatusAfterID]; {
		case status == nil:
			found.Add(usererror.NotFound, "This status does not exist. Load the page again and choose another one.", "statusAfterId")
		case status.Retired:
			found.Say(usererror.Archived, "The status \"{status}\" is retired. Choose another one, or No Change.", message.Values{"status": status.Name}, "statusAfterId")
		}
	}
	c.routes(e.routes, e.oldRoutes)
	c.checkShop(changed)
	needed := func(id *string, before *string, message, field string) {
		if changed.Enabled && id == nil && (c.switchedOn || before != nil) {
			found.Add(usererror.Empty, message, field)
		}
	}
	needed(changed.EmployeeID, old.EmployeeID, "Choose the Lightspeed employee who makes the sales, or switch off order exporting.", "employeeId")
	needed(changed.RegisterID, old.RegisterID, "Choose the register that the sales go to, or switch off order exporting.", "registerId")
	return nil
}

// checker collects what is wrong with the references of the settings.
type checker struct {
	found      *usererror.List
	switchedOn bool
	employees  map[string]*ent.Employee
	registers  map[string]*ent.Register
	locations  map[string]*ent.Location
}

// settingsRead reports whether a reference must be checked.
func (c checker) settingsRead(id, before *string) bool {
	return id != nil && (c.switchedOn || !settings.SameID(id, before))
}

func (c checker) employee(id, before *string) {
	if !c.settingsRead(id, before) {
		return
	}
	switch e := c.employees[*id]; {
	case e == nil:
		c.found.Add(usererror.NotFound, "This employee does not exist. Refresh the lists from Lightspeed and choose again.", "employeeId")
	case e.Archived:
		c.found.Say(usererror.Archived, "The employee \"{employee}\" is archived in Lightspeed. Choose another one.", message.Values{"employee": e.Name}, "employeeId")
	case e.Locked:
		c.found.Say(usererror.Locked, "The employee \"{employee}\" is locked in Lightspeed. Unlock the employee in Lightspeed, or choose another one.", message.Values{"employee": e.Name}, "employeeId")
	}
}

func (c checker) register(id string, path ...any) {
	switch r := c.registers[id]; {
	case r == nil:
		c.found.Add(usererror.NotFound, "This register does not exist. Refresh the lists from Lightspeed and choose again.", path...)
	case r.Archived:
		c.found.Say(usererror.Archived, "The register \"{register}\" is archived in Lightspeed. Choose another one.", message.Values{"register": r.Name}, path...)
	}
}

// checkShop checks that the employee may work in the register's shop.
func (c checker) checkShop(s *ent.ExportSettings) {
	if s.EmployeeID == nil || s.RegisterID == nil {
		return
	}
	e, r := c.employees[*s.EmployeeID], c.registers[*s.RegisterID]
	if e != nil && r != nil && e.LightspeedShopID != 0 && e.LightspeedShopID != r.LightspeedShopID {
		c.found.Say(usererror.Invalid, "The employee \"{employee}\" does not work in the Lightspeed store of the register \"{register}\". Choose another employee or another register.", message.Values{"employee": e.Name, "register": r.Name}, "registerId")
	}
}

func (c checker) routes(wanted []*RouteChange, before map[string]string) {
	if len(wanted) > maxRoutes {
		c.found.Say(usererror.TooMany, "At most {limit} pickup locations can have their own register.", message.Values{"limit": maxRoutes}, "registerRoutes")
		return
	}
	seen := map[string]bool{}
	for i, r := range wanted {
		if seen[r.LocationID] {
			c.found.Add(usererror.Duplicate, "This location is in the list twice. Remove one of the entries.", "registerRoutes", i, "locationId")
		}
		seen[r.LocationID] = true
		if c.locations[r.LocationID] == nil {
			c.found.Add(usererror.NotFound, "This location does not exist. Load the page again and choose another one.", "registerRoutes", i, "locationId")
		}
		if before[r.LocationID] != r.RegisterID || c.switchedOn {
			c.register(r.RegisterID, "registerRoutes", i, "registerId")
		}
	}
}
