// Command facts writes the table of facts about the built-in kinds of Kubernetes.
//
// Three sources are joined: reflection over the public Go types (fields, JSON names, pointer or value, protobuf numbers),
// the Go source of the same modules (values of string enumerations), and a running kube-apiserver (which kinds it serves by
// default, scopes, verbs, names, and what its OpenAPI says of required fields, defaults and list types).
//
//	facts -assets DIR -out FILE        write the table; DIR holds etcd and kube-apiserver
//	facts -recode < IN > OUT           decode each line with Go's types and encode it again
//	facts -protobuf < IN > OUT         the same to protobuf in hex; behind each line stands ours, which must say the same
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"

	"k8s.io/apimachinery/pkg/runtime"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"

	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/client-go/kubernetes/scheme"
	apiregistrationv1 "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1"
)

func main() {
	log.SetFlags(0)
	assets := flag.String("assets", "", "folder with etcd and kube-apiserver")
	out := flag.String("out", "", "file to write")
	recodeLines := flag.Bool("recode", false, "decode and encode lines of JSON")
	protobufLines := flag.Bool("protobuf", false, "decode lines of JSON and hex, encode protobuf as hex")
	dryRun := flag.Bool("dry-run", false, "create each line of JSON on a real server with dryRun=All")
	flag.Parse()

	kinds := scheme.Scheme
	utilruntime.Must(apiextensionsv1.AddToScheme(kinds))
	utilruntime.Must(apiregistrationv1.AddToScheme(kinds))

	switch {
	case *recodeLines:
		check(recode(kinds))
	case *protobufLines:
		check(toProtobuf(kinds))
	case *dryRun:
		check(withServer(*assets, tryLines))
	default:
		check(withServer(*assets, func(server *server) error { return writeFacts(kinds, server, *out) }))
	}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// recode reads documents from standard input, one a line, and writes what Go makes of them.
func recode(kinds *runtime.Scheme) error {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 64<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for lines.Scan() {
		var types runtime.TypeMeta
		if err := json.Unmarshal(lines.Bytes(), &types); err != nil {
			return err
		}
		object, err := kinds.New(types.GroupVersionKind())
		if err != nil {
			return err
		}
		if err := strictDecode(lines.Bytes(), object); err != nil {
			return fmt.Errorf("%s %s: %w", types.APIVersion, types.Kind, err)
		}
		encoded, err := json.Marshal(object)
		if err != nil {
			return err
		}
		out.Write(encoded)
		out.WriteByte('\n')
	}
	return lines.Err()
}
