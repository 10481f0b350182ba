using Headgate.Storage;

namespace Headgate.Integration.Idempotency;

/// <summary>What the store has of a key.</summary>
/// <param name="Token">The claim on it.</param>
/// <param name="Fingerprint">What the request asks for.</param>
/// <param name="ClaimedUntil">Until when it may be carried out.</param>
/// <param name="ForgottenAt">When all of it is over, whatever became of it.</param>
/// <param name="Answer">What it was answered with; null for nothing yet.</param>
internal sealed record ClaimRow(long Token, RequestHash Fingerprint, DateTimeOffset ClaimedUntil, DateTimeOffset ForgottenAt, KeptAnswer? Answer)
{
    /// <summary>The columns, as <see cref="Read"/> has them.</summary>
    public const string Columns = "token, fingerprint, claimed_until, expires_at, answer";

    public static ClaimRow Read(StoreRow row) => new(
        row.GetInt64(0), RequestHash.Read(row.GetBytes(1)), row.GetTime(2), row.GetTime(3), row.GetBytesOrNull(4) is { } answer ? new KeptAnswer(answer) : null);

    /// <summary>Whether its key may be claimed again: its time is over, or that of who claimed it for the same request and never answered.</summary>
    public bool IsOver(DateTimeOffset now, RequestHash fingerprint) =>
        ForgottenAt <= now || (Answer is { } answer ? answer.ExpiresAt <= now : ClaimedUntil <= now && Fingerprint == fingerprint);
}
