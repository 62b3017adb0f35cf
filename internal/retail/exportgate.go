package retail

import "slices"

// ExportGate is the part of a site's settings that decides whether its orders can be exported, and where to.
type ExportGate struct {
	Enabled       bool // Use order exporting
	SetupComplete bool

	EmployeeChosen, EmployeeArchived, EmployeeLocked bool
	EmployeeShop                                     int64 // the only shop the employee may work in; 0 = any
	Employee                                         string

	// The register that the order would go to.
	RegisterChosen, RegisterArchived bool
	RegisterShop                     int64
	Register                         string
}

// GateBlockers returns the blockers of all the gates in words, each code once, with the registers of all gates that have it.
// The gates of a site differ only in their registers.
func GateBlockers(gates ...ExportGate) []Blocker {
	var codes []BlockerCode
	registers := map[BlockerCode][]string{}
	facts := BlockerFacts{}
	for _, g := range gates {
		facts.Employee = g.Employee
		for _, code := range g.Blockers() {
			if !slices.Contains(codes, code) {
				codes = append(codes, code)
			}
			if !slices.Contains(registers[code], g.Register) {
				registers[code] = append(registers[code], g.Register)
			}
		}
	}
	blockers := make([]Blocker, len(codes))
	for i, code := range codes {
		facts.Registers = registers[code]
		blockers[i] = code.Blocker(facts)
	}
	return blockers
}

// Blockers returns the codes of everything of the site that keeps the order from being exported.
func (g ExportGate) Blockers() []BlockerCode {
	var codes []BlockerCode
	block := func(found bool, code BlockerCode) bool {
		if found {
			codes = append(codes, code)
		}
		return found
	}
	block(!g.Enabled, BlockerExportOff)
	block(!g.SetupComplete, BlockerSetupIncomplete)
	noEmployee := block(!g.EmployeeChosen, BlockerNoEmployee) || block(g.EmployeeArchived, BlockerEmployeeGone) ||
		block(g.EmployeeLocked, BlockerEmployeeLocked)
	noRegister := block(!g.RegisterChosen, BlockerNoRegister) || block(g.RegisterArchived, BlockerRegisterGone)
	elsewhere := g.EmployeeShop != 0 && g.EmployeeShop != g.RegisterShop
	block(!noEmployee && !noRegister && elsewhere, BlockerEmployeeElsewhere)
	return codes
}
