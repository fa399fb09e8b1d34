package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	kjson "sigs.k8s.io/json"
)

// A table is all that is known of one minor of Kubernetes.
type table struct {
	Kubernetes string
	Resources  []resource
	Enums      []enum
	Structs    []*structure
}

// A resource is a collection that the server serves by default.
type resource struct {
	Group        string        `json:"group"`
	Version      string        `json:"version"`
	Kind         string        `json:"kind"`
	Plural       string        `json:"plural"`
	Singular     string        `json:"singular"`
	ListKind     string        `json:"listKind,omitempty"`
	Namespaced   bool          `json:"namespaced,omitempty"`
	Verbs        []string      `json:"verbs"`
	ShortNames   []string      `json:"shortNames,omitempty"`
	Categories   []string      `json:"categories,omitempty"`
	Subresources []subresource `json:"subresources,omitempty"`
}

// A subresource names the kind that is sent to it, which may be of another group.
type subresource struct {
	Name    string   `json:"name"`
	Group   string   `json:"group"`
	Version string   `json:"version"`
	Kind    string   `json:"kind"`
	Verbs   []string `json:"verbs"`
}

// writeFacts asks the server and the Go types, and writes what they say.
func writeFacts(kinds *runtime.Scheme, s *server, path string) error {
	version, err := s.get("/version", "")
	if err != nil {
		return err
	}
	var build struct{ GitVersion string }
	if err := json.Unmarshal(version, &build); err != nil {
		return err
	}
	resources, err := discover(s)
	if err != nil {
		return err
	}
	walker := newWalker()
	for i := range resources {
		r := &resources[i]
		known := schema.GroupVersionKind{Group: r.Group, Version: r.Version, Kind: r.Kind}
		if err := walker.addKind(kinds, known); err != nil {
			return err
		}
		if kinds.Recognizes(known.GroupVersion().WithKind(r.Kind + "List")) {
			r.ListKind = r.Kind + "List"
		}
		for _, sub := range r.Subresources {
			// The arguments of exec, attach, portforward and proxy are query parameters, not documents.
			if !strings.HasSuffix(sub.Kind, "Options") {
				if err := walker.addKind(kinds, schema.GroupVersionKind{Group: sub.Group, Version: sub.Version, Kind: sub.Kind}); err != nil {
					return err
				}
			}
		}
	}
	structs := walker.structs()
	if err := addSchemas(s, structs); err != nil {
		return err
	}
	enums, err := walker.enums()
	if err != nil {
		return err
	}
	text := table{Kubernetes: build.GitVersion, Resources: resources, Enums: enums, Structs: structs}.print()
	return os.WriteFile(path, text, 0o644)
}

// discover reads the aggregated discovery, sorted by group, version and plural.
func discover(s *server) ([]resource, error) {
	type gvk struct{ Group, Version, Kind string }
	var resources []resource
	for _, path := range []string{"/api", "/apis"} {
		answer, err := s.get(path, "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList")
		if err != nil {
			return nil, err
		}
		var groups struct {
			Items []struct {
				Metadata struct{ Name string }
				Versions []struct {
					Version   string
					Resources []struct {
						Resource, Scope, SingularResource string
						ResponseKind                      gvk
						Verbs, ShortNames, Categories     []string
						Subresources                      []struct {
							Subresource  string
							ResponseKind gvk
							Verbs        []string
						}
					}
				}
			}
		}
		if err := json.Unmarshal(answer, &groups); err != nil {
			return nil, err
		}
		for _, group := range groups.Items {
			for _, version := range group.Versions {
				for _, r := range version.Resources {
					found := resource{
						Group: group.Metadata.Name, Version: version.Version, Kind: r.ResponseKind.Kind, Plural: r.Resource,
						Singular: r.SingularResource, Namespaced: r.Scope == "Namespaced", Verbs: r.Verbs,
						ShortNames: r.ShortNames, Categories: r.Categories,
					}
					for _, sub := range r.Subresources {
						kind := sub.ResponseKind
						if kind.Version == "" {
							kind.Group, kind.Version = found.Group, found.Version
						}
						found.Subresources = append(found.Subresources, subresource{sub.Subresource, kind.Group, kind.Version, kind.Kind, sub.Verbs})
					}
					resources = append(resources, found)
				}
			}
		}
	}
	slices.SortFunc(resources, func(a, b resource) int {
		return strings.Compare(a.Group+"/"+a.Version+"/"+a.Plural, b.Group+"/"+b.Version+"/"+b.Plural)
	})
	return resources, nil
}

// print writes one resource, enumeration and field a line, so that two tables can be compared line by line.
func (t table) print() []byte {
	var out bytes.Buffer
	line := func(indent string, value any, last bool) {
		var text bytes.Buffer
		encoder := json.NewEncoder(&text)
		encoder.SetEscapeHTML(false)
		check(encoder.Encode(value))
		out.WriteString(indent + strings.TrimSpace(text.String()))
		if !last {
			out.WriteByte(',')
		}
		out.WriteByte('\n')
	}
	fmt.Fprintf(&out, "{\n\"kubernetes\": %q,\n\"resources\": [\n", t.Kubernetes)
	for i, r := range t.Resources {
		line("  ", r, i == len(t.Resources)-1)
	}
	out.WriteString("],\n\"enums\": [\n")
	for i, e := range t.Enums {
		line("  ", e, i == len(t.Enums)-1)
	}
	out.WriteString("],\n\"structs\": [\n")
	for i, s := range t.Structs {
		fmt.Fprintf(&out, "  {\"package\": %q, \"name\": %q, \"kind\": %t, ", s.Package, s.Name, s.Kind)
		if s.MapType != "" {
			fmt.Fprintf(&out, "\"mapType\": %q, ", s.MapType)
		}
		fmt.Fprint(&out, "\"fields\": [\n")
		for j, f := range s.Fields {
			line("    ", f, j == len(s.Fields)-1)
		}
		out.WriteString("  ]}")
		if i < len(t.Structs)-1 {
			out.WriteByte(',')
		}
		out.WriteByte('\n')
	}
	out.WriteString("]\n}\n")
	return out.Bytes()
}

// strictDecode decodes as the server does, and refuses unknown and repeated fields.
func strictDecode(text []byte, object any) error {
	problems, err := kjson.UnmarshalStrict(text, object)
	if err == nil && len(problems) > 0 {
		err = problems[0]
	}
	return err
}
