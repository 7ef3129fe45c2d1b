// table_mod
`default_nettype none

module table_mod;
endmodule

`default_nettype wire
