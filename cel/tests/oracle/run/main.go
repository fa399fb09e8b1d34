// Reads schemas with objects and expressions, and prints what each expression costs the API server's library as it runs: cel/tests/corpus/run.txt.
// With GOFLAGS=-mod=mod go run ./run < questions.
//
// A line `# {"schema": …, "object": …}` begins a world; each line after it is an expression. What does not compile in it is left out.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	celgo "github.com/google/cel-go/cel"
	apiext "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	v1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel/model"
	kjson "k8s.io/apimachinery/pkg/util/json"
	"k8s.io/apimachinery/pkg/util/version"
	apicel "k8s.io/apiserver/pkg/cel"
	"k8s.io/apiserver/pkg/cel/environment"
	"k8s.io/apiserver/pkg/cel/library"
)

type world struct {
	env  *celgo.Env
	self any
}

func read(text string, base *environment.EnvSet) world {
	var given struct {
		Schema json.RawMessage
		Object json.RawMessage
	}
	if err := json.Unmarshal([]byte(text), &given); err != nil {
		panic(err)
	}
	var props v1.JSONSchemaProps
	if err := json.Unmarshal(given.Schema, &props); err != nil {
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
	scoped := model.SchemaDeclType(structural, false).MaybeAssignTypeName("selfType")
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
	var object any
	if err := kjson.Unmarshal(given.Object, &object); err != nil {
		panic(err)
	}
	return world{set.NewExpressionsEnv(), cel.UnstructuredToVal(object, structural)}
}

func (w world) ask(rule string) {
	ast, issues := w.env.Compile(rule)
	if issues != nil {
		return
	}
	program, err := w.env.Program(ast, celgo.CostLimit(1000000), celgo.CostTracking(&library.CostEstimator{}), celgo.InterruptCheckFrequency(100))
	if err != nil {
		return
	}
	_, details, err := program.Eval(map[string]any{"self": w.self, "oldSelf": w.self})
	how := ""
	if err != nil {
		how = " " + strings.SplitN(err.Error(), "\n", 2)[0]
	}
	if details == nil || details.ActualCost() == nil {
		fmt.Printf("%s\t=> none%s\n", rule, how)
		return
	}
	fmt.Printf("%s\t=> %d%s\n", rule, *details.ActualCost(), how)
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
