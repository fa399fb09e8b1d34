// Reads expressions, one a line, and prints what each comes to in the environment of the API server: cel/tests/corpus/eval.txt.
// With GOFLAGS=-mod=mod go run ./eval.
package main

import (
	"bufio"
	"fmt"
	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
	"github.com/google/cel-go/common/types/traits"
	"k8s.io/apiserver/pkg/cel/environment"
	"os"
	"sort"
	"strings"
)

func show(v ref.Val) string {
	switch t := v.(type) {
	case types.String:
		return fmt.Sprintf("%q", string(t))
	case types.Int:
		return fmt.Sprint(int64(t))
	case types.Uint:
		return fmt.Sprintf("%du", uint64(t))
	case types.Double:
		return fmt.Sprintf("%g", float64(t))
	case types.Bool:
		return fmt.Sprint(bool(t))
	case types.Bytes:
		return fmt.Sprintf("b%q", string(t))
	case types.Null:
		return "null"
	case types.Duration:
		return "duration " + t.Duration.String()
	case types.Timestamp:
		return "timestamp " + string(t.ConvertToType(types.StringType).(types.String))
	case *types.Optional:
		if t.HasValue() {
			return "optional " + show(t.GetValue())
		}
		return "optional none"
	case *types.Type:
		return "type " + t.TypeName()
	case traits.Mapper:
		var e []string
		it := t.Iterator()
		for it.HasNext() == types.True {
			k := it.Next()
			e = append(e, show(k)+": "+show(t.Get(k)))
		}
		sort.Strings(e)
		return "{" + strings.Join(e, ", ") + "}"
	case traits.Lister:
		var e []string
		it := t.Iterator()
		for it.HasNext() == types.True {
			e = append(e, show(it.Next()))
		}
		return "[" + strings.Join(e, ", ") + "]"
	}
	return v.Type().TypeName()
}
func main() {
	env := environment.MustBaseEnvSet(environment.DefaultCompatibilityVersion()).NewExpressionsEnv()
	sc := bufio.NewScanner(os.Stdin)
	for sc.Scan() {
		r := sc.Text()
		ast, iss := env.Compile(r)
		if iss != nil {
			fmt.Printf("%s\t=> compile %q\n", r, iss.Errors()[0].Message)
			continue
		}
		p, err := env.Program(ast, cel.EvalOptions())
		if err != nil {
			fmt.Printf("%s\t=> error %v\n", r, err)
			continue
		}
		v, _, err := p.Eval(map[string]any{})
		if err != nil {
			fmt.Printf("%s\t=> error %v\n", r, err)
		} else {
			fmt.Printf("%s\t=> %s\n", r, show(v))
		}
	}
}
