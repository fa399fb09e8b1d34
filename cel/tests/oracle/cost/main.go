// Reads schemas and expressions, and prints what the API server's library estimates each expression to cost: cel/tests/corpus/cost.txt.
// With GOFLAGS=-mod=mod go run ./cost < questions.
//
// A line `# {schema}` begins a schema; each line after it is an expression. What does not compile under a schema is left out.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	celgo "github.com/google/cel-go/cel"
	"github.com/google/cel-go/checker"
	apiext "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	v1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel/model"
	"k8s.io/apimachinery/pkg/util/version"
	apicel "k8s.io/apiserver/pkg/cel"
	"k8s.io/apiserver/pkg/cel/environment"
	"k8s.io/apiserver/pkg/cel/library"
)

// The server's own has no exported name; what comes of both is compared below.
type sizes struct{ root *apicel.DeclType }

func (s sizes) EstimateCallCost(string, string, *checker.AstNode, []checker.AstNode) *checker.CallEstimate {
	return nil
}

func (s sizes) EstimateSize(node checker.AstNode) *checker.SizeEstimate {
	if len(node.Path()) == 0 {
		return nil
	}
	at := s.root
	for _, step := range node.Path()[1:] {
		var next *apicel.DeclType
		switch step {
		case "@items", "@values":
			next = at.ElemType
		case "@keys":
			next = at.KeyType
		default:
			if field, ok := at.Fields[step]; ok {
				next = field.Type
			}
		}
		if next == nil {
			return nil
		}
		at = next
	}
	return &checker.SizeEstimate{Min: 0, Max: uint64(at.MaxElements)}
}

type world struct {
	schema *schema.Structural
	decl   *apicel.DeclType
	env    *celgo.Env
	base   *environment.EnvSet
}

func read(text string, base *environment.EnvSet) world {
	var props v1.JSONSchemaProps
	if err := json.Unmarshal([]byte(text), &props); err != nil {
		panic(err)
	}
	var internal apiext.JSONSchemaProps
	if err := v1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(&props, &internal, nil); err != nil {
		panic(err)
	}
	structural, err := schema.NewStructural(&internal)
	if err != nil {
		panic(err)
	}
	decl := model.SchemaDeclType(structural, false)
	scoped := decl.MaybeAssignTypeName("selfType")
	set, err := base.Extend(environment.VersionedOptions{
		IntroducedVersion: version.MajorMinor(1, 0),
		EnvOptions: []celgo.EnvOption{
			celgo.Variable("self", scoped.CelType()),
			celgo.Variable("oldSelf", scoped.CelType()),
		},
		DeclTypes: []*apicel.DeclType{scoped},
	})
	if err != nil {
		panic(err)
	}
	return world{structural, decl, set.NewExpressionsEnv(), base}
}

func (w world) ask(rule string) {
	ast, issues := w.env.Compile(rule)
	if issues != nil {
		return
	}
	cost, err := w.env.EstimateCost(ast, &library.CostEstimator{SizeEstimator: sizes{w.decl}})
	if err != nil {
		panic(err)
	}
	copied := *w.schema
	copied.XValidations = v1.ValidationRules{{Rule: rule}}
	results, err := cel.Compile(&copied, w.decl, 1000000, w.base, cel.NewExpressionsEnvLoader())
	if err != nil {
		panic(err)
	}
	if results[0].Error == nil && results[0].MaxCost != cost.Max {
		panic(fmt.Sprint(rule, ": ", results[0].MaxCost, " is not ", cost.Max))
	}
	fmt.Printf("%s\t=> %d %d\n", rule, cost.Min, cost.Max)
}

func main() {
	base := environment.MustBaseEnvSet(environment.DefaultCompatibilityVersion())
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<26)
	var now world
	for in.Scan() {
		if text, ok := strings.CutPrefix(in.Text(), "# "); ok {
			now = read(text, base)
			fmt.Println(in.Text())
		} else {
			now.ask(in.Text())
		}
	}
}
