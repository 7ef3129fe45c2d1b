package stream

import "github.com/sparsegen/sparsegen/hdl"

// RegisterIO is the interface of a register slice of payloads T.
type RegisterIO[T any] struct {
	In    hdl.Sink[T]   `doc:"input"`
	Out   hdl.Source[T] `doc:"output, stable until taken"`
	Empty hdl.Out       `hdl:"1" doc:"nothing is held"`
}

// RegisterParams holds the parameters that the payload's tags name, or nil.
type RegisterParams struct{ Of any }

// Register is one register on valid and data: latency 1, throughput 1. It cuts the forward path, and keeps the output
// stable however the input changes; ready passes through, so use a FIFO of depth 2 to cut that path too.
func Register[T any](name string, p RegisterParams) *hdl.Module {
	return hdl.New(name, p, func(m *hdl.M, io *RegisterIO[T]) {
		m.Doc("Register slice: registers valid and data of a stream; ready passes through.")
		full := m.Reg("full", 1)
		data := hdl.RegOf[T](m, "data", hdl.NoReset())
		free := full.Not().Or(io.Out.Ready).Named("free")
		io.In.Ready.Set(free)
		io.Out.Valid.Set(full)
		hdl.Connect(io.Out.Data, data)
		io.Empty.Set(full.Not())
		m.If(free, func() { full.Set(io.In.Valid) })
		m.If(io.In.Fire(), func() { hdl.Connect(data, io.In.Data) })
	})
}
