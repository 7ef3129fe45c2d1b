// masked
`default_nettype none

module masked (
  // clock, rising edge
  input  logic clk_i,
  // synchronous reset, active low
  input  logic rst_ni,
  input  logic w_en_i,
  input  logic [3:0] w_addr_i,
  input  logic [31:0] w_data_i,
  // one bit a byte
  input  logic [3:0] w_mask_i,
  input  logic r_en_i,
  input  logic [3:0] r_addr_i,
  output logic [31:0] r_data_o,
  output logic [31:0] now_o
);
  logic [31:0] rdata_q;
  logic [31:0] mem [0:11];

  assign r_data_o = rdata_q;

  always_ff @(posedge clk_i) begin
    if (w_en_i && (w_addr_i < 4'd12)) begin
      for (int i = 0; i < 4; i++) begin
        if (w_mask_i[i]) begin
          mem[w_addr_i][i*8 +: 8] <= w_data_i[i*8 +: 8];
        end
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (r_en_i) begin
      rdata_q <= (r_addr_i < 4'd12) ? mem[r_addr_i] : 32'd0;
    end
  end

  assign now_o = (r_addr_i < 4'd12) ? mem[r_addr_i] : 32'd0;

  // Nothing reads these.
  logic unused_ok;
  assign unused_ok = &{1'b0, rst_ni};
endmodule

`default_nettype wire
