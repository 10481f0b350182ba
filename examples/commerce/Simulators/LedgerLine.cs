namespace Commerce.Simulators;

/// <summary>A numbered line of the ledger's file.</summary>
internal sealed record LedgerLine(long Seq, LedgerEntry Entry);
