package model

// The sizes and latencies of the hardware that are not parameters of a target. Change them here when a block
// changes.
const (
	fetchAhead     = 2  // instructions the controller reads ahead
	readsUnderWay  = 32 // reads the port keeps track of
	requestCycles  = 1  // from a client's request to the memory port: one register
	loadsUnderWay  = 4  // blocks whose beats may be on their way
	phaseQueue     = 4  // phases that wait for the scheduler
	phasesOpen     = 4  // phases handed out and not retired
	tableAhead     = 4  // job-table words read ahead
	fetcherQueue   = 2  // task words on their way from the banks to a group
	rowQueue       = 4  // rows between row reader and serialiser
	valuesPerWord  = 4  // dense and bitmap
	segmentColumns = 32 // bitmap
)
