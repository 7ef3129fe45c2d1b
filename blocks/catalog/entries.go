package catalog

import (
	"fmt"

	"github.com/sparsegen/sparsegen/blocks/bank"
	"github.com/sparsegen/sparsegen/blocks/crossbar"
	"github.com/sparsegen/sparsegen/blocks/dma"
	"github.com/sparsegen/sparsegen/blocks/lane"
	"github.com/sparsegen/sparsegen/blocks/multicast"
	"github.com/sparsegen/sparsegen/blocks/output"
	"github.com/sparsegen/sparsegen/blocks/scheduler"
	"github.com/sparsegen/sparsegen/hdl"
	"github.com/sparsegen/sparsegen/hdl/stream"
)

// Knobs that several blocks share.
var (
	lanes      = Knob{Name: "lanes", Doc: "lanes of the machine", Default: 16, Min: 2, Max: 64, Power: true}
	addrBits   = Knob{Name: "addr_bits", Doc: "width of a local word address", Default: 14, Min: 8, Max: 16}
	accColumns = Knob{Name: "acc_columns", Doc: "int32 accumulators in each half of a lane", Default: 128, Min: 4, Max: 256, Power: true}
	portBytes  = Knob{Name: "port_bytes", Doc: "bytes of a beat of the memory port", Default: 16, Min: 8, Max: 32, Power: true}
	queue      = Knob{Name: "task_queue", Doc: "tasks a lane may run ahead", Default: 8, Min: 1, Max: 64}
	prefetch   = Knob{Name: "prefetch", Doc: "words of B a lane holds ahead", Default: 4, Min: 3, Max: 64}
)

// entries is the library.
var entries = []Entry{
	{
		Name: "fifo", Doc: "queue of valid/ready words in flip-flops", Knobs: []Knob{
			{Name: "depth", Doc: "words", Default: 8, Min: 1, Max: 4096},
			{Name: "width", Doc: "bits of a word", Default: 32, Min: 1, Max: 4096},
		},
		build: func(v map[string]int) *hdl.Module {
			return stream.FIFO[stream.Bits]("fifo", stream.FIFOParams{Depth: v["depth"], Of: stream.BitsParams{Width: v["width"]}})
		},
	},
	{
		Name: "bank", Doc: "unified memory bank: one read and one write a cycle", Knobs: []Knob{
			{Name: "depth", Doc: "words", Default: 1024, Min: 2, Max: 1 << 20},
			{Name: "width", Doc: "bits of a word", Default: 32, Min: 1, Max: 4096},
		},
		build: func(v map[string]int) *hdl.Module { return bank.New(bank.Params{Depth: v["depth"], Width: v["width"]}) },
	},
	crossbarEntry("crossbar", "lookup crossbar: requesters to interleaved banks, one arbiter a bank", crossbar.New),
	crossbarEntry("bank_arbiter", "arbiter of one bank of the crossbar", crossbar.Arbiter),
	{
		Name: "multicast", Doc: "distribution network: a leader's tasks to every lane of its group", Knobs: []Knob{lanes},
		build: func(v map[string]int) *hdl.Module { return multicast.New(multicast.Params{Lanes: v["lanes"]}) },
	},
	{
		Name: "scheduler", Doc: "balancing scheduler: jobs to the first idle group", Knobs: []Knob{lanes, addrBits},
		build: func(v map[string]int) *hdl.Module {
			return scheduler.New(scheduler.Params{Lanes: v["lanes"], AddrBits: v["addr_bits"]})
		},
	},
	laneEntry("lane", "task queue, row reader, serialiser, multiplier and accumulators", lane.New),
	laneEntry("task_fetcher", "reads the task words of a job", lane.Fetcher),
	laneEntry("row_reader", "looks up and reads rows of B", lane.Reader),
	laneEntry("serialiser", "turns words of rows, dense, pairs or bitmap, into one product a cycle", lane.Serialiser),
	laneEntry("accumulator", "multiplier and double-buffered accumulators", lane.Accumulator),
	{
		Name: "output_stage", Doc: "drains, adds partial sums, requantises, packs and writes", Knobs: []Knob{lanes, accColumns, portBytes},
		check: accFits,
		build: func(v map[string]int) *hdl.Module {
			p := v["port_bytes"]
			return output.New(output.Params{Lanes: v["lanes"], AccWord: p / 4, AccDepth: v["acc_columns"] / (p / 4), PortBytes: p})
		},
	},
	{
		Name: "scaler", Doc: "requantiser of one column, int32 to int8",
		build: func(map[string]int) *hdl.Module { return output.Scaler() },
	},
	dmaEntry("controller", "fetches and executes the program", dma.Controller),
	dmaEntry("loader", "fills the unified memory through the memory port", dma.Loader),
	dmaEntry("memory_port", "arbitrates the memory port and returns answers", dma.Port),
	dmaEntry("instruction_fetch", "reads the program ahead of its execution", dma.Fetch),
}

func accFits(v map[string]int) error {
	if v["acc_columns"] < v["port_bytes"]/4 {
		return fmt.Errorf("knob acc_columns is %d, less than the %d int32 columns of a beat; raise it or lower port_bytes", v["acc_columns"], v["port_bytes"]/4)
	}
	return nil
}

func crossbarEntry(name, doc string, f func(crossbar.Params) *hdl.Module) Entry {
	knobs := []Knob{
		{Name: "ports", Doc: "requesters", Default: 17, Min: 2, Max: 65},
		{Name: "banks", Doc: "banks", Default: 16, Min: 2, Max: 64, Power: true},
		addrBits,
		{Name: "width", Doc: "bits of a word", Default: 32, Min: 1, Max: 1024},
	}
	return Entry{Name: name, Doc: doc, Knobs: knobs, build: func(v map[string]int) *hdl.Module {
		return f(crossbar.Params{Ports: v["ports"], Banks: v["banks"], AddrBits: v["addr_bits"], Width: v["width"]})
	}}
}

func laneEntry(name, doc string, f func(lane.Params) *hdl.Module) Entry {
	return Entry{Name: name, Doc: doc, Knobs: []Knob{addrBits, accColumns, portBytes, queue, prefetch}, check: accFits, build: func(v map[string]int) *hdl.Module {
		return f(lane.Params{AddrBits: v["addr_bits"], AccColumns: v["acc_columns"], AccWord: v["port_bytes"] / 4, Queue: v["task_queue"], Prefetch: v["prefetch"]})
	}}
}

func dmaEntry(name, doc string, f func(dma.Params) *hdl.Module) Entry {
	return Entry{Name: name, Doc: doc, Knobs: []Knob{lanes, addrBits, accColumns, portBytes}, check: accFits, build: func(v map[string]int) *hdl.Module {
		p := v["port_bytes"]
		return f(dma.Params{Lanes: v["lanes"], AddrBits: v["addr_bits"], AccColumns: v["acc_columns"], AccDepth: v["acc_columns"] / (p / 4), PortBytes: p})
	}}
}
