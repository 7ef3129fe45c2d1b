package golden

// Dense is an int8 matrix written out in full, row major: element (r, c) is Data[r*Cols+c].
type Dense struct {
	Rows, Cols int
	Data       []int8 // length Rows*Cols
}

// NewDense gives a matrix of zeros.
func NewDense(rows, cols int) *Dense {
	return &Dense{Rows: rows, Cols: cols, Data: make([]int8, rows*cols)}
}

// At is element (r, c).
func (d *Dense) At(r, c int) int8 { return d.Data[r*d.Cols+c] }

// Row is row r. The slice aliases the matrix.
func (d *Dense) Row(r int) []int8 { return d.Data[r*d.Cols : (r+1)*d.Cols] }

// CSR keeps the non-zero elements.
func (d *Dense) CSR() *CSR {
	nnz := 0
	for _, v := range d.Data {
		if v != 0 {
			nnz++
		}
	}
	b := newBuilder(d.Rows, d.Cols, nnz)
	for r := range d.Rows {
		for c, v := range d.Row(r) {
			if v != 0 {
				b.add(r, c, v)
			}
		}
	}
	return b.done()
}
