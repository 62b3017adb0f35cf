package main

import (
	"fmt"
	"path"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"possync/internal/database/databasetest"
)

// asvs is how many requirements of level 1 and 2 each section of the OWASP ASVS 5.0.0 has. They are the first ones of their section, as those
// of level 3 come last.
const asvs = `1.1:2 1.2:9 1.3:11 1.4:3 1.5:2  2.1:3 2.2:3 2.3:4 2.4:1  3.2:2 3.3:4 3.4:6 3.5:5 3.7:2  4.1:3 4.2:1 4.3:2 4.4:4  5.1:1 5.2:3 5.3:2 5.4:3
	6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4  7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 7.6:2  8.1:2 8.2:3 8.3:1 8.4:1  9.1:3 9.2:4
	10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3  11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1  12.1:3 12.2:2 12.3:4
	13.1:1 13.2:5 13.3:2 13.4:5  14.1:2 14.2:4 14.3:3  15.1:3 15.2:3 15.3:7  16.1:1 16.2:5 16.3:4 16.4:3 16.5:3  17.1:1 17.2:4 17.3:2`

// The page on security says of every requirement, once, whether it is met and which test shows it, or why it does not apply.
func TestDocsCoverTheASVS(t *testing.T) {
	text := page(t, "docs/security.md")
	rows, states := map[string]int{}, map[string]int{}
	row := regexp.MustCompile(`^\| (\d+\.\d+\.\d+) \| [^|]+ \| (met|in part|not met) \| [^|]+ \| ([^|]+) \|$`)
	shown := regexp.MustCompile("^(no test|browser test|`Test)")
	for _, line := range regexp.MustCompile(`(?m)^\| \d.*$`).FindAllString(text, -1) {
		cells := row.FindStringSubmatch(line)
		if cells == nil {
			t.Errorf("docs/security.md has a row of another form: %s", line)
			continue
		}
		rows[cells[1]]++
		states[cells[2]]++
		if !shown.MatchString(cells[3]) {
			t.Errorf("%s names no test, and does not say that there is none", cells[1])
		}
	}
	left := map[string]int{} // what does not apply: requirements, sections or chapters
	for _, list := range regexp.MustCompile(`(?m)^- ([\d., ]+):`).FindAllStringSubmatch(text, -1) {
		for number := range strings.SplitSeq(list[1], ", ") {
			left[number]++
		}
	}
	total := 0
	for section := range strings.FieldsSeq(asvs) {
		name, count, _ := strings.Cut(section, ":")
		chapter, _, _ := strings.Cut(name, ".")
		n, err := strconv.Atoi(count)
		if err != nil {
			t.Fatal(err)
		}
		for i := range n {
			total++
			number := fmt.Sprintf("%s.%d", name, i+1)
			if found := rows[number] + left[number] + left[name] + left[chapter]; found != 1 {
				t.Errorf("docs/security.md has %s %d times", number, found)
			}
			delete(rows, number)
		}
	}
	for number := range rows {
		t.Errorf("docs/security.md has %s, which is not of level 1 or 2", number)
	}
	want := fmt.Sprintf("Of %d requirements %d are met, %d in part and %d not; %d do not apply.", total, states["met"], states["in part"], states["not met"],
		total-states["met"]-states["in part"]-states["not met"])
	if !strings.Contains(text, want) {
		t.Errorf("docs/security.md lacks the sentence %q", want)
	}
}

// A test that a page names together with its package is there.
func TestDocsTestsAreWhereTheyAreSaidToBe(t *testing.T) {
	databasetest.NotRaced(t)
	tests := map[string]bool{}
	goFiles(t, func(file, text string) {
		for _, name := range regexp.MustCompile(`(?m)^func (Test\w+)\(`).FindAllStringSubmatch(text, -1) {
			tests[path.Dir(file)+" "+name[1]] = true
		}
	})
	found := 0
	eachMatch(t, "((?:`Test\\w+`(?: \\([^|)]*\\))?(?:, | and )?)+) in `([a-z/]+)`", func(page string, groups []string) {
		for _, name := range regexp.MustCompile("`(Test\\w+)`").FindAllStringSubmatch(groups[0], -1) {
			if found++; !tests[strings.TrimSuffix(groups[1], "/")+" "+name[1]] {
				t.Errorf("%s names %s in %s, where it is not", page, name[1], groups[1])
			}
		}
	})
	if found < 150 {
		t.Errorf("only %d tests found", found)
	}
}
