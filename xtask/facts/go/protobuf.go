package main

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer/protobuf"
)

// toProtobuf reads pairs of lines, a document in JSON and the same in protobuf as hex, checks that Go reads both as the
// same object, and writes what Go makes of it in protobuf.
func toProtobuf(kinds *runtime.Scheme) error {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 64<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	format := protobuf.NewSerializer(kinds, kinds)
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
		if !lines.Scan() {
			return fmt.Errorf("%s %s: no protobuf behind it", types.APIVersion, types.Kind)
		}
		theirs, err := hex.DecodeString(lines.Text())
		if err != nil {
			return err
		}
		// Types of embedded objects are lost in protobuf, whoever writes it; so Go's own goes there and back as well.
		var encoded bytes.Buffer
		if err := format.Encode(object, &encoded); err != nil {
			return err
		}
		wanted, err := readProtobuf(format, encoded.Bytes())
		if err != nil {
			return err
		}
		found, err := readProtobuf(format, theirs)
		if err != nil {
			return fmt.Errorf("%s %s: %w", types.APIVersion, types.Kind, err)
		}
		if !bytes.Equal(wanted, found) {
			return fmt.Errorf("%s %s: Go's\n%s\nours\n%s", types.APIVersion, types.Kind, wanted, found)
		}
		fmt.Fprintln(out, hex.EncodeToString(encoded.Bytes()))
	}
	return lines.Err()
}

// readProtobuf returns an object in protobuf as JSON.
func readProtobuf(format *protobuf.Serializer, document []byte) ([]byte, error) {
	object, _, err := format.Decode(document, nil, nil)
	if err != nil {
		return nil, err
	}
	return json.Marshal(object)
}
