package sandbox

import (
	"fmt"
	"strconv"
)

// checkDigit is the GS1 check digit of a code without one, whatever its length.
func checkDigit(body string) byte {
	sum := 0
	for i := range len(body) {
		weight := 1
		if (len(body)-i)%2 == 1 {
			weight = 3
		}
		sum += int(body[i]-'0') * weight
	}
	return byte('0' + (10-sum%10)%10)
}

func withCheck(body string) string { return body + string(checkDigit(body)) }

// spread maps each number below 10^8 to another one, so that neighbours look unrelated.
func spread(n int) int { return (n*7919 + 31_415_927) % 100_000_000 }

// upcA is the twelve digits of an American maker's article.
func upcA(brandIndex, n int) string {
	return withCheck(fmt.Sprintf("%d%02d%08d", 6+brandIndex%3, brandIndex, spread(n)))
}

// ean13 is the thirteen digits of a European maker's article.
func ean13(brandIndex, n int) string {
	return withCheck(fmt.Sprintf("40%02d%08d", brandIndex, spread(n)))
}

// upcShort is a code that has a zero-suppressed form; n below 300,000 gives each its own.
func upcShort(n int) (full, short string) {
	n %= 300_000
	maker, last, article := n/3000, n/1000%3, n%1000
	full = withCheck(fmt.Sprintf("0%02d%d0000%03d", maker, last, article))
	return full, fmt.Sprintf("0%02d%03d%d%c", maker, article, last, full[11])
}

// gtin14 pads a UPC or EAN to the form in which codes are compared.
func gtin14(code string) string {
	n, err := strconv.ParseUint(code, 10, 64)
	if err != nil || n == 0 {
		return ""
	}
	return fmt.Sprintf("%014d", n)
}
