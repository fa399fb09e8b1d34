// Reads lines of JSON with a schema and a rule, and prints what the API server's library says of each: cel/tests/corpus/check.txt.
// With GOFLAGS=-mod=mod go run ./check.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	apiext "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	v1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel/model"
	kjson "k8s.io/apimachinery/pkg/util/json"
	"k8s.io/apiserver/pkg/cel/environment"
	"os"
)

type In struct {
	Schema json.RawMessage `json:"schema"`
	Rule   string          `json:"rule"`
	Obj    any             `json:"obj"`
	Old    any             `json:"old"`
	Cost   bool            `json:"cost"`
}

func main() {
	sc := bufio.NewScanner(os.Stdin)
	sc.Buffer(make([]byte, 1<<20), 1<<26)
	base := environment.MustBaseEnvSet(environment.DefaultCompatibilityVersion())
	for sc.Scan() {
		var in In
		if err := kjson.Unmarshal(sc.Bytes(), &in); err != nil {
			panic(err)
		}
		out := map[string]any{}
		var p v1.JSONSchemaProps
		if err := json.Unmarshal(in.Schema, &p); err != nil {
			panic(err)
		}
		var ip apiext.JSONSchemaProps
		if err := v1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(&p, &ip, nil); err != nil {
			panic(err)
		}
		ip.XValidations = apiext.ValidationRules{{Rule: in.Rule}}
		s, err := schema.NewStructural(&ip)
		if err != nil {
			panic(err)
		}
		decl := model.SchemaDeclType(s, false)
		res, err := cel.Compile(s, decl, 1000000, base, cel.NewExpressionsEnvLoader())
		if err != nil {
			out["compile"] = err.Error()
		} else if res[0].Error != nil {
			out["compile"] = res[0].Error.Detail
		} else {
			out["cost"] = fmt.Sprint(res[0].MaxCost)
			if in.Obj != nil {
				v := cel.NewValidator(s, false, 1000000)
				errs, left := v.Validate(context.Background(), nil, s, in.Obj, in.Old, 10000000)
				var l []string
				for _, e := range errs {
					l = append(l, e.Error())
				}
				out["errors"] = l
				out["spent"] = 10000000 - left
			}
		}
		b, _ := json.Marshal(out)
		fmt.Println(string(b))
	}
}
