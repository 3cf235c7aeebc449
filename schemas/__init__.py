"""The contract: one pandera model a warehouse table, with its rules."""
