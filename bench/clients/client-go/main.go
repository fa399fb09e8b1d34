// The work, done by client-go, as its users would write it.
//
// client-go WORK URL COUNT [AUTHORITY.pem] prints one line of JSON; client-go protobuf RESOURCE turns objects, a line of JSON
// each, into the items of a list in protobuf.
package main

import (
	"bufio"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	kruntime "k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/pager"
)

const (
	atOnce       = 64
	page         = 500
	jsonType     = "application/json"
	protobufType = "application/vnd.kubernetes.protobuf"
)

func main() {
	if len(os.Args) == 3 && os.Args[1] == "protobuf" {
		protobuf(os.Args[2])
		return
	}
	if len(os.Args) != 4 && len(os.Args) != 5 {
		fail("client-go WORK URL COUNT [AUTHORITY.pem]")
	}
	work, url := os.Args[1], os.Args[2]
	count, err := strconv.Atoi(os.Args[3])
	check(err)
	list := fmt.Sprintf("%s/n%d", url, count)
	watch := fmt.Sprintf("%s/n0w%d", url, count)
	switch work {
	case "list-typed":
		listTyped(connect(list, jsonType), count, false)
	case "list-protobuf":
		listTyped(connect(list, protobufType), count, false)
	case "list-gzip":
		listTyped(connect(list+"z", jsonType), count, false)
	case "list-deployments":
		listDeployments(connect(list, jsonType), count)
	case "list-deployments-protobuf":
		listDeployments(connect(list, protobufType), count)
	case "list-configmaps":
		listConfigMaps(connect(list, jsonType), count)
	case "list-configmaps-protobuf":
		listConfigMaps(connect(list, protobufType), count)
	case "list-pipelines":
		listPipelines(list, count)
	case "list-stripped":
		listTyped(connect(list, jsonType), count, true)
	case "list-dynamic":
		listDynamic(list, count)
	case "items":
		items(connect(list, jsonType), count)
	case "watch":
		watchPods(connect(watch, jsonType), count)
	case "watch-protobuf":
		watchPods(connect(watch, protobufType), count)
	case "get":
		get(fmt.Sprintf("%s/n1", url), count)
	case "encode":
		encode(connect(list, jsonType), count)
	default:
		fmt.Fprintln(os.Stderr, "has none")
		os.Exit(3)
	}
}

// No limit on our side: what a request costs is measured, not how long client-go waits.
func config(url string) *rest.Config {
	c := &rest.Config{Host: url, QPS: -1}
	if len(os.Args) == 5 {
		c.CAFile = os.Args[4]
	}
	return c
}

// Left to itself, client-go asks for protobuf where it can.
func connect(url, contentType string) *kubernetes.Clientset {
	c := config(url)
	c.ContentType, c.AcceptContentTypes = contentType, contentType
	return kubernetes.NewForConfigOrDie(c)
}

func listTyped(client *kubernetes.Clientset, count int, strip bool) {
	m := start()
	pods, err := client.CoreV1().Pods("").List(context.Background(), metav1.ListOptions{})
	check(err)
	if strip {
		for i := range pods.Items {
			pods.Items[i].ManagedFields = nil
		}
	}
	m.stop()
	same(len(pods.Items), count)
	m.print(count, pods)
}

func listDeployments(client *kubernetes.Clientset, count int) {
	m := start()
	deployments, err := client.AppsV1().Deployments("").List(context.Background(), metav1.ListOptions{})
	check(err)
	m.stop()
	same(len(deployments.Items), count)
	m.print(count, deployments)
}

func listConfigMaps(client *kubernetes.Clientset, count int) {
	m := start()
	maps, err := client.CoreV1().ConfigMaps("").List(context.Background(), metav1.ListOptions{})
	check(err)
	m.stop()
	same(len(maps.Items), count)
	m.print(count, maps)
}

// A client for types of one's own, as its users write it where nothing is generated.
func listPipelines(url string, count int) {
	scheme := kruntime.NewScheme()
	version := schema.GroupVersion{Group: "bench.kubist.dev", Version: "v1"}
	scheme.AddKnownTypes(version, &Pipeline{}, &PipelineList{})
	metav1.AddToGroupVersion(scheme, version)
	c := config(url)
	c.APIPath, c.GroupVersion = "/apis", &version
	c.NegotiatedSerializer = serializer.NewCodecFactory(scheme).WithoutConversion()
	client, err := rest.RESTClientFor(c)
	check(err)
	m := start()
	pipelines := &PipelineList{}
	check(client.Get().Resource("pipelines").Do(context.Background()).Into(pipelines))
	m.stop()
	same(len(pipelines.Items), count)
	m.print(count, pipelines)
}

func listDynamic(url string, count int) {
	pods := dynamic.NewForConfigOrDie(config(url)).Resource(schema.GroupVersionResource{Version: "v1", Resource: "pods"})
	m := start()
	list, err := pods.List(context.Background(), metav1.ListOptions{})
	check(err)
	m.stop()
	same(len(list.Items), count)
	m.print(count, list)
}

