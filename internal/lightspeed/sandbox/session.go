package sandbox

import (
	"slices"
	"strconv"
)

// listJSON is the body of Account.json: the one account of the token, as an object.
func (a *Account) listJSON() []byte {
	buf := append([]byte(nil), `{"@attributes":{"count":"1"},"Account":{"accountID":`...)
	buf = appendString(buf, a.opts.ID)
	buf = append(buf, `,"name":`...)
	buf = appendString(buf, a.opts.Name)
	buf = append(buf, `,"link":{"@attributes":{"href":`...)
	buf = appendString(buf, "/API/V3/Account/"+a.opts.ID)
	return append(buf, `}}}}`...)
}

// singleJSON is the body of Account/{id}.json, which has no Account key.
func (a *Account) singleJSON() []byte {
	a.mu.RLock()
	defer a.mu.RUnlock()
	buf := append([]byte(nil), `{"@attributes":{"systemCustomerID":`...)
	buf = appendString(buf, a.opts.ID)
	buf = append(buf, `},"status":"customer","name":`...)
	buf = appendString(buf, a.opts.Name)
	buf = append(buf, `,"employeeCount":"`...)
	buf = strconv.AppendInt(buf, int64(len(a.employees)), 10)
	buf = append(buf, `","employeeLimit":"30","uniqueSubscriptionIdentifier":`...)
	buf = appendString(buf, "SBX"+a.opts.ID)
	return append(buf, `,"defaultCurrency":{"code":"USD","symbol":"$"},`+
		`"purchasingCurrencies":{"purchasingCurrency":[{"code":"USD","symbol":"$","rate":"1"}]}}`...)
}

// session is the body of Session.json: who calls, and with which rights. Rights that are missing are not granted.
func (s *Server) session(who caller) []byte {
	a := who.account
	a.mu.RLock()
	defer a.mu.RUnlock()
	e := a.employees[who.user]
	buf := append([]byte(nil), `{"sessionID":"","sessionCookie":`...)
	buf = appendString(buf, "PHPSESSID=; path=/")
	str := func(key, v string) {
		buf = append(append(append(buf, ',', '"'), key...), '"', ':')
		buf = appendString(buf, v)
	}
	id := strconv.Itoa(who.user + 1)
	str("employeeID", id)
	str("systemCustomerID", a.opts.ID)
	str("systemUserID", systemUserID(who.user))
	str("systemAPIClientID", who.client)
	str("systemAPIKeyID", "1"+id)
	str("ecomUrl", "")
	str("shopCount", strconv.Itoa(len(a.shops)))
	buf = append(buf, `,"Employee":{"employeeID":`...)
	buf = appendString(buf, id)
	str("firstName", e.first)
	str("lastName", e.last)
	str("singleShop", strconv.FormatBool(e.limitToShop != 0))
	str("hasPin", "true")
	str("isCheckedIn", "false")
	buf = append(buf, `},"Rights":{`...)
	first := true
	for _, r := range slices.Sorted(slices.Values(allRights())) {
		if !who.rights[r] {
			continue
		}
		if !first {
			buf = append(buf, ',')
		}
		first = false
		buf = appendString(buf, r)
		buf = append(buf, `:"true"`...)
	}
	return append(buf, `}}`...)
}

// systemUserID is the id of the person behind an employee, the subject of his tokens.
func systemUserID(user int) string { return strconv.Itoa(170001 + user) }
