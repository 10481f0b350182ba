using Headgate.Storage;

namespace Headgate.Integration.Idempotency;

/// <summary>What the store has of a key.</summary>
/// <param name="Token">The claim on it.</param>
/// <param name="Fingerprint">What the request asks for.</param>
/// <param name="ClaimedUntil">Until when it may be carried out.</param>
/// <param name="Answer">What it was answered with; null for nothing yet.</param>
internal sealed record ClaimRow(ClaimToken Token, RequestHash Fingerprint, DateTimeOffset ClaimedUntil, KeptAnswer? Answer)
{
    /// <summary>Finds what <see cref="Read"/> reads, by a key.</summary>
    public const string ById = """
        SELECT claims.token, claims.fingerprint, claims.claimed_until, answers.answer
        FROM headgate_idempotency_claims claims LEFT JOIN headgate_idempotency_answers answers ON answers.token = claims.token WHERE claims.id = $1
        """;

    public static ClaimRow Read(StoreRow row) => new(
        new ClaimToken(row.GetInt64(0)), RequestHash.Read(row.GetBytes(1)), row.GetTime(2), row.GetBytesOrNull(3) is { } answer ? new KeptAnswer(answer) : null);

    /// <summary>Whether its key may be claimed again: its time is over, or that of who claimed it for the same request and never answered.</summary>
    public bool IsOver(DateTimeOffset now, RequestHash fingerprint) =>
        Token.ForgottenAt <= now || (Answer is { } answer ? answer.ExpiresAt <= now : ClaimedUntil <= now && Fingerprint == fingerprint);
}
