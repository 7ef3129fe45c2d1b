// One multiplier-accumulator: the yardstick beside which the area of an accelerator is put.
module mac (
    input  logic               clk_i,
    input  logic               rst_ni,
    input  logic               en_i,    // add the product
    input  logic               clr_i,   // start anew with the product
    input  logic signed [ 7:0] a_i,
    input  logic signed [ 7:0] b_i,
    output logic signed [31:0] acc_o
);
  logic signed [15:0] product;
  assign product = a_i * b_i;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) acc_o <= '0;
    else if (en_i) acc_o <= clr_i ? 32'(product) : acc_o + 32'(product);
  end
endmodule
