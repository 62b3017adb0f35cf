package retail

// POSRecord is a completed sale in the POS's books.
type POSRecord struct {
	ID       int64
	Voided   bool
	Lines    []POSLine
	Payments []POSPayment // that count
	Total    Amount       // with taxes, rounded by the POS
}

// POSLine is a line of a sale in the POS.
type POSLine struct {
	ID     int64
	ItemID int64  // 0 = text
	Units  int64  // below zero: they came back
	Total  Amount // with taxes, not rounded
	Parent int64  // the line whose units came back, 0 = none
}

// POSPayment is a payment of a sale in the POS.
type POSPayment struct {
	TypeID int64
	Amount Amount // below zero: it was paid back
}

// POSSale is what has become of a completed sale: as it is now, after it may have been edited, with what later sales have taken
// back of it, and given for that.
type POSSale struct {
	Voided   bool
	Units    map[int64]int64  // by item: sold and not taken back, and given in exchange
	Payments map[int64]Amount // by payment type: what was collected, also for dearer goods in exchange
	Total    Amount           // what was charged, also for dearer goods in exchange
	Refunded Amount           // paid back by later sales
	Later    int              // how many of them took units back; each rounds on its own
}

// Kept returns how much money the sale has brought in for good.
func (s POSSale) Kept() Amount {
	if s.Voided {
		return 0
	}
	return s.Total - s.Refunded
}

// Rounding returns by how much what later sales paid back may differ from what was charged for the same units.
func (s POSSale) Rounding(c Currency) Amount { return c.Smallest() * Amount(s.Later) }

// ReadSale returns what has become of a sale. later are other sales, in the order in which they were made; those that take nothing
// back of it, or were voided, do not count.
//
// A later sale that takes units back of no other sale belongs to this one, with what it sells: goods in exchange. Only the money that
// it pays back was refunded, so that an even exchange refunds nothing. If it takes units back of other sales too, this one's part of
// that money is as large as its part of what came back, and nobody knows for which of them its other goods are.
func ReadSale(sale POSRecord, later []POSRecord, c Currency) POSSale {
	s := POSSale{Voided: sale.Voided, Units: map[int64]int64{}, Payments: map[int64]Amount{}}
	own := map[int64]bool{} // lines whose units are the sale's to take back
	s.add(sale, own)
	for _, r := range later {
		if r.Voided || r.ID == sale.ID {
			continue
		}
		ours, back := r.takenBack(own)
		if len(ours.Lines) == 0 {
			continue
		}
		s.Later++
		switch whole := len(ours.Lines) == len(back.Lines); {
		case whole && r.Total >= 0:
			s.add(r, own)
		case whole:
			s.Refunded += c.Round(-r.Total)
			r.Total, r.Payments = 0, nil
			s.add(r, own)
		default:
			s.Refunded += c.Round(share(max(-r.Total, 0), ours.Total, back.Total))
			s.add(POSRecord{Lines: ours.Lines}, own)
		}
	}
	return s
}

// add adds a sale in the books to what has become of this one, and its lines to the own ones.
func (s *POSSale) add(r POSRecord, own map[int64]bool) {
	s.Total += r.Total
	for _, p := range r.Payments {
		s.Payments[p.TypeID] += p.Amount
	}
	for _, l := range r.Lines {
		if l.ItemID != 0 {
			s.Units[l.ItemID] += l.Units
		}
		own[l.ID] = true
	}
}

// takenBack returns the lines that take units back, with what they come to: those of own lines, and all of them.
func (r POSRecord) takenBack(own map[int64]bool) (ours, all POSRecord) {
	for _, l := range r.Lines {
		if l.Units >= 0 {
			continue
		}
		all.Lines, all.Total = append(all.Lines, l), all.Total-l.Total
		if l.Parent != 0 && own[l.Parent] {
			ours.Lines, ours.Total = append(ours.Lines, l), ours.Total-l.Total
		}
	}
	return ours, all
}

// share returns the part of an amount that belongs to a part of a whole.
func share(amount, part, whole Amount) Amount {
	if whole == 0 {
		return 0
	}
	shared, err := AmountFromDecimal(amount.Decimal().Mul(part.Decimal()).DivRound(whole.Decimal(), amountDecimals))
	if err != nil {
		return amount
	}
	return shared
}
