package sandbox

// brand is an invented maker. European ones print EAN-13, the others UPC-A.
type brand struct {
	name     string
	prefix   string // of the manufacturer's part numbers
	european bool
}

func brands() []brand {
	return []brand{
		{"Alderpeak", "AP", false}, {"Arcadia Cycles", "AC", false}, {"Bantam & Sons", "BS", false},
		{"Brevet Works", "BW", true}, {"Calder", "CLD", true}, {"Cascadian", "CSC", false},
		{"Clearwater Components", "CWC", false}, {"Corvane", "CV", true}, {"Crankhaus", "CH", true},
		{"Derailleur Nord", "DN", true}, {"Drumlin", "DR", false}, {"Eastfork", "EF", false},
		{"Emberline", "EL", false}, {"Fenwick", "FW", true}, {"Ferrovia", "FV", true},
		{"Gravelkind", "GK", false}, {"Halden", "HD", true}, {"Hexbolt", "HX", false},
		{"Ironwood Tools", "IT", false}, {"Juniper Trail", "JT", false}, {"Kestrel Ridge", "KR", false},
		{"Kobold", "KB", true}, {"Lattice", "LT", false}, {"Lumen Road", "LR", true},
		{"Marrow Bikes", "MB", false}, {"Meridian", "MD", false}, {"Montclair", "MC", true},
		{"Northspoke", "NS", false}, {"Oakhurst", "OH", false}, {"Orbitale", "OB", true},
		{"Padstow", "PS", true}, {"Pinnacle Fork", "PF", false}, {"Quillon", "QL", false},
		{"Ravel", "RV", true}, {"Ridgeway", "RW", false}, {"Rolf & Tand", "RT", true},
		{"Saltflat", "SF", false}, {"Sierra Nine", "SN", false}, {"Softail Labs", "SL", false},
		{"Stratum", "ST", false}, {"Tarmac Union", "TU", true}, {"Thistle", "TH", true},
		{"Tidewater", "TW", false}, {"Umbra Optics", "UO", false}, {"Vantage Point", "VP", false},
		{"Velo Ostia", "VO", true}, {"Wexford", "WX", true}, {"Zephyr", "ZP", false},
	}
}

// productKind is one sort of article: where it stands, what it costs and how it varies.
type productKind struct {
	category string // full path
	noun     string
	low      int // price range in currency units
	high     int
	sizes    []string
	colours  []string
	labour   bool
}

