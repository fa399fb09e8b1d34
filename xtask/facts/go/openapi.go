package main

import (
	"encoding/json"
	"slices"
	"strings"
)

// A property is what OpenAPI says of a field beyond its type.
type property struct {
	Default     json.RawMessage
	ListType    string   `json:"x-kubernetes-list-type"`
	ListMapKeys []string `json:"x-kubernetes-list-map-keys"`
	MapType     string   `json:"x-kubernetes-map-type"`
}

type openAPISchema struct {
	Required   []string
	MapType    string `json:"x-kubernetes-map-type"`
	Properties map[string]property
}

// addSchemas completes the fields from the server's OpenAPI documents.
func addSchemas(s *server, structs []*structure) error {
	answer, err := s.get("/openapi/v3", "application/json")
	if err != nil {
		return err
	}
	var index struct {
		Paths map[string]struct{ ServerRelativeURL string }
	}
	if err := json.Unmarshal(answer, &index); err != nil {
		return err
	}
	schemas := map[string]openAPISchema{}
	for _, path := range index.Paths {
		answer, err := s.get(path.ServerRelativeURL, "application/json")
		if err != nil {
			return err
		}
		var document struct {
			Components struct{ Schemas map[string]openAPISchema }
		}
		if err := json.Unmarshal(answer, &document); err != nil {
			return err
		}
		for name, found := range document.Components.Schemas {
			schemas[name] = found
		}
	}
	for _, structure := range structs {
		// k8s.io/api/core/v1 is io.k8s.api.core.v1 there.
		name := "io.k8s." + strings.ReplaceAll(strings.TrimPrefix(structure.goPackage, "k8s.io/"), "/", ".") + "." + structure.Name
		found, ok := schemas[name]
		if !ok {
			continue
		}
		structure.MapType = found.MapType
		for i := range structure.Fields {
			f := &structure.Fields[i]
			described, ok := found.Properties[f.JSON]
			if !ok {
				continue
			}
			f.Required = slices.Contains(found.Required, f.JSON)
			f.ListType, f.ListMapKeys, f.MapType = described.ListType, described.ListMapKeys, described.MapType
			// Every scalar and struct that cannot be absent is given its zero value: that says nothing new.
			if text := string(described.Default); text != `""` && text != "{}" && text != "0" && text != "false" && text != "null" {
				f.Default = described.Default
			}
		}
	}
	return nil
}
