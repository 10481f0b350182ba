namespace Headgate.Gateway.StaticAnswers;

/// <summary>Which answer a request gets.</summary>
/// <param name="Answer">The answer; null where the client accepts none.</param>
/// <param name="Applied">The preferences of the client that were heeded, as <c>Preference-Applied</c> tells them; null for none.</param>
/// <param name="IsMinimal">Whether the client prefers no content.</param>
internal readonly record struct StaticSelection(StaticAnswer? Answer, string? Applied, bool IsMinimal);
