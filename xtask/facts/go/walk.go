package main

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// A structure is a Go struct as it stands on the wire.
type structure struct {
	Package string
	Name    string
	Kind    bool
	// What OpenAPI says of the whole: atomic, or nothing.
	MapType string
	Fields  []field

	goPackage string
}

// A field joins what the Go tag and the OpenAPI document say.
type field struct {
	JSON          string          `json:"json,omitempty"`
	Go            string          `json:"go"`
	Type          string          `json:"type"`
	OmitEmpty     bool            `json:"omitEmpty,omitempty"`
	Inline        bool            `json:"inline,omitempty"`
	Proto         int             `json:"proto,omitempty"`
	ProtoWire     string          `json:"protoWire,omitempty"`
	Required      bool            `json:"required,omitempty"`
	Default       json.RawMessage `json:"default,omitempty"`
	ListType      string          `json:"listType,omitempty"`
	ListMapKeys   []string        `json:"listMapKeys,omitempty"`
	MapType       string          `json:"mapType,omitempty"`
	PatchStrategy string          `json:"patchStrategy,omitempty"`
	PatchMergeKey string          `json:"patchMergeKey,omitempty"`
}

// An enum is a named string type with constants.
type enum struct {
	Package string      `json:"package"`
	Name    string      `json:"name"`
	Values  [][2]string `json:"values"`
}

type walker struct {
	seen  map[reflect.Type]*structure
	named map[string]map[string]bool // Go package to the names of its string types
}

func newWalker() *walker {
	return &walker{seen: map[reflect.Type]*structure{}, named: map[string]map[string]bool{}}
}

// addKind walks a kind and all that it is made of.
func (w *walker) addKind(kinds *runtime.Scheme, kind schema.GroupVersionKind) error {
	object, err := kinds.New(kind)
	if err != nil {
		return err
	}
	kindType := reflect.TypeOf(object).Elem()
	w.describe(kindType)
	w.seen[kindType].Kind = true
	return nil
}

// describe returns the type in the table's notation, and walks into it:
// `*T` pointer, `[]T` list, `[core/v1.Name]T` list with a name, `{}T` map from strings, `core/v1.Name` struct or string type.
func (w *walker) describe(t reflect.Type) string {
	if t.Name() != "" && t.PkgPath() != "" && reflect.PointerTo(t).Implements(reflect.TypeFor[json.Marshaler]()) {
		return shorten(t.PkgPath()) + "." + t.Name()
	}
	switch t.Kind() {
	case reflect.Pointer:
		return "*" + w.describe(t.Elem())
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			return "bytes"
		}
		name := ""
		if t.PkgPath() != "" {
			name = shorten(t.PkgPath()) + "." + t.Name()
		}
		return "[" + name + "]" + w.describe(t.Elem())
	case reflect.Map:
		if t.Key().Kind() != reflect.String {
			panic("a map whose keys are no strings: " + t.String())
		}
		return "{}" + w.describe(t.Elem())
	case reflect.String:
		if t.PkgPath() == "" {
			return "string"
		}
		if w.named[t.PkgPath()] == nil {
			w.named[t.PkgPath()] = map[string]bool{}
		}
		w.named[t.PkgPath()][t.Name()] = true
		return shorten(t.PkgPath()) + "." + t.Name()
	case reflect.Bool, reflect.Int32, reflect.Int64, reflect.Float64:
		return t.Kind().String()
	case reflect.Struct:
		w.walk(t)
		return shorten(t.PkgPath()) + "." + t.Name()
	}
	panic("a type that the table cannot hold: " + t.String())
}

func (w *walker) walk(t reflect.Type) {
	if w.seen[t] != nil {
		return
	}
	s := &structure{Package: shorten(t.PkgPath()), Name: t.Name(), goPackage: t.PkgPath()}
	w.seen[t] = s
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if !f.IsExported() || name == "-" || f.Type.Name() == "TypeMeta" {
			continue
		}
		found := field{JSON: name, Go: f.Name, PatchStrategy: f.Tag.Get("patchStrategy"), PatchMergeKey: f.Tag.Get("patchMergeKey")}
		for option := range strings.SplitSeq(options, ",") {
			found.OmitEmpty = found.OmitEmpty || option == "omitempty" || option == "omitzero"
			found.Inline = found.Inline || option == "inline"
		}
		found.Inline = found.Inline || f.Anonymous && name == ""
		if parts := strings.Split(f.Tag.Get("protobuf"), ","); len(parts) > 1 {
			found.ProtoWire = parts[0]
			found.Proto, _ = strconv.Atoi(parts[1])
		}
		found.Type = w.describe(f.Type)
		s.Fields = append(s.Fields, found)
	}
}

