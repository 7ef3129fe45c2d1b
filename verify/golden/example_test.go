package golden_test

import (
	"fmt"

	"github.com/sparsegen/sparsegen/verify/golden"
)

// A product, its work, and its result brought back to int8.
func Example() {
	a := (&golden.Dense{Rows: 2, Cols: 3, Data: []int8{
		1, 0, 2,
		0, 0, -3,
	}}).CSR()
	b := (&golden.Dense{Rows: 3, Cols: 2, Data: []int8{
		10, 0,
		7, 7,
		0, 20,
	}}).CSR()
	c := golden.MatMul(a, b)
	fmt.Println(c.Row(0), c.Row(1))
	fmt.Println(golden.EffectualMACs(a, b), "of", golden.DenseMACs(2, 3, 2), "products")
	q := golden.RequantFor(c.MaxAbs())
	fmt.Println(c.Requantise(q).Data)
	// Output:
	// [10 40] [0 -60]
	// 3 of 12 products
	// [21 85 0 -127]
}

func ExampleSmallest() {
	layer := golden.RandomCSR(1, 512, 512, 0.05)
	for _, f := range []golden.Format{golden.FormatDense, golden.FormatBitmap, golden.FormatCSR} {
		fmt.Println(f, golden.SizeBits(f, layer.Pattern(), 8)/8, "bytes")
	}
	f, bits := golden.Smallest(layer.Pattern(), 8)
	fmt.Println("smallest:", f, bits/8, "bytes")
	// Output:
	// dense 262144 bytes
	// bitmap 45875 bytes
	// csr 28750 bytes
	// smallest: rle 23849 bytes
}

func ExampleEncode() {
	m := golden.RandomCSR(1, 100, 100, 0.01)
	layout, bits := golden.SmallestLayout(m.Pattern(), 8)
	e := golden.Encode(layout, m)
	back, err := e.Decode()
	fmt.Println(e.Bits == bits, back.NNZ(), err)
	// Output: true 100 <nil>
}

func ExampleCSR_Bitmap() {
	m := (&golden.Dense{Rows: 1, Cols: 8, Data: []int8{0, 5, 0, 0, -6, 7, 0, 0}}).CSR()
	b := m.Bitmap()
	fmt.Printf("%08b %v\n", b.Row(0)[0], b.Val)
	fmt.Println(m.Pairs(0))
	// Output:
	// 00110010 [5 -6 7]
	// [{1 5} {4 -6} {5 7}]
}

func ExampleSkewedCSR() {
	m := golden.SkewedCSR(1, 2048, 512, 0.002, 3.76)
	empty := 0
	for r := range m.Rows {
		if cols, _ := m.Row(r); len(cols) == 0 {
			empty++
		}
	}
	fmt.Printf("%d non-zeros, %d of %d rows empty, cv %.2f\n", m.NNZ(), empty, m.Rows, m.Pattern().RowCV())
	// Output: 2097 non-zeros, 1762 of 2048 rows empty, cv 3.76
}