func items(client *kubernetes.Clientset, count int) {
	m := start()
	read := func(ctx context.Context, options metav1.ListOptions) (kruntime.Object, error) {
		return client.CoreV1().Pods("").List(ctx, options)
	}
	pages := pager.New(read)
	pages.PageSize = page
	// One page at a time, as the others do.
	pages.PageBufferSize = 0
	seen := 0
	check(pages.EachListItem(context.Background(), metav1.ListOptions{}, func(kruntime.Object) error {
		seen++
		return nil
	}))
	m.stop()
	same(seen, count)
	m.print(count, nil)
}

func watchPods(client *kubernetes.Clientset, count int) {
	m := start()
	events, err := client.CoreV1().Pods("").Watch(context.Background(), metav1.ListOptions{ResourceVersion: "5000000"})
	check(err)
	for range count {
		event := <-events.ResultChan()
		if _, ok := event.Object.(*corev1.Pod); !ok {
			fail(fmt.Sprintf("an event holds %T", event.Object))
		}
	}
	m.stop()
	m.print(count, nil)
}

// There is no typed client for a custom resource without generated code.
func get(url string, count int) {
	resource := schema.GroupVersionResource{Group: "bench.kubist.dev", Version: "v1", Resource: "widgets"}
	widgets := dynamic.NewForConfigOrDie(config(url)).Resource(resource).Namespace("factory")
	many := func(each int) {
		var tasks sync.WaitGroup
		for range atOnce {
			tasks.Go(func() {
				for range each {
					_, err := widgets.Get(context.Background(), "widget-17", metav1.GetOptions{})
					check(err)
				}
			})
		}
		tasks.Wait()
	}
	many(20)
	m := start()
	many(count / atOnce)
	m.stop()
	m.print(count/atOnce*atOnce, nil)
}

func encode(client *kubernetes.Clientset, count int) {
	pods, err := client.CoreV1().Pods("").List(context.Background(), metav1.ListOptions{})
	check(err)
	for i := range pods.Items {
		pods.Items[i].ManagedFields = nil
	}
	m := start()
	for i := range pods.Items {
		body, err := json.Marshal(&pods.Items[i])
		check(err)
		runtime.KeepAlive(body)
	}
	m.stop()
	m.print(count, nil)
}

type message interface{ Marshal() ([]byte, error) }

// The items of a list: field 2, with its length in front.
func protobuf(resource string) {
	in, out := bufio.NewReaderSize(os.Stdin, 1<<20), bufio.NewWriterSize(os.Stdout, 1<<20)
	for {
		line, err := in.ReadBytes('\n')
		if err == io.EOF {
			break
		}
		check(err)
		body, err := item(resource, line).Marshal()
		check(err)
		head := binary.AppendUvarint([]byte{0x12}, uint64(len(body)))
		_, err = out.Write(append(head, body...))
		check(err)
	}
	check(out.Flush())
}

// Items leave their type to the list, as the objects of a Go list do.
func item(resource string, line []byte) message {
	switch resource {
	case "pods":
		var pod corev1.Pod
		check(json.Unmarshal(line, &pod))
		pod.TypeMeta = metav1.TypeMeta{}
		return &pod
	case "deployments":
		var deployment appsv1.Deployment
		check(json.Unmarshal(line, &deployment))
		deployment.TypeMeta = metav1.TypeMeta{}
		return &deployment
	case "configmaps":
		var configMap corev1.ConfigMap
		check(json.Unmarshal(line, &configMap))
		configMap.TypeMeta = metav1.TypeMeta{}
		return &configMap
	}
	fail("no type for " + resource)
	return nil
}

type meter struct {
	begin             time.Time
	user, system      int64
	live, allocations uint64
	cost              map[string]int64
}

func start() *meter {
	runtime.GC()
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	m := &meter{live: memory.HeapAlloc, allocations: memory.Mallocs}
	m.user, m.system = cpu()
	m.begin = time.Now()
	return m
}

func (m *meter) stop() {
	wall := time.Since(m.begin)
	user, system := cpu()
	m.cost = map[string]int64{
		"wall_us":   wall.Microseconds(),
		"user_us":   user - m.user,
		"system_us": system - m.system,
		"peak_kb":   peak(),
		"cpus":      int64(runtime.NumCPU()),
	}
}

// The heap is what is left when the garbage is gone; collecting it is not part of what was timed.
func (m *meter) print(count int, held any) {
	runtime.GC()
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	m.cost["heap_bytes"] = int64(memory.HeapAlloc) - int64(m.live)
	m.cost["allocations"] = int64(memory.Mallocs - m.allocations)
	m.cost["items"] = int64(count)
	runtime.KeepAlive(held)
	check(json.NewEncoder(os.Stdout).Encode(m.cost))
}

func cpu() (user, system int64) {
	var usage syscall.Rusage
	check(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return usage.Utime.Nano() / 1000, usage.Stime.Nano() / 1000
}

func peak() int64 {
	status, _ := os.ReadFile("/proc/self/status")
	for _, line := range strings.Split(string(status), "\n") {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			number, _ := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			return number
		}
	}
	return 0
}

func same(found, wanted int) {
	if found != wanted {
		fail(fmt.Sprintf("%d objects, not %d", found, wanted))
	}
}

func check(err error) {
	if err != nil {
		fail(err.Error())
	}
}

func fail(problem string) {
	fmt.Fprintln(os.Stderr, problem)
	os.Exit(1)
}
