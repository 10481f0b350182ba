namespace Headgate.Server.Tests.Idempotency;

/// <summary>What a client sees of an answer.</summary>
internal sealed record ShownAnswer(int Status, string Body, bool IsReplayed, string? Location);
