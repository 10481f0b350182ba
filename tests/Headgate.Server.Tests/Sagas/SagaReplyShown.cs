namespace Headgate.Server.Tests.Sagas;

/// <summary>What a client sees of a saga.</summary>
internal sealed record SagaReplyShown(int Status, string Body, bool IsReplayed, string? Location);
