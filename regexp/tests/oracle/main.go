// Reads patterns with texts, and prints what Go's regexp says of each: regexp/tests/corpus/cases.jsonl, which may be what it reads.
// With go run . < ../corpus/cases.jsonl.
package main

import (
	"bufio"
	"encoding/json"
	"os"
	"regexp"
	"regexp/syntax"
	"strings"
)

type Case struct {
	// What stands before the pattern, and behind it, so many times.
	Open    string              `json:"open,omitempty"`
	Close   string              `json:"close,omitempty"`
	Times   int                 `json:"times,omitempty"`
	Pattern string              `json:"pattern"`
	Error   string              `json:"error,omitempty"`
	Found   map[string][]string `json:"found,omitempty"`
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<26)
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	for in.Scan() {
		var c Case
		if err := json.Unmarshal(in.Bytes(), &c); err != nil {
			panic(err)
		}
		re, err := regexp.Compile(strings.Repeat(c.Open, c.Times) + c.Pattern + strings.Repeat(c.Close, c.Times))
		if err != nil {
			c.Error, c.Found = err.Error(), nil
			if c.Times > 0 {
				c.Error = string(err.(*syntax.Error).Code)
			}
		} else {
			c.Error = ""
			for text := range c.Found {
				// What is found is a list, even if it is empty.
				c.Found[text] = append([]string{}, re.FindAllString(text, -1)...)
			}
		}
		if err := out.Encode(c); err != nil {
			panic(err)
		}
	}
}
