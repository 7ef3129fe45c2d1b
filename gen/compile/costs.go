package compile

// What the compiler assumes of the machine, in cycles, beyond the words and products of the tasks. The cycle model in
// gen/model has the truth; these are the parts of it that tell plans apart.
const (
	memoryLatency = 8   // from a read request to its data
	sumsLatency   = 11  // from asking for the partial sums of a row to draining it, beyond their beats
	jobOverhead   = 4   // the least a group spends on a job: hand-out, fetch, end word
	fetchCost     = 1.5 // of a task word, for the fetcher of a group
	tableCost     = 2   // of a row-table read, when the products of the row do not hide it
	drainOverhead = 0   // of an output row of a lane, beyond its beats
	startOverhead = 60  // from start to the first load, from the first load's end to products, from the last write to done
	barrierCost   = 60  // of a barrier, beyond waiting for the slowest job

	bankContention = 0.6 // cost of waiting at a bank load of 1, as a part of the work; falls with the fourth power of the load
)
