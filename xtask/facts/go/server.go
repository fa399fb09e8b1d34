package main

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// A server is a kube-apiserver on loopback with everything at its default.
type server struct {
	url    string
	client *http.Client
}

const adminToken = "facts"

// withServer starts etcd and kube-apiserver, runs a function against them and stops both.
func withServer(assets string, use func(*server) error) error {
	dir, err := os.MkdirTemp("", "kubist-facts-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	ports, err := freePorts(3)
	if err != nil {
		return err
	}
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return err
	}
	keyFile := filepath.Join(dir, "sa.key")
	block := &pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}
	if err := os.WriteFile(keyFile, pem.EncodeToMemory(block), 0o600); err != nil {
		return err
	}
	tokens := filepath.Join(dir, "tokens.csv")
	if err := os.WriteFile(tokens, []byte(adminToken+",admin,1,\"system:masters\"\n"), 0o600); err != nil {
		return err
	}
	etcdURL := fmt.Sprintf("http://127.0.0.1:%d", ports[0])
	peerURL := fmt.Sprintf("http://127.0.0.1:%d", ports[1])
	stopEtcd, err := start(dir, filepath.Join(assets, "etcd"), "--data-dir="+filepath.Join(dir, "etcd"),
		"--listen-client-urls="+etcdURL, "--advertise-client-urls="+etcdURL, "--listen-peer-urls="+peerURL,
		"--initial-advertise-peer-urls="+peerURL, "--initial-cluster=default="+peerURL, "--unsafe-no-fsync")
	if err != nil {
		return err
	}
	defer stopEtcd()
	stopServer, err := start(dir, filepath.Join(assets, "kube-apiserver"), "--etcd-servers="+etcdURL, "--cert-dir="+dir,
		fmt.Sprintf("--secure-port=%d", ports[2]), "--bind-address=127.0.0.1", "--token-auth-file="+tokens,
		"--authorization-mode=RBAC", "--service-account-issuer=https://kubernetes.default.svc",
		"--service-account-key-file="+keyFile, "--service-account-signing-key-file="+keyFile,
		"--service-cluster-ip-range=10.0.0.0/24", "--allow-privileged=true",
		"--disable-admission-plugins=ServiceAccount,TaintNodesByCondition")
	if err != nil {
		return err
	}
	defer stopServer()
	s := &server{
		url: fmt.Sprintf("https://127.0.0.1:%d", ports[2]),
		// The server writes its own certificate a moment after it starts; both ends are this machine.
		client: &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}},
	}
	for try := 0; ; try++ {
		if _, err = s.get("/readyz", ""); err == nil {
			break
		}
		if try == 300 {
			return fmt.Errorf("the server is not ready after a minute: %w", err)
		}
		time.Sleep(200 * time.Millisecond)
	}
	return use(s)
}

func start(dir, program string, args ...string) (stop func(), err error) {
	output, err := os.Create(filepath.Join(dir, filepath.Base(program)+".log"))
	if err != nil {
		return nil, err
	}
	command := exec.Command(program, args...)
	command.Stdout, command.Stderr = output, output
	if err := command.Start(); err != nil {
		return nil, err
	}
	return func() {
		command.Process.Signal(syscall.SIGTERM)
		time.AfterFunc(5*time.Second, func() { command.Process.Kill() })
		command.Wait()
	}, nil
}

func freePorts(count int) ([]int, error) {
	var ports []int
	for range count {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		defer listener.Close()
		ports = append(ports, listener.Addr().(*net.TCPAddr).Port)
	}
	return ports, nil
}

func (s *server) get(path, accept string) ([]byte, error) {
	return s.send("GET", path, accept, nil)
}

func (s *server) send(method, path, accept string, body []byte) ([]byte, error) {
	request, err := http.NewRequest(method, s.url+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+adminToken)
	if accept != "" {
		request.Header.Set("Accept", accept)
	}
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := s.client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode >= 300 {
		err = fmt.Errorf("%s %s: %s: %s", method, path, response.Status, answer)
	}
	return answer, err
}

// tryLines creates each document of standard input with dryRun=All and says what the server thinks of it.
//
// A line is {"path": "/api/v1/namespaces/default/pods", "object": {…}}.
func tryLines(s *server) error {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 64<<20)
	refused := 0
	for lines.Scan() {
		var line struct {
			Path   string
			Object json.RawMessage
		}
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			return err
		}
		if _, err := s.send("POST", line.Path+"?dryRun=All&fieldValidation=Strict", "", line.Object); err != nil {
			fmt.Println(err)
			refused++
		}
	}
	if refused > 0 {
		return fmt.Errorf("the server refused %d documents", refused)
	}
	return lines.Err()
}