func productKinds() []productKind {
	paint := []string{"Matte Black", "Gloss Red", "Forest Green", "Storm Grey", "Sky Blue", "Sand", "Copper"}
	cloth := []string{"Black", "Navy", "Hi-Vis Yellow", "White", "Burgundy", "Olive"}
	metal := []string{"Black", "Silver", "Raw", "Anodised Blue"}
	frames := []string{"XS", "S", "M", "L", "XL"}
	wear := []string{"XS", "S", "M", "L", "XL", "XXL"}
	return []productKind{
		{"Bikes/Road", "Road Bike", 899, 8999, []string{"49cm", "52cm", "54cm", "56cm", "58cm", "61cm"}, paint, false},
		{"Bikes/Mountain/Hardtail", "Hardtail 29", 699, 4499, frames, paint, false},
		{"Bikes/Mountain/Full Suspension", "Trail Bike 29", 2199, 9999, frames, paint, false},
		{"Bikes/Gravel", "Gravel Bike", 1299, 6499, frames, paint, false},
		{"Bikes/Electric/City", "E-City Bike", 1999, 5499, frames, paint, false},
		{"Bikes/Electric/Mountain", "E-MTB", 3499, 11999, frames, paint, false},
		{"Bikes/Kids", "Kids Bike", 179, 649, []string{"12in", "16in", "20in", "24in"}, paint, false},
		{"Bikes/City", "City Bike", 449, 1599, frames, paint, false},
		{"Parts/Drivetrain/Chains", "Chain 116L", 14, 99, []string{"8s", "9s", "10s", "11s", "12s"}, metal, false},
		{"Parts/Drivetrain/Cassettes", "Cassette", 24, 389, []string{"11-28T", "11-34T", "11-42T", "10-51T"}, metal, false},
		{"Parts/Drivetrain/Cranksets", "Crankset", 79, 549, []string{"165mm", "170mm", "172.5mm", "175mm"}, metal, false},
		{"Parts/Drivetrain/Derailleurs", "Rear Derailleur", 39, 499, []string{"9s", "10s", "11s", "12s"}, metal, false},
		{"Parts/Drivetrain/Bottom Brackets", "Bottom Bracket", 19, 159, []string{"BSA 68", "BB86", "T47"}, metal, false},
		{"Parts/Brakes/Pads", "Disc Brake Pads", 9, 39, []string{"Resin", "Metallic"}, metal, false},
		{"Parts/Brakes/Rotors", "Disc Rotor", 15, 89, []string{"140mm", "160mm", "180mm", "203mm"}, metal, false},
		{"Parts/Brakes/Levers", "Brake Lever Set", 29, 299, []string{"Left", "Right", "Pair"}, metal, false},
		{"Parts/Wheels/Road", "Wheelset 700c", 249, 2499, []string{"30mm", "45mm", "60mm"}, metal, false},
		{"Parts/Wheels/Mountain", "Wheelset 29in", 199, 1899, []string{"Boost", "Super Boost"}, metal, false},
		{"Parts/Tyres/Road", "Road Tyre", 29, 99, []string{"700x25", "700x28", "700x32"}, metal[:1], false},
		{"Parts/Tyres/Mountain", "MTB Tyre", 35, 109, []string{"27.5x2.4", "29x2.4", "29x2.6"}, metal[:1], false},
		{"Parts/Tyres/Gravel", "Gravel Tyre", 39, 89, []string{"700x38", "700x42", "650x47"}, metal[:1], false},
		{"Parts/Tubes", "Inner Tube", 5, 14, []string{"700x25-32", "26x1.9", "29x2.2", "20x1.5"}, metal[:1], false},
		{"Parts/Cockpit/Handlebars", "Handlebar", 29, 399, []string{"400mm", "420mm", "440mm", "780mm"}, metal, false},
		{"Parts/Cockpit/Stems", "Stem", 24, 189, []string{"60mm", "80mm", "100mm", "120mm"}, metal, false},
		{"Parts/Cockpit/Grips & Tape", "Bar Tape", 12, 59, nil, paint, false},
		{"Parts/Saddles", "Saddle", 29, 349, []string{"135mm", "145mm", "155mm"}, metal[:1], false},
		{"Parts/Seatposts", "Seatpost", 25, 429, []string{"27.2", "30.9", "31.6"}, metal, false},
		{"Parts/Pedals", "Pedals", 19, 299, nil, metal, false},
		{"Apparel/Helmets", "Helmet", 45, 329, []string{"S", "M", "L"}, cloth, false},
		{"Apparel/Jerseys", "Jersey", 39, 189, wear, cloth, false},
		{"Apparel/Bib Shorts", "Bib Shorts", 59, 279, wear, cloth, false},
		{"Apparel/Jackets", "Rain Jacket", 79, 349, wear, cloth, false},
		{"Apparel/Gloves", "Gloves", 19, 89, wear, cloth, false},
		{"Apparel/Socks", "Socks", 9, 29, []string{"S/M", "L/XL"}, cloth, false},
		{"Apparel/Shoes", "Cycling Shoes", 89, 449, []string{"40", "41", "42", "43", "44", "45", "46"}, cloth, false},
		{"Apparel/Eyewear", "Sunglasses", 39, 229, nil, cloth, false},
		{"Accessories/Lights/Front", "Headlight", 25, 249, []string{"400lm", "800lm", "1200lm"}, metal[:1], false},
		{"Accessories/Lights/Rear", "Tail Light", 15, 89, nil, metal[:1], false},
		{"Accessories/Locks", "U-Lock", 29, 149, []string{"Mini", "Standard", "Long"}, metal[:1], false},
		{"Accessories/Pumps/Floor", "Floor Pump", 35, 149, nil, metal, false},
		{"Accessories/Pumps/Mini", "Mini Pump", 19, 79, nil, metal, false},
		{"Accessories/Bags/Saddle", "Saddle Bag", 19, 139, []string{"0.6L", "1.2L", "14L"}, cloth, false},
		{"Accessories/Bags/Panniers", "Pannier", 49, 219, []string{"Single", "Pair"}, cloth, false},
		{"Accessories/Bottles & Cages", "Bottle Cage", 8, 69, nil, metal, false},
		{"Accessories/Computers", "GPS Computer", 99, 649, nil, metal[:1], false},
		{"Accessories/Fenders", "Fender Set", 24, 99, []string{"700c", "26in", "29in"}, metal[:2], false},
		{"Accessories/Racks", "Rear Rack", 35, 169, nil, metal[:2], false},
		{"Accessories/Child Seats", "Child Seat", 99, 289, nil, cloth[:1], false},
		{"Maintenance/Tools", "Multi-Tool", 14, 129, []string{"10-in-1", "18-in-1"}, metal[:2], false},
		{"Maintenance/Lubricants", "Chain Lube", 7, 29, []string{"60ml", "120ml", "500ml"}, nil, false},
		{"Maintenance/Cleaners", "Degreaser", 9, 39, []string{"250ml", "1L", "5L"}, nil, false},
		{"Maintenance/Sealant", "Tubeless Sealant", 8, 59, []string{"60ml", "250ml", "1L"}, nil, false},
		{"Nutrition/Bars", "Energy Bar", 2, 5, []string{"Oat", "Cocoa", "Berry"}, nil, false},
		{"Nutrition/Gels", "Energy Gel", 2, 4, []string{"Citrus", "Cola", "Neutral"}, nil, false},
		{"Service/Labor", "Tune-Up", 45, 249, []string{"Basic", "Full", "Overhaul"}, nil, true},
	}
}

func models() []string {
	return []string{"Aero", "Alpine", "Atlas", "Basin", "Bolt", "Canyonero", "Cirrus", "Comp", "Delta", "Domino", "Echo",
		"Elite", "Flint", "Forge", "Gale", "Granite", "Harrier", "Icon", "Jet", "Kite", "Ledge", "Lynx", "Mesa",
		"Nimbus", "Nova", "Onyx", "Pace", "Pilot", "Prime", "Quartz", "Rally", "Scout", "Slate", "Summit", "Talus",
		"Tempo", "Torrent", "Ultra", "Vertex", "Vista", "Wren", "Zenith"}
}

func shopNames() []string {
	return []string{"Downtown", "North", "Riverside", "Harbor", "University", "Eastgate", "Mill Street", "Westfield",
		"Airport", "Old Town", "Lakeside", "Outlet"}
}
