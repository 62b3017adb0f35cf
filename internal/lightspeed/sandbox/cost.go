package sandbox

import (
	"net/http"
	"strings"
)

// requestCost is the cost of a request in drips by the rules of 2026-03-17. It depends only on the request: method, resource,
// parameters and body. path is what follows the account: Item, Item/5, Sale/7/SaleLine.
func requestCost(method, path string, q *query, body payload) float64 {
	parts := strings.Split(strings.TrimSuffix(path, ".json"), "/")
	cost := baseCost(method, parts, body)
	if q != nil {
		if q.count {
			return 10
		}
		price := costInList
		if len(parts)%2 == 0 {
			price = costInRecord
		}
		cost += relationCost(q.loads, price) + orCost(q.or)
	}
	if method == http.MethodPost || method == http.MethodPut {
		cost += 0.5 * float64(body.nested())
	}
	return round(cost)
}

func baseCost(method string, parts []string, body payload) float64 {
	if method == http.MethodGet {
		return 1
	}
	last := parts[len(parts)-1]
	switch {
	case last == "EmailReceipt":
		return 5
	case last == "refund" || last == "reconcile":
		return 10
	case parts[0] == "Category":
		return 10
	case parts[0] == "Sale" || parts[0] == "SaleLine":
		cost := 2.0
		if completed, _ := body.text("completed"); parts[0] == "Sale" && len(parts) <= 2 && isTrue(completed) {
			cost += 3
		}
		return cost
	}
	return 1
}

func isTrue(s string) bool { return strings.EqualFold(s, "true") || s == "1" }

// The cost of a relation to one record, in a single record and in a list. A relation to many costs twice as much.
const costInRecord, costInList = 0.1, 0.2

// relationCost adds up the relations asked for, each once. Below a relation to many they cost as in a list.
func relationCost(loads []*loaded, price float64) (sum float64) {
	for _, l := range loads {
		if l.rel.many {
			sum += 2*price + relationCost(l.subs, costInList)
		} else {
			sum += price + relationCost(l.subs, price)
		}
	}
	return sum
}

// orCost is the cost of an or. The harder it is for Lightspeed's database, the more it costs.
func orCost(operands []*filter) float64 {
	if len(operands) == 0 {
		return 0
	}
	fields, entities, ranges := map[string]bool{}, map[*relation]bool{}, 0
	for _, f := range operands {
		fields[f.name] = true
		entities[f.rel] = true
		if f.isRange() {
			ranges++
		}
	}
	switch {
	case len(fields) == 1:
		return 0
	case len(entities) == 1 && ranges <= 1:
		return float64(len(operands))
	default:
		return 10*float64(len(entities)) + float64(len(operands)-1)
	}
}
