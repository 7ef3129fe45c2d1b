// Package golden is the model every result is compared with: matrices, operators, requantisation and storage formats in
// plain Go, written for being right and readable rather than fast.
//
// It knows nothing of hardware. It imports the standard library only, never hdl, blocks or gen, so an error in the
// generator cannot hide in the model that judges it.
//
// Where to start:
//
//   - [CSR], [Dense], [Int32] and [CSR32] are the matrices: int8 operands, int32 results, each dense or sparse.
//   - [MatMul], [MatMulDense] and [MatMulSparse] are the products; [EffectualMACs] and [DenseMACs] count their work.
//   - [Requant] turns int32 results back into int8.
//   - [SizeBits] and [Smallest] give exact sizes in each storage [Format]; [Encode] and [Encoded.Decode] give the very
//     bits. [CSR.Bitmap] and [CSR.Pairs] are the two forms a lane reads.
//   - [Values], [RandomCSR], [SkewedCSR], [PowerLaw] and their neighbours make reproducible inputs.
//
// A matrix with a broken structure (see [CSR.Validate]) or operands whose shapes do not fit are mistakes of the calling
// code: functions panic on them, with a message that names the shapes. Only Validate and the decoders, which look at
// data from outside, return errors.
package golden
