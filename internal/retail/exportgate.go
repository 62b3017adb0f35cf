package retail

// ExportGate is what of a site decides whether any of its orders can be exported, and where to.
type ExportGate struct {
	Enabled       bool // Use order exporting
	SetupComplete bool

	EmployeeChosen, EmployeeArchived, EmployeeLocked bool
	EmployeeShop                                     int64 // the only shop the employee may work in; 0 = any

	// The register that the order at hand would go to.
	RegisterChosen, RegisterArchived bool
	RegisterShop                     int64
}

// Blockers returns everything of the site that keeps the order from being exported.
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
