package hdl_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sparsegen/sparsegen/hdl"
)

// entry nests a payload and a list in a payload; Width comes from the module's parameters.
type entry struct {
	Pos  hdl.Sig `hdl:"Width"`
	Pair struct {
		A hdl.Sig `hdl:"4,signed"`
		B hdl.Sig `hdl:"2"`
	}
	Lanes []hdl.Sig `hdl:"3" len:"2"`
}

type packIO struct {
	C    hdl.In            `hdl:"1"`
	In   hdl.Sink[entry]   `doc:"what comes"`
	Out  hdl.Source[entry] `doc:"what goes"`
	Bits hdl.Out           `hdl:"17"`
}

// TestPackPutsTheFirstFieldLow pins the order of bits: fields in order from bit 0 up, lists by index.
func TestPackPutsTheFirstFieldLow(t *testing.T) {
	x := start(t, hdl.New("pack", struct{ Width int }{5}, func(m *hdl.M, io *packIO) {
		require.Equal(t, 17, hdl.PayloadWidth[entry](m))
		io.Bits.Set(hdl.Pack(io.In.Data))
		got := hdl.Unpack[entry](m, io.Bits.Sig)
		require.True(t, got.Pair.A.Signed())
		require.Equal(t, 4, got.Pair.A.Width())
		io.Out.Valid.Set(io.In.Valid)
		io.In.Ready.Set(io.Out.Ready)
		hdl.Connect(io.Out.Data, got)
	}))
	for name, v := range map[string]uint64{"in_pos": 0x1e, "in_pair_a": 0x9, "in_pair_b": 2, "in_lanes_0": 5, "in_lanes_1": 3} {
		x.set(name, v)
	}
	require.Equal(t, uint64(3<<14|5<<11|2<<9|9<<5|0x1e), x.get("bits"))
	for name, v := range map[string]uint64{"out_pos": 0x1e, "out_pair_a": 0x9, "out_pair_b": 2, "out_lanes_0": 5, "out_lanes_1": 3} {
		require.Equal(t, v, x.get(name), name)
	}
}

// TestPortsOfAStream: valid and ready first, then the payload's fields without a name of its own; a payload of one signal
// is called data. Directions follow the end.
func TestPortsOfAStream(t *testing.T) {
	type io struct {
		In  hdl.Sink[hdl.Sig]  `hdl:"6" doc:"bytes"`
		Out []hdl.Source[word] `len:"2"`
	}
	d, err := hdl.Build(hdl.New("ports", nil, func(_ *hdl.M, io *io) {
		io.In.Ready.Set(hdl.K(1))
		for _, o := range io.Out {
			o.Valid.Set(io.In.Valid)
			o.Data.Low.Signed()
			hdl.Connect(o.Data.Low, io.In.Data.Zext(8))
			hdl.Connect(o.Data.High, hdl.K(-8))
		}
	}))
	require.NoError(t, err)
	var got []string
	for _, p := range d.IR().Top.Ports {
		got = append(got, []string{"in ", "out "}[p.Dir]+p.Name+": "+p.Doc+" @"+p.Field)
	}
	require.Equal(t, []string{
		"in in_valid: bytes: valid @In.Valid", "out in_ready: bytes: ready @In.Ready", "in in_data: bytes @In.Data",
		"out out_0_valid: valid @Out[0].Valid", "in out_0_ready: ready @Out[0].Ready", "out out_0_low:  @Out[0].Data.Low", "out out_0_high:  @Out[0].Data.High",
		"out out_1_valid: valid @Out[1].Valid", "in out_1_ready: ready @Out[1].Ready", "out out_1_low:  @Out[1].Data.Low", "out out_1_high:  @Out[1].Data.High",
	}, got)
}

// TestPayloadsOfRegistersAndWires: RegOf, WireOf and MuxOf work field by field and leave their operands alone.
func TestPayloadsOfRegistersAndWires(t *testing.T) {
	x := start(t, hdl.New("regs", struct{ Width int }{5}, func(m *hdl.M, io *packIO) {
		last := hdl.RegOf[entry](m, "last", hdl.Enable(io.In.Valid))
		now := hdl.WireOf[entry](m, "now")
		hdl.Connect(now, io.In.Data)
		hdl.Connect(last, now)
		lane := last.Lanes[0]
		picked := hdl.MuxOf(io.C, last, now)
		require.Equal(t, lane, last.Lanes[0], "MuxOf leaves its operands alone")
		hdl.Connect(io.Out.Data, picked)
		io.Bits.Set(hdl.Pack(picked))
		io.Out.Valid.Set(io.In.Valid)
		io.In.Ready.Set(io.Out.Ready)
	}))
	x.set("in_valid", 1)
	x.set("in_pair_a", 0xb)
	x.set("in_lanes_1", 6)
	x.step()
	x.set("in_valid", 0)
	x.set("in_pair_a", 1)
	x.step()
	require.Equal(t, uint64(1), x.get("out_pair_a"))
	x.set("c", 1)
	require.Equal(t, uint64(0xb), x.get("out_pair_a"))
	require.Equal(t, uint64(6), x.get("out_lanes_1"))
	require.Equal(t, uint64(0xb), x.get("last_pair_a"), "a register's name is that of the whole and of the field")
}

// Words is a stream with a name of its own.
type Words struct{ hdl.Sink[word] }

type wordsIO struct {
	In  Words
	Out hdl.Source[word]
}

// TestConnectionsOfStreams: valid and data go one way, ready the other, also through pointers and renamed streams.
func TestConnectionsOfStreams(t *testing.T) {
	inner := hdl.New("inner", nil, func(_ *hdl.M, io *wordsIO) { hdl.Connect(&io.Out, io.In) })
	x := start(t, hdl.New("outer", nil, func(m *hdl.M, io *wordsIO) {
		u := hdl.Inst[wordsIO](m, "u_inner", inner)
		hdl.Connect(u.In, &io.In)
		hdl.Connect(io.Out, u.Out)
		m.Assert("fires_as_one", io.In.Fire().Eq(io.Out.Fire()))
	}))
	for name, v := range map[string]uint64{"in_valid": 1, "in_low": 77, "in_high": 5, "out_ready": 1} {
		x.set(name, v)
	}
	require.Equal(t, []uint64{1, 77, 5, 1}, []uint64{x.get("out_valid"), x.get("out_low"), x.get("out_high"), x.get("in_ready")})
	x.set("out_ready", 0)
	require.Zero(t, x.get("in_ready"))
}
