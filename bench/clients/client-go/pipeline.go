package main

import (
	"slices"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	kruntime "k8s.io/apimachinery/pkg/runtime"
)

// A Pipeline is the custom resource of lists in lists.
type Pipeline struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitempty"`

	Spec   PipelineSpec   `json:"spec"`
	Status PipelineStatus `json:"status,omitempty"`
}

type PipelineList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitempty"`

	Items []Pipeline `json:"items"`
}

type PipelineSpec struct {
	Branches       []string    `json:"branches"`
	Parameters     []Parameter `json:"parameters"`
	ServiceAccount string      `json:"serviceAccount"`
	Stages         []Stage     `json:"stages"`
	TimeoutSeconds int64       `json:"timeoutSeconds"`
}

type Parameter struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type Stage struct {
	Jobs []Job  `json:"jobs"`
	Name string `json:"name"`
}

type Job struct {
	Name  string   `json:"name"`
	Needs []string `json:"needs"`
	Steps []Step   `json:"steps"`
}

type Step struct {
	Args     []string    `json:"args"`
	Command  []string    `json:"command"`
	Env      []Parameter `json:"env"`
	Image    string      `json:"image"`
	Name     string      `json:"name"`
	Optional bool        `json:"optional"`
}

type PipelineStatus struct {
	Conditions         []metav1.Condition `json:"conditions"`
	ObservedGeneration int64              `json:"observedGeneration"`
	Phase              string             `json:"phase"`
	Stages             []StageStatus      `json:"stages"`
}

type StageStatus struct {
	Jobs []JobStatus `json:"jobs"`
	Name string      `json:"name"`
}

type JobStatus struct {
	Attempts []Attempt `json:"attempts"`
	Name     string    `json:"name"`
	Phase    string    `json:"phase"`
}

type Attempt struct {
	ExitCodes []int32 `json:"exitCodes"`
	Finished  string  `json:"finished"`
	Number    int32   `json:"number"`
	Started   string  `json:"started"`
}

func (p *Pipeline) DeepCopyObject() kruntime.Object { return p.deepCopy() }

func (l *PipelineList) DeepCopyObject() kruntime.Object {
	out := *l
	out.ListMeta = *l.ListMeta.DeepCopy()
	out.Items = each(l.Items, func(p Pipeline) Pipeline { return *p.deepCopy() })
	return &out
}

func (p *Pipeline) deepCopy() *Pipeline {
	out := *p
	out.ObjectMeta = *p.ObjectMeta.DeepCopy()
	out.Spec.Branches = slices.Clone(p.Spec.Branches)
	out.Spec.Parameters = slices.Clone(p.Spec.Parameters)
	out.Spec.Stages = each(p.Spec.Stages, func(s Stage) Stage {
		s.Jobs = each(s.Jobs, func(j Job) Job {
			j.Needs = slices.Clone(j.Needs)
			j.Steps = each(j.Steps, func(s Step) Step {
				s.Args, s.Command, s.Env = slices.Clone(s.Args), slices.Clone(s.Command), slices.Clone(s.Env)
				return s
			})
			return j
		})
		return s
	})
	out.Status.Conditions = slices.Clone(p.Status.Conditions)
	out.Status.Stages = each(p.Status.Stages, func(s StageStatus) StageStatus {
		s.Jobs = each(s.Jobs, func(j JobStatus) JobStatus {
			j.Attempts = each(j.Attempts, func(a Attempt) Attempt {
				a.ExitCodes = slices.Clone(a.ExitCodes)
				return a
			})
			return j
		})
		return s
	})
	return &out
}

func each[T any](items []T, deepCopy func(T) T) []T {
	out := slices.Clone(items)
	for i := range out {
		out[i] = deepCopy(out[i])
	}
	return out
}
