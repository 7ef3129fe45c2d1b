package compile

// What the compiler assumes of the machine, in cycles, beyond the words and products of the tasks.
const (
	memoryLatency = 8  // from a read request to its data
	jobOverhead   = 4  // the least a group spends on a job: hand-out, fetch, end word
	drainOverhead = 3  // of an output row of a lane, beyond its beats
	startOverhead = 40 // from start to the first load, from the first load's end to products, from the last write to done
	barrierCost   = 60 // of a barrier, beyond waiting for the slowest job
)
