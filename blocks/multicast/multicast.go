// Package multicast is the distribution network of a workgroup: the task stream of a group's leader goes to every lane
// of the group. The package imports hdl and blocks/bus; start reading at New.
package multicast

import (
	"fmt"

	"github.com/sparsegen/sparsegen/blocks/bus"
	"github.com/sparsegen/sparsegen/hdl"
)

// Params sizes the network.
type Params struct{ Lanes int }

// Sizes is the number of group sizes: 1, 2, 4 ... Lanes.
func (p Params) Sizes() int { return hdl.Clog2(p.Lanes) + 1 }

// IO is the interface of the network. In[i] comes from the fetcher of lane i; Out[i] goes to the queue of lane i.
type IO struct {
	Log2Group hdl.In                 `hdl:"3" doc:"log2 of the lanes in a group"`
	In        []hdl.Sink[bus.Task]   `len:"Lanes" doc:"tasks of the group this lane leads"`
	Out       []hdl.Source[bus.Task] `len:"Lanes" doc:"tasks of the group this lane is in"`
	Leads     []hdl.Out              `len:"Lanes" hdl:"1" doc:"the lane leads a group"`
}

// New makes the network. A task moves when every lane of its group can take it, to all of them in that cycle; groups of
// different leaders move independently. Ready of the outputs must not depend on their valid.
func New(p Params) *hdl.Module {
	return hdl.New("multicast", p, func(m *hdl.M, io *IO) {
		m.Doc("Distribution network: a leader's tasks go to all lanes of its group when each has room.")
		ready := make([]hdl.Sig, p.Lanes) // all lanes from i on to the end of the group of the size looked at
		moves := make([]hdl.Sig, p.Lanes)
		bySize := make([][]hdl.Value, p.Lanes)
		for i := range io.Out {
			ready[i] = io.Out[i].Ready.Sig
			bySize[i] = append(bySize[i], ready[i])
		}
		for s := 1; s < p.Sizes(); s++ {
			for i := 0; i < p.Lanes; i += 1 << s {
				ready[i] = ready[i].And(ready[i+1<<(s-1)])
				bySize[i] = append(bySize[i], ready[i])
			}
		}
		for i := range io.In {
			r := hdl.Select(io.Log2Group, bySize[i]...).Named(fmt.Sprintf("all_ready_%d", i))
			io.In[i].Ready.Set(r)
			moves[i] = io.In[i].Valid.And(r).Named(fmt.Sprintf("moves_%d", i))
			io.Leads[i].Set(leads(m, io, i, p))
		}
		for i := range io.Out {
			var valid, word, tag []hdl.Value
			for s := range p.Sizes() {
				l := i &^ (1<<s - 1)
				valid, word, tag = append(valid, moves[l]), append(word, io.In[l].Data.Word), append(tag, io.In[l].Data.Tag)
			}
			hdl.Connect(io.Out[i].Valid, hdl.Select(io.Log2Group, valid...))
			hdl.Connect(io.Out[i].Data, bus.Task{Word: hdl.Select(io.Log2Group, word...), Tag: hdl.Select(io.Log2Group, tag...)})
		}
	})
}

// leads is 1 while lane i is the first of its group.
func leads(m *hdl.M, io *IO, i int, p Params) hdl.Sig {
	vs := make([]hdl.Value, p.Sizes())
	for s := range vs {
		first := 0
		if i&(1<<s-1) == 0 {
			first = 1
		}
		vs[s] = m.Lit(1, first)
	}
	return hdl.Select(io.Log2Group, vs...)
}
