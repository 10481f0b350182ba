namespace Headgate.Gateway.StaticAnswers;

/// <summary>Since when this process gives an answer. Lives from plan to plan, so that a reload that changes nothing of the answer does not make it new.</summary>
/// <param name="Time">Since when.</param>
internal sealed record StaticSince(DateTimeOffset Time);
