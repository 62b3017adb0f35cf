package sandbox

import (
	"slices"
	"strings"
)

// payType finds a way to pay by its id.
func (a *Account) payType(id int64) (*paymentType, bool) {
	i := slices.IndexFunc(a.payTypes, func(p paymentType) bool { return p.id == id })
	if i < 0 {
		return nil, false
	}
	return &a.payTypes[i], true
}

// createPaymentType is POST PaymentType. Whatever type is sent, it becomes a user defined one. Names need not be unique, so a
// doubled request makes two.
func createPaymentType(a *Account, in payload) (int, *reply) {
	p := paymentType{kind: "user defined"}
	for _, other := range a.payTypes {
		p.id = max(p.id, other.id+1)
	}
	if rep := a.readPaymentType(&p, in, "PaymentType not created."); rep != nil {
		return 0, rep
	}
	a.payTypes = append(a.payTypes, p)
	return len(a.payTypes) - 1, nil
}

func updatePaymentType(a *Account, row int, in payload) *reply {
	p := a.payTypes[row]
	if rep := a.readPaymentType(&p, in, "PaymentType not updated."); rep != nil {
		return rep
	}
	a.payTypes[row] = p
	return nil
}

// removePaymentType is DELETE PaymentType, which archives.
func removePaymentType(a *Account, row int) *reply {
	if a.payTypes[row].reserved {
		return badRequest("PaymentType not archived. It is reserved.")
	}
	a.payTypes[row].archived = true
	return nil
}

func (a *Account) readPaymentType(p *paymentType, in payload, failure string) *reply {
	if text, ok := in.text("name"); ok {
		p.name = text
	}
	if strings.TrimSpace(p.name) == "" {
		return badRequest(failure + " name cannot be blank.")
	}
	for key, set := range map[string]func(bool){
		"requireCustomer": func(v bool) { p.requireCustomer = v },
		"archived":        func(v bool) { p.archived = p.archived && v }, // only DELETE archives
	} {
		v, ok, err := in.scalar(key, kindBool)
		if err != nil {
			return badRequest(failure + " " + err.Error())
		}
		if ok {
			set(v.n != 0)
		}
	}
	v, ok, err := in.scalar("refundAsPaymentTypeID", kindInt)
	if err != nil {
		return badRequest(failure + " " + err.Error())
	}
	if _, known := a.payType(v.n); ok && v.n != 0 && !known {
		return badRequest(failure + " refundAsPaymentTypeID does not exist.")
	}
	if ok {
		p.refundAs = v.n
	}
	return nil
}
