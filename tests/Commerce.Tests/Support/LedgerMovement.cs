namespace Commerce.Tests.Support;

/// <summary>One line of the ledger; refunds count negative.</summary>
internal sealed record LedgerMovement(long Seq, string ChargeId, string? OrderId, long Signed);
