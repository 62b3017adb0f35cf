package graph

import "possync/internal/graphqlhttp"

// weights are what fields cost that read more than they return, and lists that are mostly shorter or longer than ten. The length of a list
// is what most shops have of it, or its documented maximum where it is often reached.
var weights = map[string]graphqlhttp.Weight{
	// Counting reads every row that fits.
	"totalCount":             {Own: 100},
	"Query.diagnosisSummary": {Own: 500},
	"Query.exportCounts":     {Own: 200},
	"Query.customerData":     {Own: 2500},
	"Query.previewSaleDates": {Own: 500},
	"Query.catalogueFacets":  {Own: 500},
	"Query.reviewSummary":    {Own: 200},
	// A preview evaluates all items: one fits into a document.
	"Query.previewSettings": {Own: 5000},
	// The feed is priced by its rows, like every page.
	"Query.productFeed": {Page: "products"},

	"userErrors":                 {Length: 2},
	"messageParameters":          {Length: 1},
	"Product.stock":              {Length: 2},
	"FeedProduct.stock":          {Length: 2},
	"PosItem.stock":              {Length: 2},
	"PosItem.prices":             {Length: 2},
	"PosItem.decisions":          {Length: 2},
	"ItemDiagnosis.reasons":      {Length: 2},
	"EffectivePrice.problems":    {Length: 1},
	"Order.lines":                {Length: 4},
	"Order.payments":             {Length: 2},
	"Order.refunds":              {Length: 1},
	"Order.exportBlockers":       {Length: 2},
	"Order.notices":              {Length: 1},
	"OrderLine.fulfillments":     {Length: 1},
	"CatalogueFacets.brands":     {Length: 100},
	"CatalogueFacets.categories": {Length: 100},
	"ReviewSummary.reasons":      {Length: 4},
	"SyncRun.unusableRows":       {Length: 2},
	"Setup.wouldDisplay":         {Own: 500},
	"Setup.repriced":             {Own: 500},
	"SyncRun.events":             {Length: 20},
	"Query.statusTypes":          {Length: 20},
	"Query.alerts":               {Length: 20},
	"Query.budgetSamples":        {Length: 100},
	"AuditEvent.changes":         {Length: 3},
	"PreviewItem.effects":        {Length: 1},
	"SaleDatesPreview.examples":  {Length: 10},
}

// values are the types that come with the object around them, or from the site's settings, which are in memory.
var values = []string{
	"Money", "MessageParameter", "PageInfo", "Variant", "Location", "Shop", "PriceLevel", "OrderStatus", "OrderCustomer", "OrderAddress", "EffectivePrice",
	"SyncCounts",
}

// counts are the fields of inputs that state how many objects a filter selects.
var counts = []string{"expectedCount"}
