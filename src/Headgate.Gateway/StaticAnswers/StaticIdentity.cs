namespace Headgate.Gateway.StaticAnswers;

/// <summary>What makes a static answer the same after a reload.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="ETag">The tag of its bytes.</param>
internal sealed record StaticIdentity(string Operation, string ETag);