func (w *walker) structs() []*structure {
	var all []*structure
	for _, s := range w.seen {
		all = append(all, s)
	}
	slices.SortFunc(all, func(a, b *structure) int { return strings.Compare(a.Package+"."+a.Name, b.Package+"."+b.Name) })
	return all
}

// enums reads the constants of the string types from the Go source: reflection does not know them.
func (w *walker) enums() ([]enum, error) {
	var all []enum
	values := map[string]string{} // of every constant with a literal value
	sources := map[string]map[string]*ast.Package{}
	for goPackage := range w.named {
		dir, err := exec.Command("go", "list", "-f", "{{.Dir}}", goPackage).Output()
		if err != nil {
			return nil, fmt.Errorf("go list %s: %w", goPackage, err)
		}
		parsed, err := parser.ParseDir(token.NewFileSet(), strings.TrimSpace(string(dir)), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		sources[goPackage] = parsed
		for _, part := range parsed {
			for _, file := range part.Files {
				constants(file, values, func(_, name, value string) { values[name] = value })
			}
		}
	}
	for goPackage, names := range w.named {
		found := map[string][][2]string{}
		for _, part := range sources[goPackage] {
			for _, file := range part.Files {
				constants(file, values, func(typeName, name, value string) {
					if names[typeName] {
						found[typeName] = append(found[typeName], [2]string{name, value})
					}
				})
			}
		}
		for name, values := range found {
			slices.SortFunc(values, func(a, b [2]string) int { return strings.Compare(a[1]+" "+a[0], b[1]+" "+b[0]) })
			values = slices.CompactFunc(values, func(a, b [2]string) bool { return a == b })
			all = append(all, enum{shorten(goPackage), name, values})
		}
	}
	slices.SortFunc(all, func(a, b enum) int { return strings.Compare(a.Package+"."+a.Name, b.Package+"."+b.Name) })
	return all, nil
}

// constants calls back for `Name Type = "value"`, for `Name = Type("value")` and for `Name = Type(other.Constant)`.
func constants(file *ast.File, known map[string]string, found func(typeName, name, value string)) {
	for _, declaration := range file.Decls {
		general, ok := declaration.(*ast.GenDecl)
		if !ok || general.Tok != token.CONST {
			continue
		}
		for _, spec := range general.Specs {
			constant := spec.(*ast.ValueSpec)
			for i, value := range constant.Values {
				typeName := constant.Type
				if call, ok := value.(*ast.CallExpr); ok && len(call.Args) == 1 {
					typeName, value = call.Fun, call.Args[0]
				}
				identifier, named := typeName.(*ast.Ident)
				if !named {
					continue
				}
				switch value := value.(type) {
				case *ast.BasicLit:
					if unquoted, err := strconv.Unquote(value.Value); err == nil && value.Kind == token.STRING {
						found(identifier.Name, constant.Names[i].Name, unquoted)
					}
				case *ast.SelectorExpr:
					if other, ok := known[value.Sel.Name]; ok {
						found(identifier.Name, constant.Names[i].Name, other)
					}
				}
			}
		}
	}
}

// shorten turns a Go package into group and version, as in `core/v1` and `meta/v1`.
func shorten(goPackage string) string {
	for _, prefix := range []string{
		"k8s.io/api/", "k8s.io/apimachinery/pkg/apis/", "k8s.io/apiextensions-apiserver/pkg/apis/",
		"k8s.io/kube-aggregator/pkg/apis/", "k8s.io/apimachinery/pkg/",
	} {
		if rest, ok := strings.CutPrefix(goPackage, prefix); ok {
			return rest
		}
	}
	return goPackage
}
